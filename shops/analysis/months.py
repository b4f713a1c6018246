"""Months of Shanghai as instants. Pure."""

import re
from datetime import datetime

from backend.calendars.rules import SHANGHAI
from backend.errors import BadRequest

_WRITTEN = re.compile("(20[0-9]{2})-(0[1-9]|1[0-2])")


class MonthUnreadable(BadRequest):
    """Written in another way than 2026-11, or not begun yet."""

    code = "month-unreadable"


def month_of(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%Y-%m}"


def bounds(month: str) -> tuple[datetime, datetime]:
    """From when until before when. Raises MonthUnreadable."""
    found = _WRITTEN.fullmatch(month)
    if found is None:
        raise MonthUnreadable
    year, number = int(found.group(1)), int(found.group(2))
    after = (year + number // 12, number % 12 + 1)
    return datetime(year, number, 1, tzinfo=SHANGHAI), datetime(*after, 1, tzinfo=SHANGHAI)


def earlier(month: str, count: int) -> list[str]:
    """So many months that end with this one, the earliest first."""
    year, number = map(int, month.split("-"))
    last = year * 12 + number - 1
    return [f"{each // 12}-{each % 12 + 1:02d}" for each in range(last - count + 1, last + 1)]
