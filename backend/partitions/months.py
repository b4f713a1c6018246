"""Months as people in China count them: from midnight to midnight in Shanghai. Pure."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Month(NamedTuple):
    """`2026-05`. Months are compared as they follow each other."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year:04}-{self.number:02}"

    @property
    def begins_at(self) -> datetime:
        return datetime(self.year, self.number, 1, tzinfo=SHANGHAI)

    @property
    def suffix(self) -> str:
        """Of the names of tables."""
        return f"{self.year:04}_{self.number:02}"

    def plus(self, months: int) -> "Month":
        """So many months later; earlier where it is negative."""
        years, index = divmod(self.number - 1 + months, 12)
        return Month(self.year + years, index + 1)


def month_of(at: datetime) -> Month:
    """The month in which an aware instant lies in Shanghai."""
    there = at.astimezone(SHANGHAI)
    return Month(there.year, there.month)


def parse_month(text: str) -> Month:
    """Read `2026-05`. Raises ValueError."""
    day = datetime.strptime(text, "%Y-%m").replace(tzinfo=SHANGHAI)
    return month_of(day)


def months(first: Month, end: Month) -> Iterator[Month]:
    """Every month from `first` on, without `end`."""
    while first < end:
        yield first
        first = first.plus(1)
