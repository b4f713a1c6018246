"""Facts about people, in the past tense."""

from typing import ClassVar

from backend.events.facts import Fact


class StaffLeft(Fact, frozen=True, kw_only=True):
    """Somebody is gone, or no longer of the unit, or no longer holds a role: what was theirs to do is nobody's."""

    subject: ClassVar[str] = "account"
