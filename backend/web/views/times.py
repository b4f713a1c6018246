"""Instants and spans as people on the street read them. Stored times are UTC; shown times are China Standard Time."""

from datetime import datetime, timedelta, timezone
from functools import lru_cache

from backend.web.i18n.catalogue import say

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")  # no daylight saving since 1991
_MINUTES_A_DAY = 24 * 60


def moment(lang: str, at: datetime, now: datetime) -> str:
    """Today 14:32 as 14:32, yesterday with the word, any other day with its date."""
    local, today = at.astimezone(CHINA), now.astimezone(CHINA).date()
    days = (today - local.date()).days
    clock = local.strftime("%H:%M")
    if days == 0:
        return clock
    if days == 1:
        return say(lang, "time.yesterday", clock=clock)
    year = "" if local.year == today.year else f"{local.year}-"
    return f"{year}{local:%m-%d} {clock}"


def full(at: datetime) -> str:
    """To the second, with the zone's offset, for `title` and `datetime` attributes."""
    return at.astimezone(CHINA).isoformat(timespec="seconds")


def span(lang: str, length: timedelta) -> str:
    """Two units at most, and none of nothing: 1 day 2 hours, 2 hours 10 minutes, 4 hours, 35 minutes."""
    return _minutes_in_words(lang, max(int(length.total_seconds()) // 60, 0))


@lru_cache(maxsize=4096)
def _minutes_in_words(lang: str, minutes: int) -> str:
    days, rest = divmod(minutes, _MINUTES_A_DAY)
    hours, minutes = divmod(rest, 60)
    if days:
        return say(lang, "time.days_hours" if hours else "time.days", days=days, hours=hours)
    if hours:
        return say(lang, "time.hours_minutes" if minutes else "time.hours", hours=hours, minutes=minutes)
    if minutes == 0:
        return say(lang, "time.under_a_minute")
    return say(lang, "time.minutes", minutes=minutes)


def ago(lang: str, at: datetime, now: datetime) -> str:
    if now - at < timedelta(minutes=1):
        return say(lang, "time.just_now")
    return say(lang, "time.ago", span=span(lang, now - at))
