"""Open orders of the desk, least time left first. They are a few in a hundred: any filter may look at all of them."""

from datetime import datetime

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.orders.queries.desk.conditions import conditions_of
from backend.orders.queries.desk.rows import COLUMNS, JOINS
from backend.orders.queries.desk.searching import Sought
from backend.orders.queries.desk.spots import Spot, add_spot, order_by
from backend.orders.queries.desk.wanted import DeskFilter
from backend.orders.queries.overdue import DUE_AT


async def fetch_open(
    actor: Actor, wanted: DeskFilter, sought: Sought, now: datetime, spot: Spot | None, limit: int
) -> list[asyncpg.Record]:
    found = conditions_of(actor, wanted, sought, now)
    add_spot(found, spot, DUE_AT, descending=False)
    order = order_by(spot, DUE_AT, descending=False)
    picked = f"SELECT o.* FROM work_order o WHERE {found} {order} LIMIT {found.bind(limit)}"
    return await db.fetch(f"SELECT {COLUMNS} FROM ({picked}) o {JOINS} {order}", *found.values)
