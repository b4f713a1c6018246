"""What came in and what was closed, day by day, as bars that are drawn here: a table says the same. Pure.

The two differ in shape, too: what was closed is hatched. Heights are of the largest number of the chart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from backend.calendars.rules import shanghai_date
from backend.indicators.structs import Period

DAYS = 14
WIDTH, HEIGHT = 560, 150
_BAR, _GAP, _FOOT = 15, 3, 20
_LEAST = 2.0
"""Height of a bar of one among thousands: there, and no number that it is mistaken for."""


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day in Shanghai. `*_list`: words of the desk's filter that lists what was counted."""

    day: date
    reported: int
    closed: int
    reported_list: str = ""
    closed_list: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    high: float


@dataclass(frozen=True, slots=True)
class ChartDay:
    count: DayCount
    reported: Bar
    closed: Bar
    middle: float
    """x of its name."""


@dataclass(frozen=True, slots=True)
class DayChart:
    days: list[ChartDay]
    most: int
    """What the highest bar stands for."""
    width: int = WIDTH
    height: int = HEIGHT
    bar: int = _BAR
    ground: int = HEIGHT - _FOOT
    """y on which bars stand."""


def fortnight_to(now: datetime) -> Period:
    """Fourteen days, the last of them today in Shanghai."""
    today = shanghai_date(now)
    return Period(today - timedelta(days=DAYS - 1), today)


def chart_of(counts: Sequence[DayCount]) -> DayChart:
    most = max((max(each.reported, each.closed) for each in counts), default=0)
    slot = WIDTH / max(len(counts), 1)
    return DayChart([_day(each, (number + 0.5) * slot, most) for number, each in enumerate(counts)], most)


def _day(count: DayCount, middle: float, most: int) -> ChartDay:
    left, right = middle - _BAR - _GAP / 2, middle + _GAP / 2
    return ChartDay(count, _bar(left, count.reported, most), _bar(right, count.closed, most), round(middle, 1))


def _bar(x: float, value: int, most: int) -> Bar:
    ground = HEIGHT - _FOOT
    high = max(_LEAST, value / most * (ground - 4)) if value else 0.0
    return Bar(round(x, 1), round(ground - high, 1), round(high, 1))
