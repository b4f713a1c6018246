"""When a reading counts, and how far a device is believed."""

from datetime import UTC, datetime, timedelta

import pytest

from backend.intake.sensors.events import area_around
from backend.intake.sensors.moments import TAKEN_FOR, moment_of
from backend.intake.sensors.weights import is_doubted, weight_of

NOW = datetime(2026, 11, 28, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("measured", "counts"),
    [
        (NOW - timedelta(hours=7), NOW - timedelta(hours=7)),
        (NOW + timedelta(minutes=4), NOW + timedelta(minutes=4)),
        (NOW + timedelta(days=400), NOW),
        (datetime(1970, 1, 1, tzinfo=UTC), NOW),
        (NOW - TAKEN_FOR, NOW - TAKEN_FOR),
        (NOW - TAKEN_FOR - timedelta(seconds=1), None),
    ],
)
def test_a_clock_that_is_wrong_loses_no_alarm_and_what_is_old_opens_none(measured, counts):
    assert moment_of(measured, NOW) == counts


def test_three_wrong_alarms_are_doubted_and_right_ones_are_believed_again():
    assert weight_of(0, 0) == 1
    assert [is_doubted(0, wrong) for wrong in (0, 1, 2, 3)] == [False, False, False, True]
    assert not is_doubted(1, 3)
    assert weight_of(9, 1) > weight_of(1, 1) > weight_of(0, 1)


@pytest.mark.parametrize(
    ("codes", "area"),
    [
        (["310115105001"], "310115105001"),
        (["310115105001", "310115105002"], "310115105"),
        (["310115105001", "310115106001", "310115105"], "310115"),
        (["310115105001", "330106001001"], ""),
        ([], ""),
    ],
)
def test_a_fact_of_many_devices_is_for_the_area_around_them(codes, area):
    assert area_around(codes) == area
