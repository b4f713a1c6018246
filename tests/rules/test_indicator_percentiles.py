"""Percentiles from counts in buckets: how far off they are, and that counts of parts are those of the whole."""

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.indicators.expressions.parser import parse
from backend.indicators.measures.percentiles import (
    EDGES,
    ERROR,
    MINUTES_MOST,
    PERCENTILES,
    Duration,
    added_up,
    bucket_of,
    middle_of,
    percentile_of,
)
from backend.indicators.reading.program import Program
from backend.indicators.structs import Direction, Indicator, IndicatorUnit

MINUTES = st.one_of(st.integers(0, 200), st.integers(0, MINUTES_MOST))
WHOLE = (frozenset(), ())
OF_A1, OF_A2 = ((frozenset({("item", 2)}), (code,)) for code in ("A1", "A2"))


def counts_of(minutes: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    for each in minutes:
        found[bucket_of(each)] = found.get(bucket_of(each), 0) + 1
    return found


@given(st.lists(MINUTES, min_size=1, max_size=60), st.sampled_from([50, 75, 90, 95]))
def test_a_percentile_is_off_by_less_than_a_tenth_of_that_by_nearest_rank(minutes, percent):
    true = sorted(minutes)[ceil(len(minutes) * percent / 100) - 1]

    told = percentile_of(counts_of(minutes), percent)

    assert told is not None
    assert abs(told - true) <= ERROR * true
    assert told == true or true > 7


@given(st.lists(MINUTES, max_size=40), st.lists(MINUTES, max_size=40))
def test_counts_of_two_areas_are_those_of_both_together(one, other):
    assert added_up([counts_of(one), counts_of(other)]) == counts_of(one + other)


@given(MINUTES)
def test_a_bucket_holds_what_its_edges_say_and_no_two_are_wider_than_a_quarter_of_an_octave(minutes):
    bucket = bucket_of(minutes)

    assert bucket == 0 or EDGES[bucket - 1] <= minutes
    assert bucket == len(EDGES) or minutes < EDGES[bucket]
    assert bucket == 0 or abs(middle_of(bucket) - minutes) <= ERROR * minutes


def test_nothing_has_no_percentile():
    assert percentile_of({}, 50) is None


def indicator(numerator: str, denominator: str | None = None) -> Indicator:
    return Indicator(
        code="own",
        version=1,
        name_zh="自定",
        name_en="Own",
        numerator=numerator,
        denominator=denominator,
        unit=IndicatorUnit.MINUTES,
        direction=Direction.LOWER,
    )


@pytest.mark.parametrize(
    ("numerator", "denominator", "value", "n"),
    [
        ("handling_p50", None, 5, 10),
        ("handling_p95", None, 7, 10),
        ("handling_p50[item=A1]", None, 7, 3),
        ("handling_p50[item=A1|A2]", None, 7, 4),
        ("handling_p95 / handling_p50", None, 1.4, 10),
        ("handling_p95", "handling_p50", 1.4, 10),
        ("handling_p50 - accept_p50", None, None, 0),
        ("handling_p50[item=A3]", None, None, 0),
    ],
)
def test_a_percentile_is_read_like_a_measure_and_rests_on_its_cases(numerator, denominator, value, n):
    counts = {
        (Duration.HANDLING, WHOLE): {5: 7, 7: 3},
        (Duration.HANDLING, OF_A1): {7: 3},
        (Duration.HANDLING, OF_A2): {5: 1},
    }

    (figure,) = Program([indicator(numerator, denominator)]).figures("310115105001", {}, counts)

    assert (figure.value, figure.n) == (value, n)


def test_every_percentile_can_be_read():
    for code in PERCENTILES:
        assert parse(code)
