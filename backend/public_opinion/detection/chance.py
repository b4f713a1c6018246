"""How often chance alone makes a matter, and from which surprise on a town is warned. Pure."""

from math import inf, nextafter
from typing import NamedTuple

from backend.public_opinion.detection.surprise import highest_rate

MONTH_DAYS = 28


class ShuffledPast(NamedTuple):
    """The surprise of each matter that chance made, and on how many days it was looked for, all rounds together."""

    surprises: tuple[float, ...]
    days: int


def false_per_month(replayed: ShuffledPast, threshold: float) -> float:
    """How many matters as surprising as that, or more, chance makes in four weeks."""
    if not replayed.days:
        return float("inf")
    return sum(each >= threshold for each in replayed.surprises) * MONTH_DAYS / replayed.days


def threshold_for(replayed: ShuffledPast, accepted_per_month: float) -> float | None:
    """The least surprise to warn at, so that chance warns no oftener than accepted, with 95 % certainty.

    None where the past is too short to say so of any.
    """
    for surprise in (0.0, *(nextafter(each, inf) for each in replayed.surprises)):
        above = sum(each >= surprise for each in replayed.surprises)
        if replayed.days and highest_rate(above) * MONTH_DAYS / replayed.days <= accepted_per_month:
            return float(surprise)
    return None
