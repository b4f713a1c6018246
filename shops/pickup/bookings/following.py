"""A booking follows its order: what the crew and the shop do there is what the booking says.

It looks at what the order is now, so that facts may come twice, late or together. A booking that gave its place back
stays as it ended.
"""

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from backend import db
from backend.orders.model.states import State
from backend.orders.reads import progress
from backend.orders.reads.progress import OrderProgress
from backend.sql import sql
from shops.pickup.kinds import WasteKind
from shops.pickup.payments import bills
from shops.pickup.slots import places
from shops.pickup.structs import STATES_GIVEN_BACK, BookingState

_LOCK = f"""
    SELECT id, order_id, slot_id, litres, state, kind, price_fen, arrived_at FROM pickup_booking
    WHERE order_id = ANY($1::bigint[]) AND state NOT IN ({STATES_GIVEN_BACK}) ORDER BY id FOR UPDATE
"""
_SET = """
    UPDATE pickup_booking SET state = :state, arrived_at = coalesce(arrived_at, :arrived_at),
        collected_at = :collected_at, ended_at = :ended_at, ended_by_id = coalesce(:ended_by_id, ended_by_id)
    WHERE id = :id
"""
_STANDS = {
    State.OFFERED: BookingState.BOOKED,
    State.DISPATCHED: BookingState.BOOKED,
    State.ACCEPTED: BookingState.ASSIGNED,
    State.ON_SITE: BookingState.ASSIGNED,
    State.SUSPENDED: BookingState.ASSIGNED,
    State.HANDLED: BookingState.COLLECTED,
    State.CLOSED: BookingState.DONE,
    State.CANCELLED: BookingState.CANCELLED,
    State.MERGED: BookingState.CANCELLED,
}


def state_of(order: OrderProgress) -> BookingState:
    """What a booking is while its order is this. Pure."""
    stands = _STANDS[order.state]
    is_again = order.times_again > 0 and stands in (BookingState.BOOKED, BookingState.ASSIGNED)
    return BookingState.DISPUTED if is_again else stands


async def follow(order_ids: Sequence[int], now: datetime, *, ended_by_id: int | None = None) -> None:
    """Let the bookings behind these orders say what their orders say; others are left alone.

    `ended_by_id`: whoever has just confirmed.
    """
    async with db.transaction():
        rows = await db.fetch(_LOCK, list(order_ids))
        found = await progress.list_progress([row["order_id"] for row in rows])
        ended = []
        for row in rows:
            order = found[row["order_id"]]
            state = state_of(order)
            if state != row["state"] or order.arrived_at != row["arrived_at"]:
                await _set(row, order, state, now, ended_by_id)
                ended += [row] if state is BookingState.CANCELLED else []
        for row in sorted(ended, key=lambda one: one["slot_id"]):
            await places.give_back(row["slot_id"], row["litres"])


async def _set(
    row: asyncpg.Record, order: OrderProgress, state: BookingState, now: datetime, ended_by_id: int | None
) -> None:
    is_over = state in (BookingState.DONE, BookingState.CANCELLED)
    change = sql(
        _SET,
        id=row["id"],
        state=state,
        arrived_at=order.arrived_at,
        collected_at=order.finished_at,
        ended_at=(order.closed_at or now) if is_over else None,
        ended_by_id=ended_by_id,
    )
    await db.execute(change)
    if row["state"] == BookingState.DONE:  # taken up again: what it costs is worked out anew
        await bills.void(row["id"])
    if is_over and row["kind"] != WasteKind.RENOVATION:  # which was paid before, for its filing
        costs_fen = row["price_fen"] if state is BookingState.DONE else 0
        await bills.bill_booking(row["id"], costs_fen, now)
        await bills.settle_booking(row["id"], costs_fen)
