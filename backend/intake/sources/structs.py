"""What sources take and give. Times in UTC."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from backend.geo.area_codes import MAPPED_AREA
from backend.geo.datum import Datum
from backend.structs import Read, Write

NAME = "[a-z0-9-]{2,40}"
MAX_BYTES_MOST = 1_000_000
TITLE_MOST = 60
PER_MINUTE, SENSORS_PER_MINUTE = 120, 60_000
"""Messages of a source in a minute unless it is told otherwise; devices speak a thousand in a second."""


class SourceKind(StrEnum):
    """By which way it comes. Also the source kind of the orders that it opens."""

    HOTLINE = "hotline"
    POLICE = "police"
    SYSTEM = "system"
    SENSORS = "sensors"
    CAMERAS = "cameras"
    OPEN311 = "open311"


class SourceSettings(Write, frozen=True, kw_only=True):
    """What a town decides about a source. `area_code`: its orders lie within it."""

    title_zh: Annotated[str, Meta(min_length=1, max_length=TITLE_MOST)]
    title_en: Annotated[str, Meta(min_length=1, max_length=TITLE_MOST)]
    area_code: Annotated[str, Meta(pattern=f"^({MAPPED_AREA})$")]
    datum: Datum = Datum.WGS84
    """Of positions that name none."""
    per_minute: Annotated[int, Meta(ge=1, le=100_000, description="Messages a minute; of sensors 60,000")] = PER_MINUTE
    max_bytes: Annotated[int, Meta(ge=256, le=MAX_BYTES_MOST, description="Of one message")] = 65_536
    accepted_error: Annotated[float, Meta(gt=0, le=0.5)] | None = None
    """Of texts that are dispatched without a person; None: the town's."""
    raw_days: Annotated[int, Meta(ge=1, le=3650, description="For so long the raw message is kept, sealed")] = 90
    may_file: bool = True
    may_read: bool = True


class SourceDraft(SourceSettings, frozen=True, kw_only=True):
    name: Annotated[str, Meta(pattern=f"^{NAME}$", description="In addresses; never changes")]
    kind: SourceKind

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.kind is SourceKind.SENSORS and self.per_minute == PER_MINUTE:
            msgspec.structs.force_setattr(self, "per_minute", SENSORS_PER_MINUTE)


class Source(Read, frozen=True, kw_only=True):
    """A source as whoever receives from it needs it; its key and secrets stay where they are."""

    id: int
    name: str
    title_zh: str
    title_en: str
    kind: SourceKind
    area_code: str
    datum: Datum
    account_id: int
    per_minute: int
    max_bytes: int
    accepted_error: float | None
    raw_days: int
    may_file: bool
    may_read: bool
    is_open: bool
    last_received_at: datetime | None


class Credential(Read, frozen=True, kw_only=True):
    """Shown once: what a source sends with each request, and what it signs its webhooks with."""

    source: Source
    key: str
    secret: str


class ClassRow(Read, frozen=True, kw_only=True):
    """A line of a class table. `item_code`: a sub-item of our dictionary, such as A101."""

    class_code: str
    class_name: str
    item_code: str
