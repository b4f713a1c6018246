"""What cameras tell, and what is known of them. Instants in UTC."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

from backend.structs import Read, Write
from backend.words import PLACE_LINES, at_most

CAMERA_NO_MOST, NAME_MOST, DETECTION_NO_MOST, TEXT_MOST = 64, 100, 80, 500


class Spot(StrEnum):
    """What it looks at: an electric bike in a lift is another matter than one in a yard."""

    LIFT = "lift"
    CORRIDOR = "corridor"
    EXIT = "exit"
    STREET = "street"
    FRONT = "front"
    BINS = "bins"
    YARD = "yard"
    OTHER = "other"


class CameraState(StrEnum):
    UNKNOWN = "unknown"
    """It told us something and nobody has said where it hangs: nothing of it becomes an order."""
    IN_USE = "in_use"
    OFF = "off"
    """Whatever it tells is counted and goes nowhere."""


class Fate(StrEnum):
    """What became of an event."""

    HELD = "held"
    """Of an unknown camera, or one that is off."""
    WATCHED = "watched"
    """Of a camera that was wrong too often: shown to the desk, no order."""
    NOTIFIED = "notified"
    """Staff were notified; an order only where it stays."""
    FILED = "filed"
    """Handed on: an order, or a person decides."""
    OVER = "over"
    """It went away before its time was over."""


class Detection(msgspec.Struct, frozen=True, kw_only=True):
    """One message of a camera, whatever way it came, before its picture is looked at."""

    camera_no: str
    detection_no: str
    """The source's own number of this message; it names it for ever."""
    at: datetime | None
    """By the camera's clock; None: when it was received."""
    kind: str = ""
    """Of kinds.csv, where the source speaks our words."""
    class_code: str = ""
    """The source's own class, looked up in its class table."""
    text: str = ""
    is_over: bool = False
    """What it saw has gone."""
    pictures: tuple[bytes, ...] = ()
    photo_ids: tuple[UUID, ...] = ()
    """Pictures that went through the gate before, of the source's account."""
    left_out: tuple[str, ...] = ()
    """What came along and was not taken, such as lists of faces."""


class DetectionReceipt(Read, frozen=True, kw_only=True):
    """What became of one message. `is_new`: False where the same number had come before."""

    camera_id: int
    event_id: int
    detection_no: str
    fate: Fate
    detection_count: int
    """How many messages are in its event."""
    order_id: int | None = None
    number: str | None = None
    is_new: bool = True
    left_out: list[str] = []


class CameraRead(Read, frozen=True, kw_only=True):
    """A camera of the reader's areas. `weight`: 0 to 1, lowered by events that were wrong."""

    id: int
    source: str
    camera_no: str
    name: str
    spot: Spot
    state: CameraState
    area_code: str
    place_id: int | None
    place: str
    lng: float | None
    lat: float | None
    """WGS-84, of its place."""
    seen_at: datetime | None
    right_count: int
    wrong_count: int
    weight: float
    events_today: int


class CameraEventRead(Read, frozen=True, kw_only=True):
    id: int
    camera_id: int
    camera: str
    place: str
    kind: str
    title_zh: str
    title_en: str
    text: str
    first_at: datetime
    last_at: datetime
    detection_count: int
    fate: Fate
    verdict: str | None
    order_id: int | None
    number: str | None
    thumb_url: str | None


class CameraDetail(Read, frozen=True, kw_only=True):
    camera: CameraRead
    events: list[CameraEventRead]
    """The latest fifty."""


class CameraClaim(Write, frozen=True, kw_only=True):
    """Where it hangs and what it looks at."""

    place_id: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    name: Annotated[str, at_most(NAME_MOST, least=1)]
    spot: Spot = Spot.OTHER


class CameraSwitch(Write, frozen=True, kw_only=True):
    is_on: bool


class CameraRows(Write, frozen=True, kw_only=True):
    """A table of cameras as CSV text: `camera_no,name,place_id,spot` with a heading, of one source."""

    source: Annotated[str, Meta(max_length=40)]
    csv: Annotated[str, at_most(PLACE_LINES)]


class ImportedCameras(Read, frozen=True, kw_only=True):
    added: int
    changed: int
    refused: list[str]
    """Each line that could not be read, with its number and what is wrong with it."""
