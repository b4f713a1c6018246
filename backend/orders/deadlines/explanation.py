"""Show how a deadline comes about: the limits, the stretches that were counted and the days that were not. Pure."""

from datetime import datetime, timedelta

import msgspec

from backend.calendars.rules import SHANGHAI, shanghai_date
from backend.orders.deadlines import plan
from backend.orders.deadlines.counting import Counting, Span, counted_until, why_skipped
from backend.orders.deadlines.plan import Terms
from backend.orders.deadlines.stages import Stage, Timeline
from backend.orders.model.states import State


class Interval(msgspec.Struct, frozen=True, kw_only=True, rename={"start": "from", "end": "to"}):
    start: datetime
    end: datetime
    minutes: float
    why: str


class Skipped(msgspec.Struct, frozen=True, kw_only=True):
    on: str
    why: str


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """All instants in Shanghai time. `*_min` are the minutes that were applied, after halving.

    Where an emergency is on, `intervals` show its pace: their minutes are those of the usual limit that were used up.
    """

    item: str
    area: str
    clock: str
    start: datetime
    respond_by: datetime
    arrive_by: datetime | None
    safe_by: datetime | None
    resolve_by: datetime
    respond_min: int | None
    arrive_min: int | None
    safe_min: int | None
    resolve_min: int | None
    verify_min: int | None
    weather: str | None
    intervals: list[Interval]
    """What was counted until resolve_by."""
    skipped: list[Skipped]
    warnings: list[str] = []


def explain(item: str, area: str, start: datetime, terms: Terms, warnings: list[str]) -> Explanation:
    """Count an order that would be opened at `start`, and keep the account."""
    start = start.astimezone(SHANGHAI)
    due = plan.at_opening(start, terms)
    opened = Timeline(state=State.HANDLED, opened_at=start, finished_at=start)
    by = plan.counting_of(opened, terms).of(Stage.RESOLVE)
    mode = terms.timetable.mode_at(start)
    return Explanation(
        item=item,
        area=area,
        clock=terms.clock,
        start=start,
        **msgspec.structs.asdict(due),
        respond_min=plan.minutes_of(opened, Stage.RESPOND, terms),
        arrive_min=plan.minutes_of(opened, Stage.ARRIVE, terms),
        safe_min=plan.minutes_of(opened, Stage.SAFE, terms),
        resolve_min=plan.minutes_of(opened, Stage.RESOLVE, terms),
        verify_min=plan.minutes_of(opened, Stage.VERIFY, terms),
        weather=mode.level if mode else None,
        intervals=[_interval(span) for span in counted_until(start, due.resolve_by, by)],
        skipped=_skipped(start, due.resolve_by, by),
        warnings=warnings,
    )


def _interval(span: Span) -> Interval:
    minutes = span.counts.total_seconds() / 60
    return Interval(
        start=span.start.astimezone(SHANGHAI), end=span.end.astimezone(SHANGHAI), minutes=minutes, why=span.why
    )


def _skipped(start: datetime, end: datetime, by: Counting) -> list[Skipped]:
    first = shanghai_date(start)
    days = [first + timedelta(days=number) for number in range((shanghai_date(end) - first).days + 1)]
    return [Skipped(on=day.isoformat(), why=why) for day in days if (why := why_skipped(day, by)) is not None]
