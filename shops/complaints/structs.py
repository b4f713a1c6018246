"""What complaints take and give. Times in UTC."""

from datetime import datetime
from typing import Annotated

import msgspec

from backend.structs import Read, Write
from backend.words import OPENING_REASON, OPENING_REASON_LEAST, at_most

Reason = Annotated[str, at_most(OPENING_REASON, OPENING_REASON_LEAST, "Kept for good beside the opening")]


class Contact(Write, frozen=True, kw_only=True):
    """How whoever complained may be reached; both may stay empty."""

    name: Annotated[str, msgspec.Meta(max_length=60)] = ""
    phone: Annotated[str, msgspec.Meta(max_length=30)] = ""


class Identity(Read, frozen=True, kw_only=True):
    """What was sealed. `account_id`: from which it was sent; its owner may be anybody who had that phone."""

    account_id: int
    account_name: str
    name: str
    phone: str


class AskedIdentity(Read, frozen=True, kw_only=True):
    """A request to know who complained. Names are of staff."""

    id: int
    asked_by_id: int
    asked_by: str
    asked_at: datetime
    reason: str
    decided_by_id: int | None
    decided_by: str | None
    decided_at: datetime | None
    readable_until: datetime | None


class Sealed(Read, frozen=True, kw_only=True):
    """A complaint as those see it who may ask who made it."""

    id: int
    is_erased: bool
    openings: list[AskedIdentity]
    """The latest first."""
    readings: int
