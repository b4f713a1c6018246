"""When each stage of an order is due. Pure: the same order, limits and timetable give the same deadlines."""

from datetime import datetime

import msgspec

from backend.calendars.structs import Timetable
from backend.items.structs import Clock
from backend.orders.deadlines import stages
from backend.orders.deadlines.counting import Counting, deadline
from backend.orders.deadlines.limits import StageLimits, halved
from backend.orders.deadlines.stages import Stage, Timeline
from backend.orders.model.states import State


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What an order is held to where it lies: its clock, the minutes of each stage, the timetable."""

    clock: Clock
    limits: StageLimits
    timetable: Timetable = Timetable()


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """The deadlines of a new order. `verify_by` comes when the handler has finished."""

    respond_by: datetime
    resolve_by: datetime
    arrive_by: datetime | None = None
    safe_by: datetime | None = None


def at_opening(now: datetime, terms: Terms) -> Due:
    """The deadlines of an order that is opened now."""
    planned = replan(Timeline(state=State.DISPATCHED, opened_at=now), terms)
    return Due(**{f"{stage}_by": at for stage, at in planned.items()})


def shortest_min(now: datetime, terms: Terms) -> int:
    """Minutes of the shortest limit of an order that is opened now, on its own clock."""
    order = Timeline(state=State.DISPATCHED, opened_at=now)
    found = (minutes_of(order, stage, terms) for stage in Stage)
    return min(minutes for minutes in found if minutes is not None)


def replan(order: Timeline, terms: Terms) -> dict[Stage, datetime]:
    """The deadlines of the stages that are not over yet, by the present rules and pauses.

    A stage that is over keeps its deadline, and one that a pause holds open has none: both are left out.
    """
    found = {}
    for stage in Stage:
        minutes = minutes_of(order, stage, terms)
        start = stages.start_of(order, stage)
        if minutes is None or start is None or stages.ended_at(order, stage) is not None:
            continue
        at = deadline(start, minutes, counting_of(order, terms))
        if at is not None:
            found[stage] = at
    return found


def minutes_of(order: Timeline, stage: Stage, terms: Terms) -> int | None:
    """The minutes of a stage: halved when it began in bad weather, then extensions on top."""
    minutes, start = terms.limits.of(stage), stages.start_of(order, stage)
    if minutes is None or start is None:
        return None
    if terms.timetable.mode_at(start):
        minutes = halved(minutes)
    return minutes + sum(extension.minutes or 0 for extension in order.extensions_of(stage))


def counting_of(order: Timeline, terms: Terms) -> Counting:
    return Counting(clock=terms.clock, timetable=terms.timetable, pauses=order.stopping)
