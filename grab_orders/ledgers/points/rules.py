"""What a closing earns: all, a part or nothing of its points, by what the same person earned that day. Pure."""

from collections.abc import Sequence
from typing import NamedTuple

from grab_orders.ledgers.structs import PointsOutcome


class Earned(NamedTuple):
    """What somebody earned before on the same day. `is_reversed`: it was taken back and stands in nobody's way."""

    place_key: str
    item_code: str
    points: int
    is_reversed: bool


class EarningFacts(NamedTuple):
    """What somebody did or reported. `full_points`: what it is worth without the limits of the day."""

    place_key: str
    item_code: str
    full_points: int
    day_most: int
    is_own_report: bool = False
    is_own_place: bool = False


class Judged(NamedTuple):
    """`round`: which of the day's at that place, counted from 1; it goes on only where one was taken back."""

    outcome: PointsOutcome
    points: int
    round: int


def judge(claim: EarningFacts, day: Sequence[Earned]) -> Judged:
    """What a claim earns after `day`, everything that the same person earned on that day."""
    same = [each for each in day if _is_alike(each, claim)]
    round_ = 1 + sum(each.is_reversed for each in same)
    left = claim.day_most - sum(each.points for each in day if not each.is_reversed)
    if claim.is_own_report:
        return Judged(PointsOutcome.OWN_REPORT, 0, round_)
    if claim.is_own_place:
        return Judged(PointsOutcome.OWN_PLACE, 0, round_)
    if any(not each.is_reversed for each in same):
        return Judged(PointsOutcome.REPEAT, 0, round_)
    points = max(0, min(claim.full_points, left))
    return Judged(PointsOutcome.COUNTED if points else PointsOutcome.OVER_DAY, points, round_)


def _is_alike(earned: Earned, claim: EarningFacts) -> bool:
    """The same item at the same place, where it counted."""
    return earned.points > 0 and (earned.place_key, earned.item_code) == (claim.place_key, claim.item_code)
