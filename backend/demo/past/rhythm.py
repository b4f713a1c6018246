"""When and where things happen in the made-up past: hours, weekdays, roads, a rise at a few places. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import NamedTuple

from backend.calendars.rules import SHANGHAI, shanghai_date
from backend.demo.past.reports import MATTERS, RISING, ReportedMatter

DAYS, ORDERS_A_DAY = 126, 26
RISING_DAYS = 16
_RISING_AT_MOST = 5
_WEEKDAYS = (1.1, 1.0, 1.0, 1.05, 1.15, 0.85, 0.8)
_HOURS = (1, 1, 1, 1, 1, 2, 5, 11, 14, 10, 8, 7, 6, 7, 7, 7, 8, 11, 12, 10, 7, 5, 3, 2)
_MORNINGS = (0, 0, 0, 0, 0, 2, 10, 26, 24, 9, 5, 4, 4, 4, 4, 5, 8, 16, 14, 7, 4, 3, 1, 0)
_GROWTH = 0.12
"""So much more is reported at the end than at the beginning."""


class Occasion(NamedTuple):
    """Something to report: what, when, and how many others say it too."""

    at: datetime
    matter: ReportedMatter
    is_rising: bool = False


def occasions(now: datetime, chance: Random, days: int = DAYS, a_day: int = ORDERS_A_DAY) -> list[Occasion]:
    """What happened in so many days up to now, the earliest first."""
    today, found = shanghai_date(now), list[Occasion]()
    for ago in range(days, -1, -1):
        day = today - timedelta(days=ago)
        share = _WEEKDAYS[day.weekday()] * (1 + _GROWTH * (1 - ago / days))
        for _ in range(round(chance.gauss(a_day * share, a_day**0.5 / 2))):
            matter = chance.choices(MATTERS, [each.weight for each in MATTERS])[0]
            found.append(Occasion(_at(day, _MORNINGS if matter.is_of_morning else _HOURS, chance), matter))
        for _ in range(_rising(ago, chance)):
            found.append(Occasion(_at(day, _HOURS[::-1], chance), RISING, True))
    return sorted((each for each in found if each.at < now - timedelta(minutes=2)), key=lambda each: each.at)


def _rising(ago: int, chance: Random) -> int:
    return round(_RISING_AT_MOST * (1 - ago / RISING_DAYS) + chance.random() - 0.4) if ago < RISING_DAYS else 0


def _at(day: date, hours: Sequence[int], chance: Random) -> datetime:
    hour = chance.choices(range(24), hours)[0]
    return datetime.combine(day, time(hour, chance.randrange(60), chance.randrange(60)), SHANGHAI)


def busy(count: int, chance: Random) -> list[float]:
    """How often each of so many places is reported: a few very often, most hardly ever."""
    weights = [1 / (rank + 4) ** 0.9 for rank in range(count)]
    chance.shuffle(weights)
    return weights
