"""Facts about the dictionary."""

from typing import ClassVar

from backend.events.facts import Fact


class ItemLimitsChanged(Fact, frozen=True, kw_only=True):
    """The clock or the minutes of these items are others than before, everywhere."""

    subject: ClassVar[str] = "item"
    subject_id: int = 0
    item_codes: tuple[str, ...]
