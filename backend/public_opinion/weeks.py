"""Weeks of public opinion: Monday to Sunday in Shanghai, called by their Monday. Pure."""

from datetime import date, datetime, timedelta

from backend.calendars.rules import shanghai_date

WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def week_at(now: datetime) -> date:
    """The Monday of the week of an instant."""
    return monday_of(shanghai_date(now))


def weeks_to(last: date, many: int) -> list[date]:
    """So many Mondays, the earliest first, down to `last`."""
    return [last - WEEK * back for back in range(many - 1, -1, -1)]
