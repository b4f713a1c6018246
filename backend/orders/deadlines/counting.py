"""Count minutes on one of the three clocks. Pure; Shanghai decides days and hours, and keeps no summer time.

`always` counts every minute, `service` a daily window on all seven days, `work` the office hours of working days by the
calendar with its swapped workdays (调休); a day that the calendar does not know follows the plain week and the
holidays that the law puts on a date. Pauses are cut out. A stretch is counted to its very end: 15 minutes from 21:45
are over at 22:00, not at 07:00. While an emergency is on minutes pass at its pace (paces.py).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

import msgspec

from backend.calendars.rules import FIXED_HOLIDAYS, SHANGHAI, is_plain_workday, is_weekday, shanghai_date
from backend.calendars.structs import Timetable, Window
from backend.items.structs import Clock
from backend.orders.deadlines.paces import Pace
from backend.orders.deadlines.stages import Pause, Stage

FOR_EVER = datetime(9999, 1, 1, tzinfo=UTC)
DEFAULT_WINDOWS = {
    Clock.SERVICE: [Window(opens_min=7 * 60, closes_min=22 * 60)],
    Clock.WORK: [Window(opens_min=9 * 60, closes_min=17 * 60)],
}
"""Where no area says otherwise: service 07:00-22:00, work 09:00-17:00 (eight hours, as the dictionary counts a day)."""


class Counting(msgspec.Struct, frozen=True, kw_only=True):
    """By which rules minutes are counted for one order."""

    clock: Clock
    timetable: Timetable = Timetable()
    pauses: Sequence[Pause] = ()
    paces: Sequence[Pace] = ()
    """Of the stage that is counted, in order."""
    paces_by_stage: Mapping[Stage, Sequence[Pace]] = {}

    def of(self, stage: Stage) -> "Counting":
        """The same for one stage of the order."""
        return msgspec.structs.replace(self, paces=self.paces_by_stage[stage]) if self.paces_by_stage else self

    def unhurried(self) -> "Counting":
        """The same at the usual pace: what is granted on top is nobody's share of a limit."""
        return msgspec.structs.replace(self, paces=[pace._replace(usual=1, own=1) for pace in self.paces])


class Span(NamedTuple):
    """A stretch of time that counts, with the reason in both languages."""

    start: datetime
    end: datetime
    why: str
    usual: int = 1
    own: int = 1
    """`usual` minutes of the limit pass in `own` minutes."""

    @property
    def counts(self) -> timedelta:
        return (self.end - self.start) * self.usual / self.own


def deadline(start: datetime, minutes: float, by: Counting) -> datetime | None:
    """The instant at which so many minutes have been counted since `start`, in the zone of `start`.

    None when a pause without an end comes first.
    """
    left = timedelta(minutes=minutes)
    for span in counted(start, by):
        needed = left * span.own / span.usual
        if needed <= span.end - span.start:
            return (span.start + needed).astimezone(start.tzinfo)
        left -= span.counts
    return None


def elapsed_min(start: datetime, end: datetime, by: Counting) -> float:
    """How many minutes were counted between two instants, as the usual limits count them."""
    return sum(span.counts.total_seconds() for span in counted_until(start, end, by)) / 60


def counted_until(start: datetime, end: datetime, by: Counting) -> Iterator[Span]:
    """The counted stretches between two instants, in order."""
    yield from _until(counted(start, by), end)


def counted(start: datetime, by: Counting) -> Iterator[Span]:
    """The counted stretches from an instant on, in order, pauses cut out."""
    stops = sorted((pause.starts_at, pause.ends_at or FOR_EVER) for pause in by.pauses)
    halt = min((begins for begins, ends in stops if ends == FOR_EVER), default=FOR_EVER)
    for span in _paced(start, by):
        if span.start >= halt:
            return
        yield from _without(span, stops)


def why_skipped(on_date: date, by: Counting) -> str | None:
    """Why a day counts nothing at all on this clock; None when it counts."""
    if by.clock is not Clock.WORK or _works(on_date, by.timetable):
        return None
    known = by.timetable.days.get(on_date)
    if known is None:
        fixed = FIXED_HOLIDAYS.get((on_date.month, on_date.day))
        return f"法定节假日 holiday ({fixed})" if fixed else "周末 weekend"
    return f"节假日 holiday ({known.note})" if known.note else "节假日 holiday"


def _paced(start: datetime, by: Counting) -> Iterator[Span]:
    at = start
    for pace in by.paces:
        if pace.ends_at <= at:
            continue
        begins = max(at, pace.starts_at)
        yield from _until(_stretches(at, by), begins)
        clock = Clock.ALWAYS if pace.every_minute else by.clock
        for span in _until(_stretches(begins, msgspec.structs.replace(by, clock=clock)), pace.ends_at):
            yield span._replace(why=f"应急 emergency · {span.why}", usual=pace.usual, own=pace.own)
        at = pace.ends_at
    yield from _stretches(at, by)


def _until(spans: Iterable[Span], end: datetime) -> Iterator[Span]:
    for span in spans:
        if span.start >= end:
            return
        yield span._replace(end=min(span.end, end))


def _stretches(start: datetime, by: Counting) -> Iterator[Span]:
    if by.clock is Clock.ALWAYS:
        yield Span(start, FOR_EVER, "全天计时 every minute")
        return
    windows = by.timetable.windows.get(by.clock) or DEFAULT_WINDOWS[by.clock]
    on_date = shanghai_date(start)
    while True:
        if by.clock is Clock.SERVICE or _works(on_date, by.timetable):
            for window in windows:
                opens, closes = _at(on_date, window.opens_min), _at(on_date, window.closes_min)
                if start < closes:
                    yield Span(max(start, opens), closes, _why(on_date, by))
        on_date += timedelta(days=1)


def _without(span: Span, stops: list[tuple[datetime, datetime]]) -> Iterator[Span]:
    at = span.start
    for begins, ends in stops:
        if begins > at and begins < span.end:
            yield span._replace(start=at, end=begins)
        at = max(at, min(ends, span.end)) if begins < span.end else at
    if at < span.end:
        yield span._replace(start=at)


def _works(on_date: date, timetable: Timetable) -> bool:
    known = timetable.days.get(on_date)
    return is_plain_workday(on_date) if known is None else known.is_workday


def _why(on_date: date, by: Counting) -> str:
    if by.clock is Clock.SERVICE:
        return "服务时段 service window"
    known = by.timetable.days.get(on_date)
    if known is not None and not is_weekday(on_date):
        return f"调休上班 swapped workday ({known.note})"
    return "工作日 working day"


@lru_cache(maxsize=4096)
def _at(on_date: date, minute: int) -> datetime:
    return datetime.combine(on_date, time(0), SHANGHAI) + timedelta(minutes=minute)
