"""Limits of the day, and what is worked out again from the facts: for any sequence of work, closings and reversals."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grab_orders.ledgers.hours.counting import ServiceSpan, count, minutes_of
from grab_orders.ledgers.points.rules import Earned, EarningFacts, judge
from grab_orders.ledgers.structs import PointsOutcome

DAY = datetime(2026, 11, 27, tzinfo=UTC)
SPANS = st.builds(
    lambda start, length: ServiceSpan(DAY + timedelta(seconds=start), DAY + timedelta(seconds=start + length)),
    st.integers(0, 86_400),
    st.integers(0, 20_000),
)


def at(hour: float) -> datetime:
    return DAY + timedelta(hours=hour)


@given(st.lists(SPANS, max_size=12), st.integers(0, 1440))
def test_a_day_never_counts_more_than_it_has(spans, day_most):
    counted, confirmed = 0, []
    for span in spans:
        counted += count(span, confirmed, counted, day_most)
        confirmed.append(span)

    assert counted <= day_most


@given(st.lists(SPANS, max_size=8))
def test_the_same_time_counts_once_however_often_it_is_entered(spans):
    counted, confirmed = 0, []
    for span in [*spans, *spans]:
        counted += count(span, confirmed, counted, 10_000)
        confirmed.append(span)
    seconds = {second for span in spans for second in range(*(int(each.timestamp()) for each in span))}

    assert counted <= len(seconds) // 60


@given(SPANS)
def test_work_by_itself_counts_whole(span):
    assert count(span, [], 0, 10_000) == minutes_of(span)


@pytest.mark.parametrize(
    ("span", "before", "counted"),
    [
        ((9, 10), [], 60),
        ((9, 10), [(9, 10)], 0),
        ((9, 11), [(9.5, 10)], 90),
        ((9, 11), [(8, 9.5), (9.25, 10)], 60),
        ((9, 10), [(10, 11)], 60),
        ((9, 19), [], 480),
    ],
)
def test_what_counted_before_is_cut_out_and_a_day_has_eight_hours(span, before, counted):
    earlier = [ServiceSpan(at(start), at(end)) for start, end in before]

    assert count(ServiceSpan(at(span[0]), at(span[1])), earlier, 0, 480) == counted


def test_what_a_day_has_left_is_all_that_counts():
    assert count(ServiceSpan(at(9), at(10)), [], 450, 480) == 30
    assert count(ServiceSpan(at(9), at(10)), [], 500, 480) == 0


FACTS = st.builds(
    EarningFacts,
    st.sampled_from(["place:1", "place:2", "121.553,31.178"]),
    st.sampled_from(["A101", "B201"]),
    st.integers(0, 30),
    st.just(40),
    is_own_report=st.booleans(),
    is_own_place=st.booleans(),
)


@given(st.lists(st.tuples(FACTS, st.booleans()), max_size=12))
def test_a_day_never_earns_more_than_its_limit_and_a_place_counts_once(claims):
    day: list[Earned] = []
    for facts, is_taken_back in claims:
        judged = judge(facts, day)
        day.append(Earned(facts.place_key, facts.item_code, judged.points, is_taken_back))

    standing = [each for each in day if not each.is_reversed and each.points]
    assert sum(each.points for each in standing) <= 40
    assert len({(each.place_key, each.item_code) for each in standing}) == len(standing)


@given(FACTS, st.lists(FACTS, max_size=5))
def test_own_reports_and_own_places_earn_nothing_whatever_came_before(facts, before):
    day = [Earned(each.place_key, each.item_code, each.full_points, False) for each in before]

    if facts.is_own_report or facts.is_own_place:
        assert judge(facts, day).points == 0


def test_the_limit_of_a_day_cuts_what_goes_beyond():
    day = [Earned("place:1", "A101", 35, False)]

    assert judge(EarningFacts("place:2", "A101", 10, 40), day) == (PointsOutcome.COUNTED, 5, 1)
    assert judge(EarningFacts("place:2", "A101", 10, 35), day) == (PointsOutcome.OVER_DAY, 0, 1)


def test_what_was_taken_back_stands_in_nobodys_way():
    day = [Earned("place:1", "A101", 35, True)]

    assert judge(EarningFacts("place:1", "A101", 10, 40), day) == (PointsOutcome.COUNTED, 10, 2)


def test_the_same_place_is_a_repeat_in_any_order():
    """Which of two comes first does not change what both earn."""
    pair = [EarningFacts("place:1", "A101", 10, 40), EarningFacts("place:1", "A101", 10, 40)]
    sums = set()
    for first, second in permutations(pair):
        earned = judge(first, [])
        again = judge(second, [Earned(first.place_key, first.item_code, earned.points, False)])
        assert again.outcome is PointsOutcome.REPEAT
        sums.add(earned.points + again.points)

    assert sums == {10}


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 10))
def test_minutes_are_whole(day, seconds):
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)

    assert minutes_of(ServiceSpan(start, start + timedelta(seconds=119 + seconds))) == (1 if seconds == 0 else 2)
