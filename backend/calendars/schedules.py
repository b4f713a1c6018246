"""The days of a schedule: an RRULE in its one form (see rrules.py), and the day on which the series begins. Pure.

Days are local and begin at midnight, so that a day named as the end counts itself. What python-dateutil walks through
is remembered as one bit for each day of a year.
"""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice

from backend.calendars.errors import DayTooFar

AHEAD = timedelta(days=366)
"""So far before and after today a series may begin: its days are counted from there."""
_CACHED_YEARS = 8192
_LOOK_AHEAD_DAYS = 6 * 366


def falls_on(rrule: str, starts_on: date, day: date) -> bool:
    """Whether the schedule has this day."""
    return day >= starts_on and bool(_year(rrule, starts_on, day.year) >> day.timetuple().tm_yday & 1)


def days_between(rrule: str, starts_on: date, first: date, last: date) -> list[date]:
    """The days of the schedule within a span of at most some years, both ends included."""
    span = (last - first).days + 1
    days = (first + timedelta(days=number) for number in range(max(0, span)))
    return [day for day in days if falls_on(rrule, starts_on, day)]


def next_days(rrule: str, starts_on: date, first: date, most: int) -> list[date]:
    """The first days of the schedule from a day on, of those within the next six years."""
    days = (first + timedelta(days=number) for number in range(_LOOK_AHEAD_DAYS))
    return list(islice((day for day in days if falls_on(rrule, starts_on, day)), most))


def require_within(field: str, day: date, least: date, most: date) -> date:
    """The day itself. Raises DayTooFar with the name of what it was said for."""
    if not least <= day <= most:
        raise DayTooFar(field=field, least=least.isoformat(), most=most.isoformat())
    return day


@lru_cache(maxsize=_CACHED_YEARS)
def _year(rrule: str, starts_on: date, year: int) -> int:
    """One bit for each day of the year, by its number."""
    from dateutil.rrule import rrulestr

    rule = rrulestr(rrule, dtstart=datetime.combine(starts_on, time()))
    first, last = datetime(year, 1, 1), datetime(year, 12, 31)  # noqa: DTZ001 - local days, no instants
    bits = 0
    for found in rule.between(first, last, inc=True):
        bits |= 1 << found.timetuple().tm_yday
    return bits
