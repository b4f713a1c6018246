"""Ranks only where there is a difference. Pure.

Two shares differ where the pooled two-proportion test says so after Holm's correction for all pairs of the table
(S. Holm, 1979): with twenty units there are 190 pairs, of which nine would differ by chance alone. Whoever differs from
nobody shares a rank with all.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations
from math import erfc, sqrt
from typing import NamedTuple

_ALPHA = 0.05
RANKED_MOST = 400
"""Subjects of one table: their pairs, 80,000, are compared within a few tenths of a second."""


class Share(NamedTuple):
    """`cases` of `n`."""

    cases: float
    n: int


class Rank(NamedTuple):
    """From `first` to `last`: nobody surely better stands behind it, nobody surely worse before it."""

    first: int
    last: int

    @property
    def is_shared(self) -> bool:
        return self.first != self.last


def rank(shares: Mapping[int, Share], *, higher_is_better: bool) -> dict[int, Rank]:
    """The rank of each subject, best first; those without cases have none.

    Of more than `RANKED_MOST` those with the most cases are compared with each other, and the others have none.
    """
    largest = sorted(shares.items(), key=lambda each: (-each[1].n, each[0]))[:RANKED_MOST]
    known = {key: share for key, share in largest if share.n > 0}
    better: dict[int, int] = dict.fromkeys(known, 0)
    worse: dict[int, int] = dict.fromkeys(known, 0)
    for one, other in _differing(known):
        is_first = (_value(known[one]) > _value(known[other])) == higher_is_better
        best, rest = (one, other) if is_first else (other, one)
        better[rest] += 1
        worse[best] += 1
    return {key: Rank(1 + better[key], len(known) - worse[key]) for key in known}


def p_value(one: Share, other: Share) -> float:
    """How often chance alone makes two shares differ so much, both ways."""
    together = (one.cases + other.cases) / (one.n + other.n)
    spread = together * (1 - together) * (1 / one.n + 1 / other.n)
    if spread <= 0:
        return 1.0
    return erfc(abs(_value(one) - _value(other)) / sqrt(spread) / sqrt(2))


def _differing(known: Mapping[int, Share]) -> Sequence[tuple[int, int]]:
    """Pairs that differ: smallest p first, each against what is left of the error, until the first that does not."""
    pairs = sorted((p_value(known[one], known[other]), one, other) for one, other in combinations(sorted(known), 2))
    found: list[tuple[int, int]] = []
    for passed, (p, one, other) in enumerate(pairs):
        if p > _ALPHA / (len(pairs) - passed):
            break
        found.append((one, other))
    return found


def _value(share: Share) -> float:
    return share.cases / share.n
