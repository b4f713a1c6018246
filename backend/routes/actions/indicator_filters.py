"""Which figures an address asks for: an area of the reader's, and days of Shanghai."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.indicators.access import require_area
from backend.indicators.errors import PeriodWrong
from backend.indicators.structs import Period

DAYS, DAYS_MOST = 30, 400
"""A period ends yesterday unless told otherwise: what is due today is not late yet."""
_YEARS = range(2000, 2101)
_AREA_CHARS = 12


class FigureQuery(NamedTuple):
    area: str
    period: Period

    def address(self, **more: str) -> str:
        """The query of an address that asks for the same."""
        said = {"area": self.area, "first": str(self.period.first), "last": str(self.period.last), **more}
        return urlencode({name: value for name, value in said.items() if value})


def read_query(query: Mapping[str, str], reader: Actor, now: datetime) -> FigureQuery:
    """Raises NotYourIndicators, PeriodWrong."""
    area = require_area(reader, query.get("area", "")[: _AREA_CHARS + 1] or None)
    return FigureQuery(area, read_period(query.get("first", ""), query.get("last", ""), now))


def read_period(first: str, last: str, now: datetime) -> Period:
    """The days that are named; thirty that end yesterday, or where only one end is named. Raises PeriodWrong."""
    yesterday = shanghai_date(now) - timedelta(days=1)
    until = _day(last) if last else min(yesterday, _day(first) + timedelta(days=DAYS - 1)) if first else yesterday
    since = _day(first) if first else until - timedelta(days=DAYS - 1)
    period = Period(since, max(until, since) if not last else until)
    if not 1 <= period.days <= DAYS_MOST:
        raise PeriodWrong
    return period


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text.strip()) if len(text) <= len("2026-11-28") else None
    except ValueError as error:
        raise PeriodWrong from error
    if day is None or day.year not in _YEARS:
        raise PeriodWrong
    return day
