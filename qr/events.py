"""Facts of this room."""

from typing import ClassVar

from backend.events.facts import Fact


class PlateSuspected(Fact, frozen=True, kw_only=True):
    """A code is scanned where it does not hang: somebody should look at this plate. `subject_id` is the check's id."""

    subject: ClassVar[str] = "plate_check"
    code: str
    place_id: int
    far_scans: int
    distance_m: float
