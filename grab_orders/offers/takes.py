"""Reads of takes: what somebody has in hand, with the order and its place, which are theirs to know by now."""

from collections.abc import Sequence

import asyncpg

from backend import db
from grab_orders.offers.leases import LEASE_UNTIL
from grab_orders.offers.structs import OfferedItem, TakenOrder, TakeState, TakeView

_TAKES = f"""
    SELECT t.id, t.offer_id, t.state, t.is_lead, t.taken_at, {LEASE_UNTIL} AS lease_until, f.points, f.needed, f.taken,
           o.id AS order_id, o.number, o.version, o.priority, o.description, o.arrive_by, o.resolve_by,
           ST_X(o.loc::geometry) AS lng, ST_Y(o.loc::geometry) AS lat,
           i.code AS item_code, i.name_zh, i.name_en, coalesce(nullif(p.name, ''), p.address, '') AS place
    FROM take t JOIN offer f ON f.id = t.offer_id JOIN work_order o ON o.id = f.order_id
    JOIN item i ON i.code = o.item_id LEFT JOIN place p ON p.id = o.place_id
"""
_ONE = f"{_TAKES} WHERE t.id = $1"
_LIVE = f"{_TAKES} WHERE t.account_id = $1 AND t.state IN ('held', 'arrived') ORDER BY lease_until, t.id"
_FINISHED = """
    SELECT t.id, f.number, f.item_id AS item_code, i.name_zh, i.name_en, t.taken_at, t.finished_at
    FROM take t JOIN offer f ON f.id = t.offer_id JOIN item i ON i.code = f.item_id
    WHERE t.account_id = $1 AND t.state = 'finished' ORDER BY t.taken_at DESC LIMIT $2
"""


async def get_take(take_id: int) -> TakeView:
    """A take, for whoever has it."""
    row = await db.fetchrow(_ONE, take_id)
    assert row is not None
    return _view(row)


async def list_live(account_id: int) -> list[TakeView]:
    """What somebody is on the way to or at work on, the first lease to run out in front."""
    return [_view(row) for row in await db.fetch(_LIVE, account_id)]


async def list_finished(account_id: int, limit: int = 20) -> Sequence[asyncpg.Record]:
    """What somebody finished, the latest first: number and item only, as it is theirs no longer."""
    return await db.fetch(_FINISHED, account_id, limit)


def _view(row: asyncpg.Record) -> TakeView:
    order = TakenOrder(
        id=row["order_id"],
        **{name: row[name] for name in ("number", "version", "priority", "place", "description", "lng", "lat")},
        item=OfferedItem(code=row["item_code"], name_zh=row["name_zh"], name_en=row["name_en"]),
        arrive_by=row["arrive_by"],
        resolve_by=row["resolve_by"],
    )
    return TakeView(
        order=order,
        state=TakeState(row["state"]),
        **{name: row[name] for name in ("id", "offer_id", "is_lead", "points", "needed", "taken")},
        taken_at=row["taken_at"],
        lease_until=row["lease_until"],
    )
