"""The calendar's spoken language. A Timetable is all that counting needs to know about one area."""

from datetime import UTC, date, datetime
from enum import StrEnum

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


class Timetable(Read):
    """What was laid down for an area: days that differ from the week, windows by clock, weather modes."""

    days: dict[date, Day] = {}
    windows: dict[str, list[Window]] = {}
    modes: list[Mode] = []

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
