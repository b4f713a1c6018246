"""What media gives out."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

import msgspec

from backend.structs import Read, Write
from backend.words import PHOTO_REASON, PHOTO_REASON_LEAST, at_most
from media.decoder.messages import Box

Reason = Annotated[str, at_most(PHOTO_REASON, PHOTO_REASON_LEAST, "Kept in the photo's log")]


class Variant(StrEnum):
    """The sizes served; the number is the longer side in pixels."""

    LARGE = "large"
    THUMB = "thumb"

    @property
    def side_px(self) -> int:
        return 1600 if self is Variant.LARGE else 320


class SubjectKind(StrEnum):
    REPORT = "report"
    ORDER_STEP = "order_step"
    CODE_BINDING = "code_binding"
    FINDING_STEP = "finding_step"
    CAMPAIGN_RECORD = "campaign_record"
    SITUATION_ENTRY = "situation_entry"


class PhotoRole(StrEnum):
    REPORT = "report"
    BEFORE = "before"
    AFTER = "after"
    PLATE = "plate"
    ARRIVAL = "arrival"
    """Taken to show that the handler is there: for staff."""


class Visibility(StrEnum):
    """Whether the public may see a photo; nothing is public until somebody has looked at it."""

    WITHHELD = "withheld"
    RELEASED = "released"
    REDACTED = "redacted"


class Audience(StrEnum):
    """For whom a page or an answer is made."""

    STAFF = "staff"
    """Whoever one grant makes answerable for the order."""
    HELPER = "helper"
    """A volunteer who took the order out of the pool and works on it."""
    REPORTER = "reporter"
    """Reported it, first or later, or holds the tracking link of a report."""
    PUBLIC = "public"
    """Anybody."""


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """Which revision of which photo a job is about."""

    photo_id: UUID
    revision: int


class PhotoSubject(msgspec.Struct, frozen=True):
    """What a photo belongs to: a package's word and a number."""

    kind: SubjectKind
    id: int


class Thumb(Read, frozen=True, array_like=True):
    """Which photo to link to, and by which generation of its links."""

    id: UUID
    link_version: int


class PhotoView(Read, frozen=True, kw_only=True):
    id: UUID
    media_type: str
    width: int
    """Upright, of the original, in pixels."""
    height: int
    size_bytes: int
    captured_at: datetime | None
    thumb_url: str
    large_url: str


class UploadReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """What the gate returns; a repeat is the same photo sent again under the same key."""

    photo: PhotoView
    is_repeat: bool


class TusUpload(Read, frozen=True, kw_only=True):
    id: UUID
    """Also the photo's number, once all has arrived."""
    offset: int
    size_bytes: int
    expires_at: datetime


class DirectUpload(Read, frozen=True, kw_only=True):
    """Where and how to put the bytes, before committing them under the same number."""

    id: UUID
    url: str
    headers: dict[str, str]
    expires_at: datetime


class DirectUploadWanted(Write, frozen=True, kw_only=True):
    """Exactly which bytes the phone will put into the store."""

    media_type: Annotated[str, msgspec.Meta(max_length=32)]
    size_bytes: Annotated[int, msgspec.Meta(ge=1)]
    md5: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$", description="Hexadecimal")]


class Redaction(Write, frozen=True, kw_only=True):
    boxes: Annotated[list[Box], msgspec.Meta(min_length=1, max_length=50)]
    """What to paint over, in fractions of the upright picture."""
    reason: Reason


class Publication(Write, frozen=True, kw_only=True):
    """Why a photo is shown to the public or taken back from it."""

    reason: Reason


class Upkeep(Read, frozen=True, kw_only=True):
    """What upkeep did, or would do in a dry run."""

    is_dry_run: bool
    thinned: int
    thinned_bytes: int
    unused: int
    unused_bytes: int
    held: int
    stray_files: int
    stray_bytes: int
    expired_uploads: int


class Alike(Read, frozen=True, kw_only=True):
    """Another photo that is the same file or looks the same, and what it belongs to."""

    photo_id: UUID
    other_id: UUID
    is_same_file: bool
    distance: int
    """How many of 64 bits of their hashes differ: 0 is the same picture."""
    other_subject: PhotoSubject
    other_role: PhotoRole
    other_created_at: datetime
    other_thumb_url: str | None
    """None for a picture that only looks alike, of an order that is not told to the reader as to staff."""


class AttachedPhoto(Read, frozen=True, kw_only=True):
    id: UUID
    subject_kind: SubjectKind
    subject_id: int
    role: PhotoRole
    visibility: Visibility
    captured_at: datetime | None
    thumb_url: str
    large_url: str
