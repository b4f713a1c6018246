"""A desk's worth of orders, drawn by a seed: two towns, every state, units and people, with what is known of each."""

from datetime import datetime, timedelta
from random import Random

import msgspec

from backend import db
from backend.accounts.structs import Actor, Role
from tests.makers.town import COMMITTEE, DOOR, TOWN, SmallTown, make_actor

OTHER_TOWN = "310115106"
AREAS = (COMMITTEE, f"{TOWN}002", f"{OTHER_TOWN}001", TOWN)
GRIDS = (f"{COMMITTEE}001", f"{COMMITTEE}002", "")
ITEMS = ("A101", "A102", "A201", "B101", "C401")
SOURCES = ("report", "co_handling", "root_cause")
OPEN = ("offered", "dispatched", "accepted", "on_site", "handled", "suspended")
ENDED = ("closed", "cancelled", "merged")
PLACES = ("莲安东路100号", "莲溪路7号", "Lane 12")


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """An order as the maker knows it, for a filter in plain Python."""

    id: int
    number: str
    state: str
    item: str
    area: str
    grid: str
    priority: str
    source: str
    unit_id: int | None
    handler_id: int | None
    place: str
    place_id: int | None
    opened_at: datetime
    due_at: datetime | None
    asks: bool


async def make_many(town: SmallTown, now: datetime, count: int, seed: int = 1) -> list[Known]:
    """So many orders of all kinds, opened within the last hundred days, due within three days around now."""
    dice = Random(seed)
    places = {name: await _place(name) for name in PLACES}
    return [await _order(town, now, dice, places) for _ in range(count)]


async def make_dispatcher(area: str, name: str = "派单员") -> Actor:
    return await make_actor(name, Role.DISPATCHER, area)


async def _order(town: SmallTown, now: datetime, dice: Random, places: dict[str, int]) -> Known:
    state = dice.choice((*OPEN, *OPEN, *ENDED))
    opened_at = now - timedelta(days=dice.random() * 100, hours=80)
    due_at = now + timedelta(hours=dice.random() * 8 - 4)
    handler = dice.choice(town.handlers)
    is_central = state == "dispatched" and dice.random() < 0.3
    place = dice.choice((*PLACES, ""))
    area = dice.choice(AREAS)
    drawn = {
        "state": state,
        "item": dice.choice(ITEMS),
        "area": area,
        "grid": dice.choice(GRIDS) if area == COMMITTEE else "",
        "priority": dice.choice(("P1", "P2", "P3")),
        "source": dice.choice(SOURCES),
        "unit_id": None if is_central else town.unit_id,
        "handler_id": None if state in ("offered", "dispatched") else handler.account_id,
        "opened_at": opened_at,
    }
    others = await db.fetchval("SELECT min(id) FROM work_order")
    state = drawn["state"] = "closed" if state == "merged" and others is None else state
    order_id = await db.fetchval(
        _INSERT, *drawn.values(), due_at, places.get(place), DOOR.lng, DOOR.lat, others if state == "merged" else None
    )
    asks = state in ("accepted", "on_site") and dice.random() < 0.4
    if asks:
        await db.execute(_ASK, order_id, handler.account_id, now)
    number = await db.fetchval("SELECT number FROM work_order WHERE id = $1", order_id)
    is_running = state in ("offered", "dispatched", "accepted", "on_site", "handled")
    return Known(
        id=order_id,
        number=number,
        **drawn,
        place=place,
        place_id=places.get(place),
        due_at=due_at if is_running else None,
        asks=asks,
    )


async def _place(address: str) -> int:
    return await db.fetchval(_PLACE, address, COMMITTEE, DOOR.lng, DOOR.lat)


_PLACE = """
    INSERT INTO place (kind, name, address, area_id, loc, raw_lng, raw_lat, dataset, source_key)
    SELECT 'doorplate', '', $1, $2, ST_MakePoint($3, $4)::geography, $3, $4, 'desk', $1 RETURNING id
"""
# Everything is due at $10, whichever stage it stands in.
_INSERT = """
    INSERT INTO work_order (state, item_id, area_code, grid_code, priority, source_kind, unit_id, handler_id,
        opened_at, respond_by, resolve_by, verify_by, place_id, loc, merged_into_id, closed_at, cancelled_at,
        offered_until, number)
    SELECT $1::varchar, $2, $3, $4, $5, $6, $7::bigint, $8::bigint, $9::timestamptz, $10::timestamptz, $10, $10,
        $11::bigint, ST_SetSRID(ST_MakePoint($12, $13), 4326)::geography, $14::bigint,
        CASE WHEN $1 = 'closed' THEN $9::timestamptz + interval '1 hour' END,
        CASE WHEN $1 = 'cancelled' THEN $9::timestamptz + interval '1 hour' END,
        CASE WHEN $1 = 'offered' THEN $9::timestamptz + interval '1 hour' END,
        'YM' || to_char($9::timestamptz AT TIME ZONE 'Asia/Shanghai', 'YYMMDD') || '-'
            || lpad(currval(pg_get_serial_sequence('work_order', 'id'))::text, 6, '0')
    FROM (SELECT nextval(pg_get_serial_sequence('work_order', 'id'))) drawn
    RETURNING id
"""
_ASK = """
    INSERT INTO order_request (order_id, kind, minutes, reason, asked_by_id, asked_at)
    VALUES ($1, 'extension', 60, '人手不足', $2, $3)
"""
