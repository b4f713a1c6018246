"""When each stage of an order is due. Pure: the same order, limits and timetable give the same deadlines."""

from datetime import datetime

import msgspec

from backend.calendars.structs import Timetable
from backend.items.structs import Clock
from backend.orders.deadlines import stages
from backend.orders.deadlines.counting import Counting, counted, deadline
from backend.orders.deadlines.limits import StageLimits, halved
from backend.orders.deadlines.paces import Pace, paces_of
from backend.orders.deadlines.stages import Stage, Timeline
from backend.orders.model.states import State


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """What an order is held to where it lies: its clock, the minutes of each stage, the timetable."""

    clock: Clock
    limits: StageLimits
    timetable: Timetable = Timetable()
    item_code: str = ""
    priority: str = ""
    """Of the item: by both an emergency says which orders it is about."""


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
    """Minutes of the shortest limit of an order that is opened now, on its own clock, at the fastest pace it may have.

    What begins later counts deadlines anew.
    """
    order = Timeline(state=State.DISPATCHED, opened_at=now)
    by = counting_of(order, terms)
    found = (_least_min(limit_of(order, stage, terms), by.of(stage)) for stage in Stage)
    return min(minutes for minutes in found if minutes is not None)


def replan(order: Timeline, terms: Terms) -> dict[Stage, datetime]:
    """The deadlines of the stages that are not over yet, by the present rules and pauses.

    A stage that is over keeps its deadline, and one that a pause holds open has none: both are left out.
    """
    found, by = {}, counting_of(order, terms)
    for stage in Stage:
        minutes = limit_of(order, stage, terms)
        start = stages.start_of(order, stage)
        if minutes is None or start is None or stages.ended_at(order, stage) is not None:
            continue
        at = deadline(start, minutes, by.of(stage))
        if at is not None and (granted := _granted_min(order, stage)):
            at = deadline(at, granted, by.of(stage).unhurried())
        if at is not None:
            found[stage] = at
    return found


def minutes_of(order: Timeline, stage: Stage, terms: Terms) -> int | None:
    """The minutes of a stage: halved when it began in bad weather, then extensions on top."""
    minutes = limit_of(order, stage, terms)
    return None if minutes is None else minutes + _granted_min(order, stage)


def limit_of(order: Timeline, stage: Stage, terms: Terms) -> int | None:
    """The same without extensions."""
    minutes, start = terms.limits.of(stage), stages.start_of(order, stage)
    if minutes is None or start is None:
        return None
    return halved(minutes) if terms.timetable.mode_at(start) else minutes


def counting_of(order: Timeline, terms: Terms) -> Counting:
    """By which rules the order's minutes are counted: for a stage by `of` that stage."""
    paces = {stage: _paces(order, stage, terms) for stage in Stage} if terms.timetable.stretches else {}
    return Counting(clock=terms.clock, timetable=terms.timetable, pauses=order.stopping, paces_by_stage=paces)


def begins_at(terms: Terms, now: datetime) -> datetime:
    """The instant from which the clock of an order that is opened now counts: now, or when work begins again."""
    by = counting_of(Timeline(state=State.DISPATCHED, opened_at=now), terms).of(Stage.RESPOND)
    return next(counted(now, by)).start


def _paces(order: Timeline, stage: Stage, terms: Terms) -> list[Pace]:
    plain, usual = terms.limits.of(stage), limit_of(order, stage, terms)
    if plain is None or usual is None:
        return []
    return paces_of(terms.timetable.stretches, terms.item_code, terms.priority, stage, plain, usual)


def _granted_min(order: Timeline, stage: Stage) -> int:
    return sum(extension.minutes or 0 for extension in order.extensions_of(stage))


def _least_min(minutes: int | None, by: Counting) -> int | None:
    if minutes is None:
        return None
    return min([minutes, *(minutes * pace.own // pace.usual for pace in by.paces)])
