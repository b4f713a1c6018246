"""Facts about what cameras saw. `subject_id` is the event's, `area_code` the camera's."""

from datetime import datetime
from typing import ClassVar

from backend.events.facts import Fact


class CameraEventSeen(Fact, frozen=True, kw_only=True):
    """Staff are to look before it is an order: at `percent` of the minutes that it may stay."""

    subject: ClassVar[str] = "camera_event"
    camera_id: int
    kind: str
    title_zh: str
    title_en: str
    place: str
    seen_at: datetime
    percent: int
    stays_min: int


class CameraFound(Fact, frozen=True, kw_only=True):
    """A camera that nobody registered told us something. `subject_id` is the camera's."""

    subject: ClassVar[str] = "camera"
    camera_no: str
    source: str
