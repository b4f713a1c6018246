"""The calendar's spoken language. A Timetable is all that counting needs to know about one area."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import Meta

from backend.structs import Read


class WeatherLevel(StrEnum):
    """Weather warnings that shorten limits."""

    RED = "red"
    ORANGE = "orange"


class Day(Read):
    is_workday: bool
    note: str = ""


class Window(Read):
    """Counted hours of a day, in minutes since midnight in Shanghai; `closes_min` is not counted any more."""

    opens_min: int
    closes_min: int


class Mode(Read):
    level: WeatherLevel
    starts_at: datetime
    ends_at: datetime | None = None

    @property
    def key(self) -> str:
        """By which a notice of it is put away."""
        return f"{self.level}-{self.starts_at.astimezone(UTC):%Y%m%dT%H%M%S}"

    def covers(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


Minutes = Annotated[int, Meta(ge=1, le=525_600)]


class ClockRule(Read, frozen=True, kw_only=True):
    """What an emergency says of the limits of some orders: a share of the usual ones, or limits of its own.

    Which orders: of items that begin so, and of the priorities that their items have (none: all). A limit of its own
    goes before the share. Of several rules the one with the longest beginning counts, then the one with priorities.
    """

    item_prefix: Annotated[str, Meta(max_length=8)] = ""
    priorities: list[Literal["P0", "P1", "P2", "P3", "P4"]] = []
    percent: Annotated[int, Meta(ge=10, le=1000)] = 100
    """Of the usual limit: 50 halves it, 200 lets wait what can."""
    respond_min: Minutes | None = None
    arrive_min: Minutes | None = None
    safe_min: Minutes | None = None
    resolve_min: Minutes | None = None
    verify_min: Minutes | None = None
    every_minute: bool = False
    """Whether every minute counts, whatever the item's clock is."""
    raises_to: Literal["P0", "P1"] | None = None
    """Orders that are less urgent are as urgent as that while it is on."""

    def fits(self, item_code: str, priority: str) -> bool:
        return item_code.startswith(self.item_prefix) and (not self.priorities or priority in self.priorities)


class Stretch(Read, frozen=True, kw_only=True):
    """A stretch of emergency over an area. `level`: 1 is the gravest, 4 the least."""

    area_code: str
    level: int
    starts_at: datetime
    ends_at: datetime | None = None
    roster: str = ""
    clocks: list[ClockRule] = []

    def covers(self, at: datetime) -> bool:
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)

    def rule_for(self, item_code: str, priority: str) -> ClockRule | None:
        fitting = [rule for rule in self.clocks if rule.fits(item_code, priority)]
        return max(fitting, key=lambda rule: (len(rule.item_prefix), bool(rule.priorities)), default=None)


def in_force(stretches: Sequence[Stretch], at: datetime) -> Stretch | None:
    """Of the emergencies over one place the gravest counts, among those of one level that of the narrowest area."""
    on = [stretch for stretch in stretches if stretch.covers(at)]
    return min(on, key=lambda stretch: (stretch.level, -len(stretch.area_code)), default=None)


class Timetable(Read):
    """What was laid down for an area: days that differ from the week, windows by clock, weather, emergencies."""

    days: dict[date, Day] = {}
    windows: dict[str, list[Window]] = {}
    modes: list[Mode] = []
    stretches: list[Stretch] = []

    def mode_at(self, at: datetime) -> Mode | None:
        """The weather mode that is on at an instant, red before orange."""
        return max((mode for mode in self.modes if mode.covers(at)), key=lambda mode: mode.level, default=None)


class DayRead(Read):
    """A day as the calendar shows it."""

    on_date: date
    is_workday: bool
    note: str
    area_code: str


class CalendarGap(Read):
    """A year whose holidays nobody has laid down: until then the plain week is counted."""

    year: int
    zh: str
    en: str

    @property
    def key(self) -> str:
        """By which a notice of it is put away: another year is another notice."""
        return f"gap-{self.year}"


class Outlook(Read):
    """What whoever watches the clocks of an area must know, but for what they have put away."""

    gap: CalendarGap | None
    modes: list[Mode]
    contacts: list[str] = []
    """Names of those who see to the calendar there."""
