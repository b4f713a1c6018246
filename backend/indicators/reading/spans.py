"""A period as the spans of which sums are held: whole months, pentads and days. Pure."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from backend.indicators.structs import Period

_DAY = timedelta(days=1)
_PENTAD_DAYS, _LAST_PENTAD = 5, 5


class SumSpan(StrEnum):
    DAY = "day"
    PENTAD = "pentad"
    """候: five days of a month from its first on, the sixth what is left of it."""
    MONTH = "month"


class SpanRange(NamedTuple):
    """Spans by their first days: from `first` to `last`."""

    span: SumSpan
    first: date
    last: date


class _Calendar(NamedTuple):
    first_of: Callable[[date], date]
    """The first day of the span in which a day lies."""
    last_of: Callable[[date], date]


def month_first(day: date) -> date:
    return day.replace(day=1)


def month_last(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def pentad_first(day: date) -> date:
    return day.replace(day=1 + _PENTAD_DAYS * min((day.day - 1) // _PENTAD_DAYS, _LAST_PENTAD))


def pentad_last(day: date) -> date:
    first = pentad_first(day)
    return month_last(day) if first.day > _PENTAD_DAYS * _LAST_PENTAD else first + (_PENTAD_DAYS - 1) * _DAY


_CALENDARS = {SumSpan.MONTH: _Calendar(month_first, month_last), SumSpan.PENTAD: _Calendar(pentad_first, pentad_last)}
WIDEST_FIRST = (SumSpan.MONTH, SumSpan.PENTAD)
MONTHS_AND_DAYS = (SumSpan.MONTH,)


def ranges_of(period: Period, spans: tuple[SumSpan, ...] = WIDEST_FIRST) -> list[SpanRange]:
    """Ranges that together are the period, each day once: as many days as may be in the widest of these spans.

    What is in none of them comes as days.
    """
    if period.last < period.first:
        return []
    if not spans:
        return [SpanRange(SumSpan.DAY, period.first, period.last)]
    first_of, last_of = _CALENDARS[spans[0]]
    first = period.first if first_of(period.first) == period.first else last_of(period.first) + _DAY
    end = period.last if last_of(period.last) == period.last else first_of(period.last) - _DAY
    if end < first:
        return ranges_of(period, spans[1:])
    return [
        *ranges_of(Period(period.first, first - _DAY), spans[1:]),
        SpanRange(spans[0], first, first_of(end)),
        *ranges_of(Period(end + _DAY, period.last), spans[1:]),
    ]
