"""Areas as conditions of a statement: those that an index can answer, and never one for whoever has none."""

import pytest

from backend.geo.area_codes import children_of
from backend.geo.area_sql import outermost, within_any


@pytest.mark.parametrize(
    ("areas", "kept"),
    [
        ([], []),
        (["310115105001", "310115105", "310115105"], ["310115105"]),
        (["310115105", "310115106001"], ["310115105", "310115106001"]),
        (["310115", "310104003", "310115105001"], ["310115", "310104003"]),
        (["", "310115"], [""]),
    ],
)
def test_an_area_within_another_one_is_asked_for_once(areas, kept):
    assert outermost(areas) == kept


def test_whoever_has_no_area_sees_nothing():
    assert within_any("o.area_code", [], "area").text == "false"


def test_each_area_is_a_span_of_codes_with_a_value_of_its_own():
    found = within_any("o.area_code", ["310115105", "310104"], "area")

    assert "LIKE" not in found.text
    assert found.values == {"area_0": "310104", "area_1": "310115105"}


@pytest.mark.parametrize(
    ("code", "within"),
    [
        ("31", ["310115"]),
        ("310115", ["310115105"]),
        ("310115105", ["310115105001", "310115105002"]),
        ("310115105001", []),
        ("310115105001001", []),
        ("", []),
    ],
)
def test_the_areas_directly_within_an_area_are_one_level_below(code, within):
    codes = ["310115105002", "310115", "310115105", "310115105001", "310104003001", "310115105001001"]

    assert children_of(code, codes) == within
