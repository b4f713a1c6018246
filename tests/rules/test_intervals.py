"""How sure a share or a count is: against published values, and what must hold of any."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.evaluation.intervals import is_more_than_chance, of_count, of_share


@pytest.mark.parametrize(
    ("cases", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_a_share_has_the_interval_that_newcombe_printed(cases: int, n: int, low: float, high: float) -> None:
    found = of_share(cases, n)

    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(("count", "low", "high"), [(2, 0.242, 7.225), (10, 4.795, 18.390), (100, 81.364, 121.627)])
def test_a_count_has_the_exact_interval_of_garwood_to_a_tenth(count: int, low: float, high: float) -> None:
    found = of_count(count)

    assert abs(found.low - low) < 0.1
    assert abs(found.high - high) < 0.1


@pytest.mark.parametrize(("cases", "n"), [(1, 0), (3, 2), (-1, 2)])
def test_what_is_no_share_is_refused(cases: int, n: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        of_share(cases, n)


def test_a_week_of_nine_after_weeks_of_four_may_be_chance_and_one_of_twelve_is_not() -> None:
    assert not is_more_than_chance(9, 4.2)
    assert is_more_than_chance(12, 4.2)
    assert not is_more_than_chance(0, 0)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_between_none_and_all(pair: tuple[int, int]) -> None:
    cases, n = pair
    found = of_share(cases, n)

    assert 0 <= found.low <= cases / n <= found.high <= 1


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_four_times_as_many_cases_are_surer(cases: int, more: int) -> None:
    n = cases + more
    wide, narrow = of_share(cases, n), of_share(4 * cases, 4 * n)

    assert narrow.high - narrow.low < wide.high - wide.low
