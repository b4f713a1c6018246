"""Whose figures a reader is shown without having named an area."""

import pytest

from backend.accounts.structs import Actor, Grant, Role
from backend.indicators.access import require_area
from backend.indicators.errors import NotYourIndicators


def reader(area: str) -> Actor:
    return Actor(account_id=1, name="", grants=(Grant(Role.DISTRICT_ADMIN, area),))


@pytest.mark.parametrize("area", ["31", "3101", "310115", "310115105", "310115105001"])
def test_whoever_reads_an_area_of_any_level_begins_with_it(area):
    assert require_area(reader(area), None) == area
    assert require_area(reader("31"), area) == area


@pytest.mark.parametrize("named", [None, "", "31011510500\x00", "3101151050010", "310104003", "31"])
def test_nobody_reads_beyond_their_areas_nor_without_one(named):
    with pytest.raises(NotYourIndicators):
        require_area(reader(""), named)
    if named:
        with pytest.raises(NotYourIndicators):
            require_area(reader("310115105"), named)
