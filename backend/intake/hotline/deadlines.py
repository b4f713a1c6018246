"""Deadlines in Shanghai's working days. Pure.

The day on which a case comes does not count (民法典 201 条); the last day ends with its office hours (203 条).
"""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from backend.calendars.rules import midnight, shanghai_date
from backend.calendars.structs import Timetable
from backend.items.structs import Clock
from backend.orders.deadlines.counting import DEFAULT_WINDOWS, Counting, why_skipped

_ONE_DAY = timedelta(days=1)
_LEAST_WARNING = timedelta(hours=2)


class TaskDeadline(NamedTuple):
    """`warn_at`: when whoever is to keep it is told that it is near."""

    due_at: datetime
    warn_at: datetime


def in_working_days(start: datetime, days: int, timetable: Timetable) -> TaskDeadline:
    """The end of the last of so many working days, and the morning of that day, or for more days of the one before."""
    by = Counting(clock=Clock.WORK, timetable=timetable)
    on_date = before = shanghai_date(start)
    for _ in range(days):
        before, on_date = on_date, _next_working_day(on_date, by)
    warned_on = on_date if days <= 1 else before
    return TaskDeadline(_closing(on_date, timetable), max(start, _opening(warned_on, timetable)))


def at_given(start: datetime, due_at: datetime, timetable: Timetable) -> TaskDeadline:
    """A deadline that the platform itself names: told on the morning of that day, two hours before at the latest."""
    warn_at = min(_opening(shanghai_date(due_at), timetable), due_at - _LEAST_WARNING)
    return TaskDeadline(due_at, max(start, warn_at))


def _next_working_day(on_date: date, by: Counting) -> date:
    on_date += _ONE_DAY
    while why_skipped(on_date, by) is not None:
        on_date += _ONE_DAY
    return on_date


def _opening(on_date: date, timetable: Timetable) -> datetime:
    windows = timetable.windows.get(Clock.WORK) or DEFAULT_WINDOWS[Clock.WORK]
    return midnight(on_date) + timedelta(minutes=min(window.opens_min for window in windows))


def _closing(on_date: date, timetable: Timetable) -> datetime:
    windows = timetable.windows.get(Clock.WORK) or DEFAULT_WINDOWS[Clock.WORK]
    return midnight(on_date) + timedelta(minutes=max(window.closes_min for window in windows))
