"""The trunk's spoken language: what opens an order, what a move brings, and how an order is told."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.accounts.structs import Actor
from backend.geo.points import Fix
from backend.structs import Read, Write

Photos = Annotated[list[UUID], Meta(max_length=9)]
Note = Annotated[str, Meta(max_length=1000)]


class Scene(Read):
    """Where it is: WGS-84, the grid cell and area, and the place when it is a known one."""

    lng: float
    lat: float
    area_code: str
    grid_code: str
    place_id: int | None = None
    label: str = ""


class Opening(Read):
    """What a branch brings to open an order."""

    item_code: str
    scene: Scene
    actor: Actor
    actor_role: str
    source_kind: str
    reporter_kinds: frozenset[str]
    """As what the opener may report, in the dictionary's words (`resident`, `merchant`, `iot` …)."""
    description: str = ""
    captured_at: datetime | None = None
    fix: Fix | None = None
    photo_ids: list[UUID] = []


class Opened(Read):
    order_id: int
    number: str
    step_id: int
    respond_by: datetime
    resolve_by: datetime


class Accept(Write):
    """Nothing is needed to accept; what is sent may say when the tap happened on the phone."""

    captured_at: datetime | None = None


class CheckIn(Write):
    """Either a position or the code of the place, scanned on the spot."""

    point: Fix | None = None
    code: Annotated[str, Meta(max_length=200)] | None = None
    captured_at: datetime | None = None


class Finish(Write):
    photo_ids: Photos = []
    before_photo_ids: Photos = []
    note: Note = ""
    captured_at: datetime | None = None


class Verify(Write):
    result: Annotated[str, Meta(pattern="^(pass|fail)$")]
    note: Note = ""


class Named(Read):
    id: int
    name: str


class UnitName(Read):
    id: int
    name_zh: str
    name_en: str


class ItemName(Read):
    code: str
    name_zh: str
    name_en: str


class PlaceName(Read):
    id: int
    kind: str
    name: str
    address: str


class Point(Read):
    lng: float
    lat: float


class Needs(Read):
    """The evidence that the item demands."""

    check_in: bool
    check_in_radius_m: int
    before_photos_min: int
    after_photos_min: int
    verify_mode: str


class OrderView(Read):
    """An order as a list shows it."""

    id: int
    number: str
    state: str
    version: int
    item: ItemName
    priority: str
    place: PlaceName | None
    area_code: str
    grid_code: str
    point: Point
    description: str
    source_kind: str
    unit: UnitName | None
    handler: Named | None
    opened_at: datetime
    respond_by: datetime
    resolve_by: datetime
    accepted_at: datetime | None
    arrived_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    rework_count: int
    rating: int | None
    needs: Needs
    allowed: list[str]


class PhotoView(Read):
    id: UUID
    role: str
    step_id: int
    thumb_url: str
    large_url: str


class StepView(Read):
    id: int
    move: str
    from_state: str | None
    to_state: str
    actor_name: str
    actor_role: str
    at: datetime
    captured_at: datetime | None
    note: str
    distance_m: float | None
    method: str | None


class OrderDetail(OrderView, frozen=True, kw_only=True):
    """An order with its whole story."""

    steps: list[StepView]
    photos: list[PhotoView]
