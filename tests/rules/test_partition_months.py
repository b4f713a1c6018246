"""Months of partitions: those of Shanghai, whatever zone an instant is told in."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.partitions.months import Month, month_of, months, parse_month


@pytest.mark.parametrize(
    ("at", "month"),
    [
        (datetime(2026, 4, 30, 15, 59, 59, 999999, UTC), "2026-04"),
        (datetime(2026, 4, 30, 16, 0, tzinfo=UTC), "2026-05"),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "2027-01"),
    ],
)
def test_a_month_begins_at_midnight_in_shanghai(at, month):
    assert str(month_of(at)) == month


@given(st.floats(946684800, 4102444800))
def test_every_instant_lies_in_its_month_and_no_other(epoch_s):
    at = datetime.fromtimestamp(epoch_s, UTC)
    month = month_of(at)

    assert month.begins_at <= at < month.plus(1).begins_at


@given(st.integers(2000, 2100), st.integers(1, 12), st.integers(-600, 600))
def test_months_are_counted_there_and_back(year, number, distance):
    month = Month(year, number)

    assert month.plus(distance).plus(-distance) == month
    assert len(list(months(month, month.plus(distance)))) == max(0, distance)


def test_a_month_is_read_as_it_is_written():
    assert str(parse_month("2026-05")) == "2026-05"
    for text in ("2026-13", "2026", "05-2026", "2026-05-01"):
        with pytest.raises(ValueError, match=r"match|remains"):
            parse_month(text)
