"""What inspections take and give. Instants in UTC."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.orders.model.inputs import Tapped
from backend.structs import IdempotencyKey, Read, Write
from backend.words import Note
from shops.inspections.states import FindingMove, FindingState

PHOTOS_MOST = 9
PhotoIds = Annotated[list[UUID], Meta(max_length=PHOTOS_MOST)]


class Department(StrEnum):
    """城管, 市场监管, 消防, 绿化市容."""

    CITY_MANAGEMENT = "city_management"
    MARKET_SUPERVISION = "market_supervision"
    FIRE = "fire"
    GREENING = "greening"


class CheckPoint(Read, frozen=True, kw_only=True):
    """A line of a check list."""

    id: int
    number: int
    words_zh: str
    words_en: str
    legal_basis: str
    points: int
    is_p0: bool
    fix_within_h: int


class ChecklistView(Read, frozen=True, kw_only=True):
    """A check list as a phone keeps it for the time without network.

    `is_sample`: an example that comes with the product; the department has not checked its legal articles.
    """

    id: int
    department: Department
    code: str
    version: int
    name_zh: str
    name_en: str
    is_sample: bool
    points: list[CheckPoint]


class NewFinding(Write, frozen=True, kw_only=True):
    """A fault that was found: at least one photo."""

    point_id: int
    note: Note = ""
    photo_ids: PhotoIds


class NewInspection(Tapped, frozen=True, kw_only=True):
    """An inspection as the phone sends it: every point that is not among the findings was in order.

    Sending it again under its key is safe.
    """

    client_id: Annotated[IdempotencyKey, Meta(min_length=8, max_length=80)]
    checklist_id: int
    findings: Annotated[list[NewFinding], Meta(max_length=60)] = []
    note: Note = ""


class Inspected(Read, frozen=True, kw_only=True):
    """`score`: 100 less the points of what was found, at least 0."""

    id: int
    score: int
    finding_ids: list[int]
    is_new: bool


class FindingAct(Tapped, frozen=True, kw_only=True):
    """What somebody does about a finding."""

    note: Note = ""
    photo_ids: PhotoIds = []
    due_in_h: Annotated[int, Meta(ge=1, le=24 * 90)] | None = None
    """Of a re-check that failed: until when it is to be put right now."""


class FoundFinding(Read, frozen=True, kw_only=True):
    """A finding for grades and reports: nobody's name, nobody's complaint."""

    id: int
    shop_id: int
    department: str
    words_zh: str
    words_en: str
    points: int
    is_p0: bool
    found_at: datetime
    due_at: datetime
    fixed_at: datetime | None
    """When somebody looked again and found it in order."""
    answered_at: datetime | None
    """When the shop did its part, by an answer or an appeal; None while it is the shop's turn."""
    is_repeat: bool
    is_upheld: bool
    state: FindingState

    def is_overdue(self, now: datetime) -> bool:
        """Whether the shop's part came too late, or is late and has not come.

        How soon somebody looks again, and how long a panel takes, is not the shop's.
        """
        return (self.answered_at or now) > self.due_at


class FindingPhoto(Read, frozen=True, kw_only=True):
    """Links hold for some hours."""

    id: UUID
    thumb_url: str
    large_url: str
    is_released: bool = False
    """Whether everybody may see it."""


class FindingStepView(Read, frozen=True, kw_only=True):
    """`by_shop`: somebody of the shop did it; names of staff are told to staff only."""

    move: FindingMove
    at: datetime
    note: str
    by: str
    by_shop: bool
    due_at: datetime | None
    photos: list[FindingPhoto]


class FindingDetail(FoundFinding, frozen=True, kw_only=True):
    """A finding with its story. `inspector_id`: 0 where it is told to the shop. `is_sample`: of its check list."""

    shop_name: str
    area_code: str
    legal_basis: str
    is_sample: bool
    note: str
    version: int
    inspector_id: int
    has_appealed: bool
    steps: list[FindingStepView]


class SeenFinding(Read, frozen=True, kw_only=True):
    """A finding as its reader sees it: as staff of its area, or as one of the shop's people.

    `moves`: what this reader may do about it now.
    """

    finding: FindingDetail
    is_staff: bool
    moves: list[FindingMove]
