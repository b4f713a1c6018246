"""Facts about plates."""

from typing import ClassVar

from backend.events.facts import Fact
from qr.codes import Code


class PlateSuspected(Fact, frozen=True, kw_only=True):
    """A code is scanned where it does not hang: somebody should look at this plate. `subject_id` is the check's id."""

    subject: ClassVar[str] = "plate_check"
    code: Code
    place_id: int
    far_scans: int
    distance_m: float
