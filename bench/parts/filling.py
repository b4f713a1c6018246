"""A town with a past: a hundred thousand orders by COPY, spread over the demo street's doors, units, states and times.

Steps, reports, photos and their attachments come along, so that every table and index of the hot path has its size.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import md5
from random import Random
from typing import Any
from uuid import UUID

import asyncpg

from bench.parts import differences

ORDERS = 100_000
_SPAN_DAYS = 90
_STATES = ("dispatched", "accepted", "on_site", "handled", "closed")
_WEIGHTS = (1, 1, 1, 1, 16)
_MOVES = ("open", "accept", "check_in", "finish", "pass")


@dataclass(frozen=True, slots=True)
class _Street:
    places: list[asyncpg.Record]
    handlers: list[asyncpg.Record]
    items: list[asyncpg.Record]
    resident: int


async def fill(connection: asyncpg.Connection, now: datetime, orders: int = ORDERS) -> int:
    """Fill up to so many orders, once, and refresh the planner's statistics. Returns how many there are."""
    if await _count(connection) < orders:
        street = await _read(connection)
        async with connection.transaction():
            await _copy_orders(connection, street, orders, now)
            await _copy_rest(connection, street, now)
    await connection.execute("ANALYZE")
    return await _count(connection)


async def _count(connection: asyncpg.Connection) -> int:
    return await connection.fetchval("SELECT count(*) FROM work_order") or 0


async def _read(connection: asyncpg.Connection) -> _Street:
    return _Street(
        places=await connection.fetch(
            "SELECT p.id, p.area_id, p.grid_cell_id, ST_X(p.loc::geometry) AS lng, ST_Y(p.loc::geometry) AS lat, c.code"
            " FROM place p JOIN qr_code c ON c.place_id = p.id ORDER BY p.id"
        ),
        handlers=await connection.fetch(
            "SELECT id, unit_id FROM account a WHERE unit_id IS NOT NULL"
            " AND EXISTS (SELECT FROM role_grant g WHERE g.account_id = a.id AND g.role = 'handler') ORDER BY id"
        ),
        items=await connection.fetch("SELECT code, priority FROM item WHERE is_open ORDER BY code"),
        resident=await connection.fetchval("SELECT id FROM account WHERE username = 'resident'") or 0,
    )


async def _copy_orders(connection: asyncpg.Connection, street: _Street, orders: int, now: datetime) -> None:
    dice = Random(7)
    columns = [
        "number", "state", "item_id", "priority", "place_id", "area_code", "grid_code", "description",
        "source_kind", "opened_by_id", "unit_id", "handler_id", "opened_at", "respond_by", "resolve_by",
        "accepted_at", "arrived_at", "finished_at", "closed_at", "lng", "lat",
    ]  # fmt: skip
    await connection.execute(
        f"CREATE TEMP TABLE drawn ON COMMIT DROP AS SELECT {', '.join(columns[:-2])} FROM work_order WITH NO DATA"
    )
    await connection.execute("ALTER TABLE drawn ADD lng float8, ADD lat float8")
    rows = (_order(number, street, dice, now) for number in range(orders))
    await connection.copy_records_to_table("drawn", records=rows, columns=columns)
    await connection.execute(
        f"INSERT INTO work_order ({', '.join(columns[:-2])}, loc) SELECT {', '.join(columns[:-2])},"
        " ST_SetSRID(ST_MakePoint(lng, lat), 4326)::geography FROM drawn ORDER BY opened_at"
    )


def _order(number: int, street: _Street, dice: Random, now: datetime) -> tuple[Any, ...]:
    """One row. Dispatched ones may still be accepted in time: else the worker would pass them on meanwhile."""
    place, handler, item = dice.choice(street.places), dice.choice(street.handlers), dice.choice(street.items)
    reached = dice.choices(range(len(_STATES)), _WEIGHTS)[0]
    opened = now - timedelta(days=dice.random() * _SPAN_DAYS, hours=2)
    respond_by = opened + timedelta(minutes=30) if reached else now + timedelta(days=1)
    moments = [opened + timedelta(minutes=8 * step) if reached >= step else None for step in range(1, 5)]
    return (
        f"YM{opened:%y%m%d}-B{number:06d}", _STATES[reached], item["code"], item["priority"], place["id"],
        place["area_id"], place["grid_cell_id"] or "", "占用人行道,影响通行", "report", street.resident,
        handler["unit_id"], handler["id"] if reached or number % 2 else None, opened, respond_by,
        opened + timedelta(hours=4), *moments, place["lng"], place["lat"],
    )  # fmt: skip


async def _copy_rest(connection: asyncpg.Connection, street: _Street, now: datetime) -> None:
    """Steps, reports and photos of those orders, told from the orders themselves; the demo's own have theirs."""
    await connection.execute(_STEPS, list(_MOVES), list(_STATES), street.resident)
    await connection.execute(_REPORTS)
    await connection.execute(_PHOTOS, street.resident, now)
    await connection.execute(_ATTACHMENTS)


async def add_photos(connection: asyncpg.Connection, owner_id: int, first: int, count: int) -> None:
    """Fresh photo rows of one owner. The id of photo number n is md5(n), so that pgbench can name it too."""
    owner = await differences.photo_owner(connection)
    hashes = await differences.photo_hashes(connection)
    values = ", ARRAY[hashint8(n)]" * len(hashes)
    statement = _FRESH.format(columns=", ".join(["id", owner, *hashes]), values=values)
    await connection.execute(statement, owner_id, first, count, datetime.now(UTC))


def photo_id(number: int) -> UUID:
    """The id of the fresh photo with this number."""
    return UUID(bytes=md5(str(number).encode(), usedforsecurity=False).digest())


_STEPS = """
    INSERT INTO order_step (order_id, move, from_state, to_state, actor_id, actor_role, at)
    SELECT o.id, ($1::text[])[n], CASE WHEN n > 1 THEN ($2::text[])[n - 1] END, ($2::text[])[n],
           CASE WHEN n = 1 THEN $3 ELSE o.handler_id END, CASE WHEN n = 1 THEN 'resident' ELSE 'handler' END,
           o.opened_at + (n - 1) * interval '8 minutes'
    FROM work_order o CROSS JOIN generate_series(1, array_position($2::text[], o.state::text)) AS n
    WHERE o.number LIKE '%-B%' ORDER BY o.id, n
"""
_REPORTS = """
    INSERT INTO report (client_id, reporter_id, order_id, tracking_token, qr_code, received_at)
    SELECT 'past-order-' || o.id, o.opened_by_id, o.id, md5('token' || o.id), c.code, o.opened_at
    FROM work_order o LEFT JOIN qr_code c ON c.place_id = o.place_id AND c.status = 'active'
    WHERE o.number LIKE '%-B%' ORDER BY o.id
"""
_PHOTO_COLUMNS = (
    "id, owner_id, sha256, media_type, width, height, size_bytes, original_key, phash, created_at, hashes, hash_keys"
)
"""A photo without hashes would get some, in the background."""
_PHOTOS = f"""
    INSERT INTO photo ({_PHOTO_COLUMNS})
    SELECT md5('past' || id)::uuid, $1, sha256(id::text::bytea), 'image/jpeg', 1600, 1200, 400000, 'past/' || id,
           hashint8(id), $2, ARRAY[hashint8(id)], ARRAY[hashint8(id)]
    FROM order_step WHERE move IN ('open', 'finish')
"""
_ATTACHMENTS = """
    INSERT INTO photo_attachment (photo_id, subject_kind, subject_id, role)
    SELECT md5('past' || id)::uuid, 'order_step', id, CASE move WHEN 'open' THEN 'report' ELSE 'after' END
    FROM order_step WHERE move IN ('open', 'finish')
"""
_FRESH = """
    INSERT INTO photo ({columns}, sha256, media_type, width, height, size_bytes, original_key, phash, created_at)
    SELECT md5(n::text)::uuid, $1{values}, sha256(('fresh' || n)::bytea), 'image/jpeg', 1600, 1200, 400000,
           'fresh/' || n, hashint8(n), $4
    FROM generate_series($2::bigint, $2::bigint + $3::bigint - 1) AS n
"""
