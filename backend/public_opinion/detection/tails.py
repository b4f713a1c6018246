"""How surprising a count is beside earlier ones, and what to believe of many of them at once. Pure.

A voice is a reporter in a week. How many of them say a word is taken for Poisson with a rate that earlier weeks tell of
only so well: the rate is a gamma distribution (Jeffreys' beginning), so the count to come is negative binomial. Earlier
weeks count by `DISCOUNT`: rates change by themselves from week to week.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from backend.public_opinion.rules import BASE_DAYS, LEAST_VOICES, WEEK_DAYS

Floats = NDArray[np.float64]
DISCOUNT = 0.5
_BEGINNING = 0.5
_TERMS = 5_000
"""Terms of the upper tail that are summed, at most."""


def upper_tail(now: Floats, now_of: Floats, before: Floats, before_of: Floats) -> Floats:
    """How likely a count of `now` or more is among `now_of` voices, after `before` among `before_of` earlier ones.

    1 where there is nothing earlier to compare with.
    """
    shape, known = before * DISCOUNT + _BEGINNING, before_of * DISCOUNT
    stay = np.divide(known, known + now_of, out=np.full_like(known, 0.5), where=known > 0)
    step = 1.0 - stay
    with np.errstate(under="ignore"):
        # One exponent: of many voices either half of it alone is beyond what a float holds.
        nought = shape * np.log(stay)
        above = _above(np.exp(nought + _log_rising(shape, now) + now * np.log(step)), now, shape, step)
        below = _below(np.exp(nought), now, shape, step)
    is_high = now > shape * step / stay
    return np.where(known > 0, np.clip(np.where(is_high, above, 1.0 - below), 0.0, 1.0), 1.0)


def chances_of(counts: Sequence[tuple[int, int, int, int]]) -> Floats:
    """The same of rows of four: now, of how many, before, of how many."""
    rows = np.array(counts, np.float64).reshape(-1, 4)
    return upper_tail(rows[:, 0], rows[:, 1], rows[:, 2], rows[:, 3])


def needed(usual: int, voices: float, surprise: float) -> int:
    """How many voices of a word in seven days surprise so much, where it usually has `usual` of so many `voices`."""
    weeks = BASE_DAYS / WEEK_DAYS
    now = np.arange(LEAST_VOICES, usual * 4 + 60, dtype=np.float64)
    chances = upper_tail(
        now, np.full_like(now, max(voices, usual)), np.full_like(now, usual * weeks), np.full_like(now, voices * weeks)
    )
    enough = np.flatnonzero(chances <= 10**-surprise)
    return int(now[enough[0]]) if len(enough) else int(now[-1])


def _above(term: Floats, now: Floats, shape: Floats, step: Floats) -> Floats:
    """The sum from `now` on, of counts above the mean: each term is smaller than the one before."""
    total = np.zeros_like(term)
    for more in range(_TERMS):
        total += term
        term = term * (now + more + shape) / (now + more + 1) * step
        if not np.any(term > total * 1e-12):
            break
    return total


def _below(term: Floats, now: Floats, shape: Floats, step: Floats) -> Floats:
    """The sum of all counts below `now`."""
    total = np.zeros_like(term)
    for count in range(int(now.max(initial=0))):
        total += np.where(count < now, term, 0.0)
        term = term * (count + shape) / (count + 1) * step
    return total


def benjamini_hochberg(chances: Floats, tests: int) -> Floats:
    """Of each chance the least rate of false discoveries at which it is believed (Benjamini and Hochberg 1995).

    `tests`: of how many in all these are the smallest; each of the others counts as 1.
    """
    order = np.argsort(chances, kind="stable")
    ranked = chances[order] * tests / np.arange(1, len(chances) + 1)
    found = np.empty_like(ranked)
    found[order] = np.minimum(1.0, np.minimum.accumulate(ranked[::-1])[::-1])
    return found


def _log_rising(shape: Floats, count: Floats) -> Floats:
    """log of Γ(shape + count) / (Γ(shape) count!), by a product of `count` factors."""
    found = np.zeros_like(shape)
    for each in range(int(count.max(initial=0))):
        found += np.where(each < count, np.log((shape + each) / (each + 1)), 0.0)
    return found
