"""Facts about the calendar. `area_code` is the prefix within which deadlines may have changed."""

from datetime import datetime
from typing import ClassVar

from backend.events.facts import Fact


class CalendarChanged(Fact, frozen=True, kw_only=True):
    subject: ClassVar[str] = "calendar"
    subject_id: int = 0


class EmergencyClocksChanged(Fact, frozen=True, kw_only=True):
    """An emergency began, ended, or has another level: which limits and which duty list count there.

    `acted_by_id`: who said so, and why.
    """

    subject: ClassVar[str] = "calendar"
    subject_id: int = 0
    acted_by_id: int | None = None
    reason: str = ""


class WeatherChanged(Fact, frozen=True, kw_only=True):
    subject: ClassVar[str] = "calendar"
    subject_id: int = 0
    level: str
    starts_at: datetime
    ends_at: datetime | None
