"""Facts about duty lists. `area_code` is the committee's."""

from datetime import date
from typing import ClassVar

from backend.events.facts import Fact


class DutyListChanged(Fact, frozen=True, kw_only=True):
    """A task of a list has a new version, in force from `valid_from` on, a day in Shanghai."""

    subject: ClassVar[str] = "duty_entry"
    template_id: int
    is_on: bool
    valid_from: date
