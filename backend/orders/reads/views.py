"""The trunk's spoken language: what opens an order, and how an order is told."""

from datetime import datetime
from uuid import UUID

from backend.orders.arrivals.grades import ArrivalDoubt, ArrivalGrade, Method
from backend.orders.model.checks import Check
from backend.orders.model.names import ItemName, PersonName, PlaceName, Point, UnitName
from backend.orders.verifying.checks import Comparison, VerificationBar
from backend.orders.verifying.proof import PhotoProof
from backend.structs import Read
from media.structs import Audience


class Needs(Read, frozen=True, kw_only=True):
    """The evidence that the item demands."""

    check_in: bool
    check_in_radius_m: int
    before_photos_min: int
    after_photos_min: int
    verify_mode: str


class OrderView(Read, frozen=True, kw_only=True):
    """An order as a list shows it."""

    audience: Audience
    """As what it is told: `staff` whole; `helper` without people; `reporter` without inner words, other people's
    words and names."""
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
    """To 7 decimals at a plate's place, for who works on it and its first reporter; else to 3, some hundred metres."""
    description: str
    source_kind: str
    unit: UnitName | None
    handler: PersonName | None
    offered_until: datetime | None
    """Until when whoever is on call may grab it, where it is or was offered; then it goes to the unit."""
    opened_at: datetime
    respond_by: datetime
    arrive_by: datetime | None
    safe_by: datetime | None
    resolve_by: datetime
    verify_by: datetime | None
    is_overdue: bool
    due_at: datetime | None
    """The nearest limit of whoever owes the present stage; None while no clock runs."""
    due_stage: str | None
    """Which limit that is: respond, arrive, safe, resolve or verify."""
    accepted_at: datetime | None
    arrived_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    rework_count: int
    rating: int | None
    """The first reporter's in the present round; to a reporter the own one."""
    supporters: int
    """How many people reported it besides the first."""
    needs: Needs
    allowed: list[str]


class OrderHere(Read, frozen=True, kw_only=True):
    """An open order of a place, as its code's page tells it to whoever works on it."""

    id: int
    state: str
    item: ItemName
    allowed: list[str]


class OrderPhoto(Read, frozen=True, kw_only=True):
    id: UUID
    role: str
    step_id: int
    thumb_url: str
    large_url: str
    captured_at: datetime | None = None
    """For staff: when its camera says that it was taken."""
    proof: PhotoProof | None = None
    """Of an after photo, for staff: what it proves, and what it leaves in doubt."""


class VerificationView(Read, frozen=True, kw_only=True):
    """Who is to look at a fix that waits for it."""

    check: Check
    passed_once_by: str | None = None
    """Where two persons are needed: who was the first."""
    confirm_by: datetime | None = None
    """Until when the merchant has the first word."""
    referred_at: datetime | None = None
    """Since when it is passed here and waits for its source, which has the last word."""
    barred_by: VerificationBar | None = None
    """Why the reader, who verifies here, may not pass it now."""


class DeadlineChange(Read, frozen=True, kw_only=True):
    """A deadline that a step moved."""

    stage: str
    old_at: datetime | None
    new_at: datetime


class ArrivalView(Read, frozen=True, kw_only=True):
    """What an arrival rests on, for staff. Metres; the doubts are what speaks against it."""

    method: Method
    grade: ArrivalGrade
    doubts: list[ArrivalDoubt]
    distance_m: float | None
    """From the place: to its outline where it has one, 0 within."""
    accuracy_m: float | None
    radius_m: int
    source: str | None
    arrived_at: datetime
    """When the handler was there; earlier than the step's `at` when the check-in was made offline."""
    appeal_reason: str | None


class PriorityChange(Read, frozen=True, kw_only=True):
    """P0 is the most urgent."""

    old: str
    new: str


class StepView(Read, frozen=True, kw_only=True):
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
    cause: str | None = None
    """Why a `clock` step moved deadlines: extension, suspension, calendar, weather, limits …"""
    is_fresh: bool | None = None
    """Of a check-in or a report: whether the server saw the code being scanned just then."""
    arrival: ArrivalView | None = None
    accuracy_m: float | None = None
    """For staff: how exact the position was that came with it, in metres."""
    deadlines: list[DeadlineChange] = []
    priority: PriorityChange | None = None
    """For staff, of a `clock` step or the opening: an emergency made it more urgent, or gave it back what it was."""
    reason: str = ""
    """For staff: why a `clock` step was made."""
    strength: str | None = None
    """Of a step that gave the order to somebody: how firmly, as `backend.duty.structs.Strength` names it."""


class MergedView(Read, frozen=True, kw_only=True):
    """An order that was merged into another; its photos stand among those of the survivor."""

    id: int
    number: str
    opened_at: datetime
    description: str
    step_ids: list[int]
    """The steps by which it was reported."""


class RelatedOrder(Read, frozen=True, kw_only=True):
    """The other side of co-handling. A reader who may not open it is told its number and state, and nothing else."""

    number: str
    state: str
    id: int | None = None
    unit: UnitName | None = None
    due_at: datetime | None = None
    """By when whoever has it must act; None also while its clock stands still."""


class OrderDetail(OrderView, frozen=True, kw_only=True):
    """An order with its whole story, and with all that was merged into it."""

    steps: list[StepView]
    photos: list[OrderPhoto]
    verification: VerificationView | None = None
    """For staff, while it waits to be verified."""
    comparison: Comparison | None = None
    """For staff: what comparing the photos of before and after found, where the town has them compared."""
    passed_by_comparison: bool = False
    """Whether the latest fix was passed by that alone."""
    merged_into_id: int | None
    merged: list[MergedView]
    parent: RelatedOrder | None = None
    """For staff: the order that this one helps."""
    sub_orders: list[RelatedOrder] = []
    """For staff: the orders of the units that help with this one, oldest first."""
    is_archived: bool = False
    """Whether steps from long ago, and the photos that came with them, are in the archive and not told here."""
