"""The shop's word on a pickup: done as booked, or not; after a day its silence is a yes."""

from datetime import datetime

from backend import db, logs
from backend.accounts.structs import Actor
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying.closing import as_reporter
from backend.orders.verifying.confirmation import SILENT_FOR
from backend.structs import IdempotencyKey
from shops.pickup.bookings import changing, following, reading
from shops.pickup.structs import BookingView

log = logs.get_logger()
BATCH = 200
_WHICH = "SELECT order_id, account_id FROM pickup_booking WHERE id = $1"
_SILENT = """
    SELECT id, order_id FROM pickup_booking WHERE state = 'collected' AND collected_at <= $1 AND id > $2
    ORDER BY id LIMIT $3
"""


async def confirm(booking_id: int, actor: Actor, now: datetime, *, key: IdempotencyKey | None = None) -> BookingView:
    """Say that it was fetched, which closes its order. Anybody of the shop may; the order has the word of who booked.

    Raises BookingNotFound, NotOfShop, and what `orders.confirm` raises.
    """
    order_id, by = await _as_opener(booking_id, actor, now, key)
    await orders.confirm(order_id, by)
    await following.follow([order_id], now, ended_by_id=actor.account_id)
    return await reading.get(booking_id, now)


async def dispute(
    booking_id: int, reason: str, actor: Actor, now: datetime, *, key: IdempotencyKey | None = None
) -> BookingView:
    """Say what was not fetched: the order goes back to the crew. Raises as `confirm`, and ReasonMissing."""
    order_id, by = await _as_opener(booking_id, actor, now, key)
    await orders.dispute(order_id, reason, by)
    await following.follow([order_id], now)
    return await reading.get(booking_id, now)


async def confirm_silent(now: datetime) -> int:
    """Confirm what no shop has said anything about for a day. Says how many. Safe to repeat.

    One that cannot be confirmed is logged and holds up no other.
    """
    confirmed, after_id = 0, 0
    while rows := await db.fetch(_SILENT, now - SILENT_FOR, after_id, BATCH):
        for row in rows:
            try:
                if await orders.confirm_by_silence(row["order_id"], now):
                    confirmed += 1
                await following.follow([row["order_id"]], now)
            except Exception:
                log.exception("pickup_not_confirmed", booking_id=row["id"])
        after_id = rows[-1]["id"]
    return confirmed


async def _as_opener(
    booking_id: int, actor: Actor, now: datetime, key: IdempotencyKey | None
) -> tuple[int, TransitionContext]:
    await changing.require_person(booking_id, actor)
    row = await db.fetchrow(_WHICH, booking_id)
    assert row is not None  # its shop was found
    return row["order_id"], TransitionContext(actor=as_reporter(row["account_id"]), now=now, idempotency_key=key)
