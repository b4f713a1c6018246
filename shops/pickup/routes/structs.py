"""Routes, schedules and prices on the wire, and a route's day."""

from datetime import date, time
from typing import Annotated

from msgspec import Meta

from backend.geo.lonlat import LonLat
from backend.structs import Read, Write
from backend.words import at_most
from shops.pickup.kinds import AmountUnit, WasteKind
from shops.pickup.structs import BookingState, SlotView
from shops.pickup.tables import NAME_CHARS, WORDS_CHARS

AreaPrefix = Annotated[str, Meta(pattern="^[0-9]{2,12}$", description="A prefix of national area codes")]
Clock = Annotated[time, Meta(tz=False, description="Of the clocks of Shanghai, without a zone")]
Fen = Annotated[int, Meta(ge=0, le=10_000_000, description="Fen, a hundredth of a yuan")]


class PickupRouteDraft(Write, frozen=True, kw_only=True):
    """A vehicle of a unit that serves an area. The same `code` again changes that route."""

    code: Annotated[str, Meta(min_length=1, max_length=40)]
    name: Annotated[str, Meta(min_length=1, max_length=NAME_CHARS)]
    unit_id: Annotated[int, Meta(ge=1)]
    area_code: AreaPrefix
    vehicle: Annotated[str, Meta(max_length=20)] = ""
    load_l: Annotated[int, Meta(ge=1, le=200_000, description="Litres that the vehicle takes in one slot")]
    is_open: bool = True


class ScheduleDraft(Write, frozen=True, kw_only=True):
    """When a route has slots, in the local time of Shanghai."""

    kind: WasteKind
    weekdays: Annotated[list[Annotated[int, Meta(ge=1, le=7)]], Meta(min_length=1, max_length=7)]
    """1 is Monday."""
    starts: Clock
    ends: Clock
    capacity: Annotated[int, Meta(ge=1, le=1000)]
    cutoff_min: Annotated[int, Meta(ge=0, le=10080)] = 60
    from_on: date
    until_on: date | None = None


class PriceDraft(Write, frozen=True, kw_only=True):
    """What a unit costs within an area from a day on; the same day again changes it."""

    area_code: AreaPrefix
    kind: WasteKind
    unit: AmountUnit
    base_fen: Fen
    over_fen: Fen
    year_quota: Annotated[int, Meta(ge=0, le=100_000)] | None = None
    from_on: date
    note: Annotated[str, at_most(WORDS_CHARS)] = ""


class QuotaDraft(Write, frozen=True, kw_only=True):
    """How many units of a kind a shop has at the base price in a year."""

    kind: WasteKind
    unit: AmountUnit
    year: Annotated[int, Meta(ge=2000, le=2100)]
    base: Annotated[int, Meta(ge=0, le=100_000)]


class PriceRow(Read, frozen=True, kw_only=True):
    id: int
    area_code: str
    kind: WasteKind
    unit: AmountUnit
    base_fen: int
    over_fen: int
    year_quota: int | None
    from_on: date
    note: str


class ScheduleView(Read, frozen=True, kw_only=True):
    id: int
    kind: WasteKind
    weekdays: list[int]
    starts: time
    ends: time
    capacity: int
    cutoff_min: int
    from_on: date
    until_on: date | None


class PickupRouteView(Read, frozen=True, kw_only=True):
    id: int
    code: str
    name: str
    unit_id: int
    unit_zh: str
    unit_en: str | None
    area_code: str
    vehicle: str
    load_l: int
    is_open: bool


class RouteStop(Read, frozen=True, kw_only=True):
    """A pickup of a route's day. `position`: when it is driven to, from 1 on."""

    position: int
    booking_id: int
    number: str
    order_id: int
    shop: str
    address: str
    point: LonLat
    slot: SlotView
    kind: WasteKind
    amount: int
    unit: AmountUnit
    state: BookingState
    has_priority: bool
    has_arrived: bool
    counted: int | None
    weight_g: int | None


class RouteDay(Read, frozen=True, kw_only=True):
    route: PickupRouteView
    on_date: date
    stops: list[RouteStop]


class SlotLoad(Read, frozen=True, kw_only=True):
    """How full a route is on a day, over its slots of a kind, and how its pickups went."""

    route_id: int
    route: str
    on_date: date
    kind: WasteKind
    capacity: int
    booked: int
    held: int
    load_l: int
    loaded_l: int
    done: int
    on_time: int
    """Of those to which somebody came, how many within their slot."""
    came: int
    missed: int
