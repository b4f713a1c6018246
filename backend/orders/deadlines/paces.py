"""How fast the minutes of a limit pass while an emergency is on. Pure.

Each stretch of time counts under its own rule: where an emergency halves a limit, a minute of it uses up two; where it
sets a limit of its own, a minute uses up as much of the whole as it is of that limit. So an order that lives through a
begin and an end is held to the sum of the shares, and one that no stretch touches to what it always was. In a stretch
the emergency alone speaks: weather halves the usual limits, never those of an emergency.
"""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from math import ceil
from typing import NamedTuple

from backend.calendars.structs import ClockRule, Stretch, in_force
from backend.orders.deadlines.stages import Stage

_FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)


class Pace(NamedTuple):
    """From when to when `usual` minutes of the limit pass in `own` minutes; perhaps on a clock that never stands."""

    starts_at: datetime
    ends_at: datetime
    usual: int
    own: int
    every_minute: bool


def paces_of(
    stretches: Sequence[Stretch], item_code: str, priority: str, stage: Stage, plain_min: int, usual_min: int
) -> list[Pace]:
    """The paces of one stage, in order, none of them over another.

    `plain_min`: the limit without weather, of which an emergency takes its share; `usual_min`: what counts outside.
    """
    edges = sorted({edge for each in stretches for edge in (each.starts_at, each.ends_at or _FOR_EVER)})
    found = []
    for begins, ends in itertools.pairwise(edges):
        on = in_force(stretches, begins)
        rule = on.rule_for(item_code, priority) if on else None
        if rule is not None and (pace := _pace(begins, ends, rule, stage, plain_min, usual_min)):
            found.append(pace)
    return found


def own_minutes(rule: ClockRule, stage: Stage, plain_min: int) -> int | None:
    """The limit of a stage by an emergency; None where it leaves it alone."""
    own = getattr(rule, f"{stage}_min")
    if own is not None:
        return own
    return None if rule.percent == 100 else max(1, ceil(plain_min * rule.percent / 100))


def raised(stretches: Sequence[Stretch], item_code: str, priority: str, at: datetime) -> str:
    """How urgent an order is at an instant whose item has this priority: never less than usual."""
    on = in_force(stretches, at)
    rule = on.rule_for(item_code, priority) if on else None
    return min(priority, rule.raises_to) if rule is not None and rule.raises_to else priority


def _pace(
    begins: datetime, ends: datetime, rule: ClockRule, stage: Stage, plain_min: int, usual_min: int
) -> Pace | None:
    own = own_minutes(rule, stage, plain_min)
    if own is None and not rule.every_minute:
        return None
    return Pace(begins, ends, usual_min if own else 1, own or 1, rule.every_minute)
