"""Percentiles of times, from counts in fixed buckets: counts add up over areas and days, percentiles do not. Pure.

A bucket is a quarter of an octave of whole minutes: its upper edge is at most 2**(1/4) times its lower one. A
percentile is by nearest rank: the least time that so many in a hundred of the cases are not above. It is told as the
geometric middle of the bucket in which that case lies, so it is off by less than ERROR; up to seven minutes not at all.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from enum import StrEnum
from fractions import Fraction
from math import ceil, sqrt
from typing import NamedTuple

PARTS_OF_OCTAVE, MINUTES_MOST = 4, 10_000_000
_STEPS = range(24 * PARTS_OF_OCTAVE)
EDGES: tuple[int, ...] = tuple(
    sorted({edge for step in _STEPS if (edge := ceil(2 ** (step / PARTS_OF_OCTAVE))) <= MINUTES_MOST})
)
"""The least whole minutes of each bucket from the first on; bucket 0 is what took less than a minute."""
ERROR = 0.1
"""How far a percentile may be off, as a share of itself: half a bucket, and what is lost by telling it to a tenth."""
Counts = Mapping[int, int]
"""By bucket how many cases."""


class Duration(StrEnum):
    """A time whose percentiles are known: 接单用时, 处置用时."""

    ACCEPT = "accept"
    HANDLING = "handling"


class DurationOf(NamedTuple):
    """Which measure counts its cases, and which one sums their minutes."""

    cases: str
    minutes: str


MEASURED_BY = {
    Duration.ACCEPT: DurationOf("accepted", "accept_minutes"),
    Duration.HANDLING: DurationOf("done", "handling_minutes"),
}


class Percentile(NamedTuple):
    code: str
    duration: Duration
    percent: int
    zh: str
    en: str


def _percentile(duration: Duration, percent: int) -> Percentile:
    zh, en = _SAID[duration]
    named = ("中位数", "median") if percent == _MEDIAN else (f"{percent}% 分位数", f"percentile {percent}")
    return Percentile(f"{duration}_p{percent}", duration, percent, f"{zh}{named[0]}(分)", f"{en}: {named[1]}, minutes")


_MEDIAN = 50
_SAID = {
    Duration.ACCEPT: ("接单用时", "from opening to acceptance"),
    Duration.HANDLING: ("处置用时", "from opening to done"),
}
PERCENTILES: dict[str, Percentile] = {
    each.code: each
    for each in (_percentile(duration, percent) for duration in Duration for percent in (_MEDIAN, 75, 90, 95))
}
"""By the name under which an expression reads it."""


def bucket_of(minutes: int) -> int:
    return bisect_right(EDGES, minutes)


def middle_of(bucket: int) -> Fraction:
    """Minutes, to a tenth."""
    if not bucket:
        return Fraction(0)
    last = EDGES[bucket] - 1 if bucket < len(EDGES) else MINUTES_MOST
    return Fraction(round(10 * sqrt(EDGES[bucket - 1] * last)), 10)


def percentile_of(counts: Counts, percent: int) -> Fraction | None:
    """None where there is no case."""
    whole = sum(counts.values())
    rank = -(-whole * percent // 100)
    for bucket in sorted(counts):
        rank -= counts[bucket]
        if rank <= 0 and whole > 0:
            return middle_of(bucket)
    return None


def added_up(several: Iterable[Counts]) -> Counts:
    """The counts of all together."""
    found: dict[int, int] = {}
    for counts in several:
        for bucket, cases in counts.items():
            found[bucket] = found.get(bucket, 0) + cases
    return found


def bucket_sql(minutes: str) -> str:
    """The bucket of whole minutes in SQL."""
    return f"width_bucket({minutes}, ARRAY[{', '.join(map(str, EDGES))}])"
