"""Waste pickup on the wire. Instants with their zone, money in fen."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from backend.structs import Read, Write
from backend.words import REASON, at_most
from shops.pickup.kinds import AMOUNT_MOST, AmountUnit, WasteKind

Amount = Annotated[int, Meta(ge=1, le=AMOUNT_MOST, description="Whole units")]


class BookingState(StrEnum):
    """已预约, 已接单, 待确认, 有异议, 已完成, 未到, 未收, 已改期, 已取消."""

    BOOKED = "booked"
    ASSIGNED = "assigned"
    """A handler of the hauler has accepted its order."""
    COLLECTED = "collected"
    """Fetched, and waits for the shop's word."""
    DISPUTED = "disputed"
    DONE = "done"
    MISSED = "missed"
    """Nobody came, or nobody could get there: another booking stands in its place."""
    REFUSED = "refused"
    """The crew was there and took nothing, for a reason that the shop can mend."""
    CHANGED = "changed"
    """The shop took another slot: another booking stands in its place."""
    CANCELLED = "cancelled"


GOING_ON = (BookingState.BOOKED, BookingState.ASSIGNED, BookingState.COLLECTED, BookingState.DISPUTED)
GIVEN_BACK = (BookingState.MISSED, BookingState.REFUSED, BookingState.CHANGED, BookingState.CANCELLED)
"""These take no place of their slot, and count against no quota."""
STATES_GIVEN_BACK = ", ".join(f"'{state}'" for state in GIVEN_BACK)
"""The same in SQL."""


WITHDRAWN = (BookingState.CHANGED, BookingState.CANCELLED)
"""The shop itself gave these back."""
STATES_WITHDRAWN = ", ".join(f"'{state}'" for state in WITHDRAWN)
"""The same in SQL."""


class RefusalReason(StrEnum):
    """Why a crew takes nothing: 分类不符, 没有放出, 明显多于预约, 混有有害物, 车辆无法靠近, 车辆故障或已满."""

    SORTED_WRONG = "sorted_wrong"
    NOT_OUT = "not_out"
    TOO_MUCH = "too_much"
    HAZARDOUS = "hazardous"
    BLOCKED = "blocked"
    VEHICLE = "vehicle"

    @property
    def is_of_shop(self) -> bool:
        """Whether the shop can mend it; else the pickup is planned again, first in line."""
        return self not in (RefusalReason.BLOCKED, RefusalReason.VEHICLE)


class SlotView(Read, frozen=True, kw_only=True):
    id: int
    kind: WasteKind
    route: str
    starts_at: datetime
    ends_at: datetime
    cutoff_at: datetime
    """Until then it is booked, changed and cancelled."""
    capacity: int
    free: int
    """Places; 0 also where the vehicle has no space left, or the cut-off is over."""


class PickupBookingInput(Write, frozen=True, kw_only=True):
    slot_id: Annotated[int, Meta(ge=1)]
    kind: WasteKind
    amount: Amount
    unit: AmountUnit
    photo_ids: Annotated[list[UUID], Meta(max_length=9)] = []
    """Of what is to be fetched: the crew compares on the spot."""


class PickupHoldInput(Write, frozen=True, kw_only=True):
    slot_id: Annotated[int, Meta(ge=1)]
    kind: WasteKind
    amount: Amount
    unit: AmountUnit


class PickupChange(Write, frozen=True, kw_only=True):
    """To another slot, or to another amount in the same one."""

    slot_id: Annotated[int, Meta(ge=1)]
    amount: Amount
    unit: AmountUnit


class PickupCancel(Write, frozen=True, kw_only=True):
    reason: Annotated[str, at_most(REASON)] = ""


class PickupMeasure(Write, frozen=True, kw_only=True):
    """清点 or 称重: what the crew found, in the unit of the booking; its photos are those of the order."""

    counted: Annotated[int, Meta(ge=0, le=999)]
    weight_g: Annotated[int, Meta(ge=0, le=100_000_000)] | None = None
    ticket: Annotated[str, Meta(max_length=40, description="The vehicle's ticket")] = ""


class PickupRefusal(Write, frozen=True, kw_only=True):
    """未收: the crew took nothing, and why. `photo_ids`: of what it found."""

    reason: RefusalReason
    note: Annotated[str, at_most(REASON)] = ""
    photo_ids: Annotated[list[UUID], Meta(max_length=9)] = []


class HoldView(Read, frozen=True, kw_only=True):
    slot: SlotView
    until: datetime
    price: "PriceView"


class PriceView(Read, frozen=True, kw_only=True):
    """What it costs: units within the yearly base at one price, those over it at another."""

    within: int
    base_fen: int
    over: int
    over_fen: int
    total_fen: int


class BookingView(Read, frozen=True, kw_only=True):
    id: int
    number: str
    shop_id: int
    slot: SlotView
    kind: WasteKind
    amount: int
    unit: AmountUnit
    state: BookingState
    has_priority: bool
    order_id: int
    price: PriceView
    booked_at: datetime
    may_change: bool
    """Whether its cut-off is still ahead and nobody has come."""
    may_confirm: bool
    counted: int | None
    weight_g: int | None
    ticket: str
    collected_at: datetime | None
    ended_at: datetime | None
    reason: str
    refusal: RefusalReason | None
    """Why a crew took nothing."""
    replaces_id: int | None
    replaced_by_id: int | None


class BookingResult(Read, frozen=True, kw_only=True):
    booking: BookingView
    is_new: bool
    """False for one that was there already: the same is booked once."""
