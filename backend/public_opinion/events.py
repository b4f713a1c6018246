"""Facts of public opinion. `subject_id` is the matter's, `area_code` where it rises."""

from typing import ClassVar

from backend.events.facts import Fact


class MatterEmerged(Fact, frozen=True, kw_only=True):
    """预警: words rise together in an area by more than the town takes for chance, in the last so many `days`.

    `week`: the Monday, as ISO date.
    """

    subject: ClassVar[str] = "emerging_matter"
    words: tuple[str, ...]
    reporters: int
    days: int = 7
    expected: float
    week: str
