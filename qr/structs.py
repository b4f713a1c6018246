"""What codes take and give. Positions are WGS-84, longitude first, distances in metres."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from backend.geo.lonlat import LonLat
from backend.structs import Read
from qr.codes import Code


class Status(StrEnum):
    UNBOUND = "unbound"
    ACTIVE = "active"
    DAMAGED = "damaged"
    REPLACED = "replaced"
    REVOKED = "revoked"


LIVE = (Status.ACTIVE, Status.DAMAGED)


class CodePlace(Read, frozen=True, kw_only=True):
    """The door a code leads to, as much of it as a passer-by may know."""

    id: int
    kind: str
    name: str
    address: str
    area_code: str
    area_name: str
    grid_code: str | None
    label: str
    """What to call it on a page: the shop's name, else the address, else road and number."""
    point: LonLat


class Resolved(Read, frozen=True, kw_only=True):
    """Where a code leads. `leads_to` is the successor's code when this one was replaced, else the code itself."""

    code: Code
    status: Status
    leads_to: Code
    place: CodePlace | None = None

    @property
    def is_replaced(self) -> bool:
        return self.leads_to != self.code


class CodeView(Read, frozen=True, kw_only=True):
    """The answer of GET /api/v1/codes/{code}."""

    code: Code
    status: Status
    url: str
    leads_to: Code
    nonce: str
    """Proves for a quarter of an hour that this code was opened now."""
    place: CodePlace | None = None


class ScanView(Read, frozen=True, kw_only=True):
    """What a position says of the plate: near, far, or none where it says nothing."""

    code: Code
    grade: str
    nonce: str
    distance_m: float | None = None


class Batch(Read, frozen=True, kw_only=True):
    id: int
    size: int
    area_code: str
    note: str
    minted_at: datetime


class PlateSighting(Read, frozen=True, kw_only=True):
    """How a plate was seen when it was bound: where the phone was, if it knew, and a photo of the plate on the wall."""

    point: LonLat | None = None
    accuracy_m: float | None = None
    photo_id: UUID | None = None


class Scan(Read, frozen=True, kw_only=True):
    """A code was looked at. `account_id` is a person's or a phone's; the distance is to where the plate hangs."""

    code: Code
    scanned_at: datetime
    channel: str
    account_id: int | None = None
    grade: str = "none"
    distance_m: float | None = None


class BatchView(Read, frozen=True, kw_only=True):
    id: int
    size: int
    area_code: str
    note: str
    minted_at: datetime
    unbound: int
    live: int


class Binding(Read, frozen=True, kw_only=True):
    """A code on a place, from when to when."""

    place_id: int
    place: str
    reason: str
    bound_at: datetime
    by: str | None
    distance_m: float | None
    photo_id: UUID | None
    ended_at: datetime | None
    end_reason: str | None


class CodeChange(Read, frozen=True, kw_only=True):
    status: Status
    successor: Code | None
    note: str
    changed_at: datetime
    by: str | None


class History(Read, frozen=True, kw_only=True):
    code: Code
    status: Status
    successor: Code | None
    batch_id: int
    scanned_at: datetime | None
    area_code: str
    """Of the place it stands for, or stood for last; empty while it never hung anywhere."""
    bindings: list[Binding]
    changes: list[CodeChange]


class PlateCheck(Read, frozen=True, kw_only=True):
    id: int
    code: Code
    place_id: int
    place: str
    far_scans: int
    distance_m: float
    raised_at: datetime


class AreaCoverage(Read, frozen=True, kw_only=True):
    area_code: str
    name: str
    places: int
    bare: int
    """Places without a live code."""
    stale: int
    """Places whose code nobody has scanned for 90 days."""


class CoverageGap(Read, frozen=True, kw_only=True):
    place_id: int
    place: str
    is_bare: bool
    point: LonLat


class Reading(Read, frozen=True, kw_only=True):
    """What symbols a picture held: our codes, how many were foreign, how many ours but misread."""

    codes: list[Code]
    foreign: int
    broken: int
    left_out: int = 0
    """Symbols beyond the first hundred: nothing is known of them, so take the rest in another photo."""
