"""Deadlines: an instant plus minutes that count on one of the clocks. Pure; Shanghai time decides windows and days.

`always` counts every minute. `service` counts 07:00-22:00 of every day, weekends too. `work` counts 09:00-17:00 Monday
to Friday; public holidays and swapped workdays are not handled here yet.
"""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from backend.items.structs import Clock

SHANGHAI = ZoneInfo("Asia/Shanghai")
_WINDOWS = {Clock.SERVICE: (time(7), time(22)), Clock.WORK: (time(9), time(17))}
_SATURDAY = 5


def deadline(start: datetime, minutes: int, clock: Clock) -> datetime:
    """The instant at which `minutes` of this clock have passed since `start`. Returned in the zone of `start`."""
    if clock is Clock.ALWAYS:
        return start + timedelta(minutes=minutes)
    left = timedelta(minutes=minutes)
    local = start.astimezone(SHANGHAI)
    while True:
        opens, closes = _window(local, clock)
        begin = max(local, opens)
        if begin < closes and left <= closes - begin:
            return (begin + left).astimezone(start.tzinfo)
        left -= max(closes - begin, timedelta(0))
        local = datetime.combine(local.date() + timedelta(days=1), time(0), SHANGHAI)


def _window(local: datetime, clock: Clock) -> tuple[datetime, datetime]:
    """The counted window of a day; an empty one on a day that does not count. Shanghai keeps no summer time."""
    opens, closes = _WINDOWS[clock]
    if clock is Clock.WORK and local.weekday() >= _SATURDAY:
        closes = opens
    return datetime.combine(local.date(), opens, SHANGHAI), datetime.combine(local.date(), closes, SHANGHAI)
