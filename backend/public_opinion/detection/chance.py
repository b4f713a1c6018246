"""How often chance alone makes a matter, and from which surprise on a town is warned. Pure."""

from bisect import bisect_left
from collections.abc import Iterable
from math import inf, nextafter
from typing import NamedTuple

from backend.public_opinion.detection.surprise import highest_rate

MONTH_DAYS = 28


class ShuffledPast(NamedTuple):
    """The surprise of each matter that chance made, rising, and on how many days it was looked for, in all rounds."""

    surprises: tuple[float, ...]
    days: int


class Tradeoff(NamedTuple):
    """What accepting so many warnings by chance in four weeks comes to.

    `by_chance`: how many chance makes, at most `by_chance_high` (95 %). `threshold`: None where the past is too short.
    """

    accepted: float
    threshold: float | None
    by_chance: float
    by_chance_high: float


def false_per_month(replayed: ShuffledPast, threshold: float) -> float:
    """How many matters as surprising as that, or more, chance makes in four weeks."""
    return _above(replayed, threshold) * MONTH_DAYS / replayed.days if replayed.days else inf


def most_false_per_month(replayed: ShuffledPast, threshold: float) -> float:
    """How many it makes at most: 95 %."""
    return highest_rate(_above(replayed, threshold)) * MONTH_DAYS / replayed.days if replayed.days else inf


def threshold_for(replayed: ShuffledPast, accepted_per_month: float) -> float | None:
    """The least surprise to warn at, so that chance warns no oftener than accepted, with 95 % certainty.

    None where the past is too short to say so of any.
    """
    for surprise in (0.0, *(nextafter(each, inf) for each in replayed.surprises)):
        if most_false_per_month(replayed, surprise) <= accepted_per_month:
            return float(surprise)
    return None


def tradeoffs(replayed: ShuffledPast, accepted: Iterable[float]) -> list[Tradeoff]:
    """What each of these rates would come to."""
    found = []
    for rate in accepted:
        threshold = threshold_for(replayed, rate)
        least = inf if threshold is None else threshold
        found.append(Tradeoff(rate, threshold, false_per_month(replayed, least), most_false_per_month(replayed, least)))
    return found


def _above(replayed: ShuffledPast, threshold: float) -> int:
    return len(replayed.surprises) - bisect_left(replayed.surprises, threshold)
