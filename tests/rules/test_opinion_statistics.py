"""The statistics of rising words, held against those of scipy and against what must be true of any."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from backend.public_opinion.detection.surprise import growth, log_likelihood_ratio, share_interval
from backend.public_opinion.detection.tails import DISCOUNT, benjamini_hochberg, upper_tail
from backend.web.views.sparkline import HEIGHT, line_of

counts = st.integers(0, 60)
totals = st.integers(61, 3000)


def tail(now: int, now_of: int, before: int, before_of: int) -> float:
    return float(upper_tail(*(np.array([float(each)]) for each in (now, now_of, before, before_of)))[0])


@given(counts, totals, counts, totals)
def test_the_tail_is_that_of_the_negative_binomial(now: int, now_of: int, before: int, before_of: int) -> None:
    known = before_of * DISCOUNT
    expected = stats.nbinom.sf(now - 1, before * DISCOUNT + 0.5, known / (known + now_of))

    assert tail(now, now_of, before, before_of) == pytest.approx(expected, rel=1e-6, abs=1e-200)


@given(st.integers(1, 60), totals, counts, totals)
def test_more_is_more_surprising_and_more_before_is_less(now: int, now_of: int, before: int, before_of: int) -> None:
    chance = tail(now, now_of, before, before_of)

    assert tail(now + 1, now_of, before, before_of) <= chance <= 1
    assert tail(now, now_of, before + 1, before_of) >= chance * 0.999999


@pytest.mark.parametrize(("now", "before"), [(2150, 20_000), (1000, 20_000), (9000, 60_000)])
def test_the_tail_of_a_word_that_thousands_say_is_a_chance_too(now: int, before: int) -> None:
    """A town of many voices: a chance that is no number would hide every other one of its words."""
    expected = stats.nbinom.sf(now - 1, before * DISCOUNT + 0.5, 50_000 / 60_000)

    assert tail(now, 10_000, before, 100_000) == pytest.approx(expected, rel=1e-6, abs=1e-12)


def test_nothing_is_surprising_without_a_past() -> None:
    assert tail(50, 100, 0, 0) == 1


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40), st.integers(0, 100))
def test_false_discoveries_are_those_of_benjamini_and_hochberg(chances: list[float], more: int) -> None:
    given_chances = np.array(chances)
    all_of_them = np.concatenate([given_chances, np.ones(more)])

    found = benjamini_hochberg(given_chances, len(all_of_them))

    assert found == pytest.approx(stats.false_discovery_control(all_of_them)[: len(chances)])


@given(counts, totals, counts, totals)
def test_the_likelihood_ratio_is_that_of_a_table_of_four(now: int, now_of: int, before: int, before_of: int) -> None:
    found = log_likelihood_ratio(now, now_of, before, before_of)

    if now + before:
        table = [[now, now_of - now], [before, before_of - before]]
        expected = stats.chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
        assert abs(found) == pytest.approx(expected, abs=1e-6)
    assert (found >= 0) or now / now_of < before / before_of


@given(counts, totals, counts, totals)
def test_growth_lies_within_its_interval(now: int, now_of: int, before: int, before_of: int) -> None:
    times, interval = growth(now, now_of, before, before_of)

    assert 0 < interval.low <= times <= interval.high


@given(st.integers(0, 50), st.integers(0, 50))
def test_a_share_lies_within_its_interval(some: int, others: int) -> None:
    low, high = share_interval(some, some + others)

    assert 0 <= low <= high <= 1
    if some + others:
        assert low - 1e-9 <= some / (some + others) <= high + 1e-9


@given(st.lists(st.integers(0, 10_000), max_size=30))
def test_a_line_is_drawn_within_its_frame(numbers: list[int]) -> None:
    line = line_of(numbers)

    assert line.path.count("L") == max(0, len(numbers) - 1)
    assert 0 <= line.last_y <= HEIGHT
