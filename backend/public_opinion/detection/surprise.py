"""What a count says beside earlier ones, a word at a time: shares, growth and rates, each with its interval. Pure."""

from math import exp, log, sqrt
from typing import NamedTuple

_BEGINNING = 0.5
_Z90, _Z95 = 1.6449, 1.96


class ConfidenceInterval(NamedTuple):
    low: float
    high: float


def log_likelihood_ratio(now: int, now_of: int, before: int, before_of: int) -> float:
    """Dunning's G² of two shares; below 0 where the word is said less than before."""
    if not now_of or not before_of:
        return 0.0
    share = (now + before) / (now_of + before_of)
    found = 2 * (_part(now, now_of * share) + _part(before, before_of * share))
    found += 2 * (_part(now_of - now, now_of * (1 - share)) + _part(before_of - before, before_of * (1 - share)))
    is_more = now / now_of >= before / before_of
    return max(0.0, found) if is_more else -max(0.0, found)


def growth(now: int, now_of: int, before: int, before_of: int) -> tuple[float, ConfidenceInterval]:
    """How many times as often as before, drawn towards 1 where little is known, with 95 % of what may be true."""
    expected = now_of * before / before_of if before_of else float(now)
    ratio = (now + _BEGINNING) / (expected + _BEGINNING)
    spread = _Z95 * sqrt(1 / (now + _BEGINNING) + 1 / (before + _BEGINNING))
    return ratio, ConfidenceInterval(ratio * exp(-spread), ratio * exp(spread))


def share_interval(seen: int, of: int) -> ConfidenceInterval:
    """Wilson's interval of a share, 95 %; all that is possible where nothing was seen."""
    if not of:
        return ConfidenceInterval(0.0, 1.0)
    share, z2 = seen / of, _Z95**2
    middle = (share + z2 / (2 * of)) / (1 + z2 / of)
    spread = _Z95 * sqrt(share * (1 - share) / of + z2 / (4 * of**2)) / (1 + z2 / of)
    return ConfidenceInterval(max(0.0, middle - spread), min(1.0, middle + spread))


def highest_rate(seen: int) -> float:
    """How many there are at most to be expected where so many were counted: 95 % (Poisson, one-sided, approximate)."""
    return (sqrt(seen + 1) + _Z90 / 2) ** 2


def _part(seen: float, expected: float) -> float:
    return seen * log(seen / expected) if seen > 0 and expected > 0 else 0.0
