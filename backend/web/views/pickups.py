"""Pickups as pages say them: money, days and hours, slots in rows by day. Pure; times in Shanghai."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backend.web.views.page import PageContext
from backend.web.views.times import CHINA
from shops.pickup.structs import SlotView


@dataclass(frozen=True, slots=True)
class SlotDay:
    """The slots of a day."""

    words: str
    slots: list[SlotView]


def yuan(fen: int) -> str:
    """¥60.00"""
    return f"¥{fen // 100}.{fen % 100:02d}"


def hours(slot: SlotView) -> str:
    """08:00–10:00"""
    return hours_between(slot.starts_at, slot.ends_at)


def hours_between(starts_at: datetime, ends_at: datetime) -> str:
    """08:00–10:00"""
    return f"{starts_at.astimezone(CHINA):%H:%M}–{ends_at.astimezone(CHINA):%H:%M}"


def day_words(page: PageContext, on: date) -> str:
    """今天, 明天, else the date with its weekday."""
    ahead = (on - page.now.astimezone(CHINA).date()).days
    if ahead in (0, 1):
        return page.t(f"pickup.day.{ahead}", date=f"{on:%m-%d}")
    return page.t("pickup.day", date=f"{on:%m-%d}", weekday=page.t(f"pickup.weekday.{on.isoweekday()}"))


def day_at(page: PageContext, at: datetime) -> str:
    """The day of an instant, as day_words says it."""
    return day_words(page, local_day(at))


def slot_words(page: PageContext, slot: SlotView) -> str:
    """Day and hours in one line."""
    return f"{day_at(page, slot.starts_at)} {hours(slot)}"


def by_day(page: PageContext, slots: Sequence[SlotView]) -> list[SlotDay]:
    """In the order in which they come."""
    days: dict[date, list[SlotView]] = {}
    for slot in slots:
        days.setdefault(local_day(slot.starts_at), []).append(slot)
    return [SlotDay(day_words(page, on), found) for on, found in days.items()]


def local_day(at: datetime) -> date:
    return at.astimezone(CHINA).date()
