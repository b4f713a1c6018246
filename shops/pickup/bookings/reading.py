"""Bookings as their shop and the hauler read them."""

from collections.abc import Sequence
from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.sql import sql
from shops.pickup.errors import BookingNotFound
from shops.pickup.slots.reading import SLOT_COLUMNS, slot_view
from shops.pickup.structs import BookingState, BookingView, PriceView

_COLUMNS = (
    *("number", "shop_id", "kind", "amount", "unit", "state", "has_priority", "order_id", "booked_at", "counted"),
    *("weight_g", "ticket", "collected_at", "ended_at", "reason", "refusal", "replaces_id"),
)
CHANGEABLE = (BookingState.BOOKED, BookingState.ASSIGNED)
BOOKING_COLUMNS = f"""b.id AS booking_id, {", ".join(f"b.{name}" for name in _COLUMNS)}, b.arrived_at,
    b.over, b.base_fen, b.over_fen, b.price_fen, coalesce(b.counted, b.amount) AS charged,
    (SELECT n.id FROM pickup_booking n WHERE n.replaces_id = b.id) AS replaced_by_id,
    CASE WHEN s.loaded_l >= s.load_l THEN 0 ELSE s.capacity - s.booked - s.held END AS free, {SLOT_COLUMNS}"""
FROM_BOOKING = "FROM pickup_booking b JOIN pickup_slot s ON s.id = b.slot_id JOIN pickup_route r ON r.id = s.route_id"
_GET = f"SELECT {BOOKING_COLUMNS} {FROM_BOOKING} WHERE b.id = $1"
_LIST = f"""
    SELECT {BOOKING_COLUMNS} {FROM_BOOKING}
    WHERE b.shop_id = :shop_id AND (:before::bigint IS NULL OR b.id < :before) ORDER BY b.id DESC LIMIT :most
"""
_NEXT = f"""
    SELECT {BOOKING_COLUMNS} {FROM_BOOKING}
    WHERE b.shop_id = ANY($1::bigint[]) AND b.state IN ('booked', 'assigned') AND s.ends_at > $2
    ORDER BY s.starts_at, b.id LIMIT 1
"""
_HAULER = f"SELECT r.unit_id {FROM_BOOKING} WHERE b.id = $1"
_WHO = "SELECT shop_id, account_id FROM pickup_booking WHERE id = $1"


async def get(booking_id: int, now: datetime) -> BookingView:
    """One booking, whoever asks. Raises BookingNotFound."""
    row = await db.fetchrow(_GET, booking_id)
    if row is None:
        raise BookingNotFound
    return booking_view(row, now)


async def list_of_shop(shop_id: int, now: datetime, *, before: int | None = None, most: int = 30) -> list[BookingView]:
    """The bookings of a shop, the latest first."""
    rows = await db.fetch(sql(_LIST, shop_id=shop_id, before=before, most=most))
    return [booking_view(row, now) for row in rows]


async def find_next(shop_ids: Sequence[int], now: datetime) -> BookingView | None:
    """The next pickup of these shops, for the owner's home."""
    row = await db.fetchrow(_NEXT, list(shop_ids), now)
    return booking_view(row, now) if row else None


async def get_shop_id(booking_id: int) -> int:
    """Whose booking it is. Raises BookingNotFound."""
    row = await db.fetchrow(_WHO, booking_id)
    if row is None:
        raise BookingNotFound
    return row["shop_id"]


async def find_hauler(booking_id: int) -> int | None:
    """The unit that drives the booking's route."""
    return await db.fetchval(_HAULER, booking_id)


def booking_view(row: asyncpg.Record, now: datetime) -> BookingView:
    state = BookingState(row["state"])
    price = PriceView(
        within=row["charged"] - row["over"],
        base_fen=row["base_fen"],
        over=row["over"],
        over_fen=row["over_fen"],
        total_fen=row["price_fen"],
    )
    fields = {name: row[name] for name in (*_COLUMNS, "replaced_by_id")}
    said = {
        "id": row["booking_id"],
        "slot": slot_view(row) if row["cutoff_at"] > now else msgspec.structs.replace(slot_view(row), free=0),
        "price": price,
        "may_change": state in CHANGEABLE and row["cutoff_at"] > now and row["arrived_at"] is None,
        "may_confirm": state is BookingState.COLLECTED,
    }
    return msgspec.convert({**fields, **said}, BookingView)
