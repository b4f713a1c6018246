"""A booking that ends before it is done: locked after its shop, its order taken back, its place free again."""

from datetime import datetime
from typing import Any

import msgspec

from backend import db
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from backend.sql import sql
from shops.pickup.bookings.asking import PickupRequest
from shops.pickup.bookings.wording import describe_refusal
from shops.pickup.errors import BookingNotFound
from shops.pickup.kinds import AmountUnit, WasteKind
from shops.pickup.locking import lock_shop
from shops.pickup.structs import BookingState, PickupRefusal, RefusalReason

_SHOP = "SELECT shop_id FROM pickup_booking WHERE id = $1"
_LOCK = """
    SELECT b.id, b.shop_id, b.slot_id, b.account_id, b.order_id, b.kind, b.amount, b.unit, b.litres, b.state,
           b.arrived_at, s.cutoff_at, s.ends_at, b.recurrence_id, b.refusal
    FROM pickup_booking b JOIN pickup_slot s ON s.id = b.slot_id WHERE b.id = $1 FOR UPDATE OF b
"""
_END = """
    UPDATE pickup_booking SET state = :state, ended_at = :now, ended_by_id = :actor_id, reason = :reason,
        refusal = :refusal, arrived_at = coalesce(arrived_at, :arrived_at)
    WHERE id = :id
"""


class LockedBooking(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    shop_id: int
    slot_id: int
    account_id: int
    order_id: int
    kind: WasteKind
    amount: int
    unit: AmountUnit
    litres: int
    state: BookingState
    arrived_at: datetime | None
    cutoff_at: datetime
    ends_at: datetime
    recurrence_id: int | None
    refusal: RefusalReason | None

    def request(self, slot_id: int | None = None) -> PickupRequest:
        """The same once more, in this slot or in another one."""
        return PickupRequest(
            shop_id=self.shop_id,
            account_id=self.account_id,
            slot_id=slot_id or self.slot_id,
            kind=self.kind,
            amount=self.amount,
            unit=self.unit,
        )


async def lock(booking_id: int) -> LockedBooking:
    """Lock a booking after its shop, for the rest of the transaction. Raises BookingNotFound."""
    shop_id = await db.fetchval(_SHOP, booking_id)
    if shop_id is None:
        raise BookingNotFound
    await lock_shop(shop_id)
    row = await db.fetchrow(_LOCK, booking_id)
    assert row is not None  # bookings stay
    return msgspec.convert(dict(row), LockedBooking)


async def end(booking: LockedBooking, state: BookingState, reason: str, by: TransitionContext) -> None:
    """End it in this state, and take its order back with the reason. Its place is the caller's to give back.

    Raises MoveForbidden where the crew has come.
    """
    await orders.withdraw(booking.order_id, reason, by)
    await _end(booking, by, state=state, reason=reason, refusal=None, arrived_at=None)


async def refuse(
    booking: LockedBooking, state: BookingState, said: PickupRefusal, by: TransitionContext, arrived_at: datetime | None
) -> int:
    """End it because the crew could take nothing, and its order with the reason. Returns the order's step.

    Its place is the caller's to give back. Raises MoveForbidden.
    """
    step_id = await orders.withdraw(booking.order_id, describe_refusal(said), by, from_site=True)
    await _end(booking, by, state=state, reason=said.note, refusal=said.reason, arrived_at=arrived_at)
    return step_id


async def _end(booking: LockedBooking, by: TransitionContext, **values: Any) -> None:
    await db.execute(sql(_END, id=booking.id, now=by.now, actor_id=by.actor.account_id or None, **values))
