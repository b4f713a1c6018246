"""A period as whole months, pentads and days: each day once, and few of each."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from backend.indicators.reading.spans import (
    MONTHS_AND_DAYS,
    WIDEST_FIRST,
    SpanRange,
    SumSpan,
    month_last,
    pentad_first,
    pentad_last,
    ranges_of,
)
from backend.indicators.reading.sums import sources_of
from backend.indicators.structs import Grain, Period

DAYS = st.dates(date(2019, 12, 1), date(2029, 3, 1))
_LAST_OF = {SumSpan.DAY: lambda day: day, SumSpan.PENTAD: pentad_last, SumSpan.MONTH: month_last}


def count_days(ranges: list[SpanRange]) -> Counter:
    """Every day that the ranges name, as often as they do."""
    found: Counter = Counter()
    for each in ranges:
        day, last = each.first, _LAST_OF[each.span](each.last)
        while day <= last:
            found[day] += 1
            day += timedelta(days=1)
    return found


@given(DAYS, st.integers(0, 400), st.sampled_from([WIDEST_FIRST, MONTHS_AND_DAYS, ()]))
def test_the_ranges_are_the_period_each_day_once(first, days, spans):
    period = Period(first, first + timedelta(days=days))

    assert count_days(ranges_of(period, spans)) == Counter(period.list_days())


@given(DAYS, st.integers(0, 400))
def test_no_more_than_nine_days_and_ten_pentads_are_read_one_by_one(first, days):
    ranges = ranges_of(Period(first, first + timedelta(days=days)))

    single = sum((each.last - each.first).days + 1 for each in ranges if each.span is SumSpan.DAY)
    assert single <= 9
    assert len(ranges) <= 5


@given(DAYS)
def test_pentads_are_six_of_a_month_and_none_lies_in_two(day):
    first, last = pentad_first(day), pentad_last(day)

    assert first <= day <= last
    assert (first.month, first.day % 5) == (last.month, 1)
    assert 3 <= (last - first).days + 1 <= 6


def test_a_month_is_one_row_and_a_day_one():
    assert [each.span for each in ranges_of(Period(date(2026, 2, 1), date(2026, 2, 28)))] == [SumSpan.MONTH]
    assert [each.span for each in ranges_of(Period(date(2026, 2, 28), date(2026, 2, 28)))] == [SumSpan.DAY]
    assert [each.span for each in ranges_of(Period(date(2026, 2, 26), date(2026, 2, 28)))] == [SumSpan.PENTAD]
    assert ranges_of(Period(date(2026, 2, 2), date(2026, 2, 1))) == []


GROUPS = [frozenset(), frozenset({("item", 1)}), frozenset({("item", 4)}), frozenset({("item", 1), ("priority", 0)})]


@given(DAYS, st.integers(0, 400), st.sampled_from(Grain))
def test_of_each_group_each_day_comes_once_from_where_it_is_held(first, days, by):
    period = Period(first, first + timedelta(days=days))
    held, added = sources_of(GROUPS, period, by)

    for group in GROUPS:
        ranges = [each for share in added if group in share.groups for each in share.ranges]
        if group in held.groups:  # a day is held all together alone
            ranges += [each for each in held.ranges if not group or each.span is not SumSpan.DAY]
        assert count_days(ranges) == Counter(period.list_days()), (group, by)
