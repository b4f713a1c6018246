"""What is said of offers and of whoever takes them, and what the phone says. Metres are whole, instants have a zone."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from backend.geo.points import Fix
from backend.structs import Read, Write
from backend.words import REASON, at_most

NEARBY_MOST = 5
"""So many other offers come with a refusal."""


class OfferState(StrEnum):
    OPEN = "open"
    HELD = "held"
    """Everybody who is needed has it."""
    ENDED = "ended"


class TakeState(StrEnum):
    HELD = "held"
    """On the way: whoever has it has to be there before the lease runs out."""
    ARRIVED = "arrived"
    FINISHED = "finished"
    GIVEN_BACK = "given_back"
    EXPIRED = "expired"
    """Nobody came in time."""
    ENDED = "ended"
    """The order went another way: reassigned, cancelled, merged."""


class Barrier(StrEnum):
    """Why somebody did not get an offer: first what is so of the offer, then what is so of the person."""

    TAKEN = "taken"
    WINDOW_OVER = "window-over"
    WITHDRAWN = "withdrawn"
    GAVE_BACK_BEFORE = "gave-back-before"
    NOT_ON_CALL = "not-on-call"
    TOO_FAR = "too-far"
    OWN_REPORT = "own-report"
    ADULTS_ONLY = "adults-only"
    SKILL_MISSING = "skill-missing"
    COOLING_DOWN = "cooling-down"
    LIMIT_REACHED = "limit-reached"


class OfferedItem(Read, frozen=True, kw_only=True):
    code: str
    name_zh: str
    name_en: str


class OfferView(Read, frozen=True, kw_only=True):
    """An open offer as everybody reads it who may grab: the place to the block only."""

    id: int
    item: OfferedItem
    block: str
    distance_m: Annotated[int | None, Meta(description="From `near` to the block, to 50 metres; null without `near`.")]
    points: int
    needed: int
    taken: int
    closes_at: datetime
    priority: str
    respond_by: datetime
    skill: str = ""
    barred_by: Barrier | None = None
    """Why the reader cannot take it now, as far as is known; null: it may be tried."""


class OfferList(Read, frozen=True, kw_only=True):
    """Open offers, nearest first."""

    items: list[OfferView]
    server_time: datetime


class TakenOrder(Read, frozen=True, kw_only=True):
    """What whoever has taken it is told: now the place itself."""

    id: int
    number: str
    version: int
    item: OfferedItem
    priority: str
    place: str
    description: str
    lng: float
    lat: float
    arrive_by: datetime | None
    resolve_by: datetime


class TakeView(Read, frozen=True, kw_only=True):
    """An offer that one has, or has just got."""

    id: int
    offer_id: int
    state: TakeState
    order: TakenOrder
    is_lead: bool
    """Whether the order is one's own to check in and finish; otherwise one helps whoever leads."""
    points: int
    needed: int
    taken: int
    taken_at: datetime
    lease_until: datetime
    """By when one has to be there; after it somebody else may take it."""


class GiveBackReason(StrEnum):
    NO_TIME = "no_time"
    TOO_FAR = "too_far"
    NOT_ABLE = "not_able"
    UNSAFE = "unsafe"
    OTHER = "other"


class Grab(Write, frozen=True, kw_only=True):
    """Nothing is needed to grab. A position lets somebody of the neighbourhood grab beyond the own committee."""

    point: Fix | None = None


class GiveBack(Write, frozen=True, kw_only=True):
    reason: GiveBackReason
    note: Annotated[str, at_most(REASON)] = ""


class CallFrom(Write, frozen=True, kw_only=True):
    """值守: where and until when somebody can be called."""

    area_code: Annotated[str, Meta(pattern="^[0-9]{9,12}$")] | None = None
    until: Annotated[datetime, Meta(tz=True)] | None = None
    skills: Annotated[list[Annotated[str, Meta(min_length=1, max_length=20)]], Meta(max_length=10)] = []


class Hours(Read, frozen=True, kw_only=True):
    """Minutes of service, as hours to two decimals."""

    confirmed: float = 0.0
    pending: float = 0.0
    """What no committee has confirmed or refused yet."""


class Points(Read, frozen=True, kw_only=True):
    balance: int = 0
    """Below nothing where points that were taken back had been spent."""


class GrabLimits(Read, frozen=True, kw_only=True):
    """What one may have at once, and what keeps one from taking more now."""

    open_orders_max: int
    open_orders: int
    cools_until: datetime | None
    given_back_today: int
    no_shows: int


class VolunteerMe(Read, frozen=True, kw_only=True):
    name: str
    on_call: bool
    on_call_until: datetime | None = None
    open_orders: list[TakeView]
    hours: Hours
    points: Points
    limits: GrabLimits
    server_time: datetime
