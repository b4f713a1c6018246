"""Open orders of the desk, least time left first. They are a few in a hundred: any filter may look at all of them."""

from datetime import datetime

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.orders.deadlines.overdue import DUE_AT
from backend.orders.desk.conditions import conditions_of, desk_areas
from backend.orders.desk.cursors import DeskCursor, beyond, order_by
from backend.orders.desk.filters import DeskFilter
from backend.orders.desk.rows import JOINS, NO_THUMB, DuplicatesSql, columns_with
from backend.orders.desk.search import DeskSearch
from backend.orders.desk.sql import all_of
from backend.sql import Sql, sql


async def fetch_open(
    actor: Actor,
    desk_filter: DeskFilter,
    search: DeskSearch,
    now: datetime,
    spot: DeskCursor | None,
    limit: int,
    thumb: Sql = NO_THUMB,
    duplicates: DuplicatesSql | None = None,
) -> list[asyncpg.Record]:
    found = all_of(conditions_of(actor, desk_filter, search, now), beyond(spot, DUE_AT, descending=False))
    order = order_by(spot, DUE_AT, descending=False)
    picked = f"SELECT o.* FROM work_order o WHERE {{found}} {order} LIMIT :most"
    text = f"SELECT {columns_with(duplicates)}, {{thumb}} AS thumb FROM ({picked}) o {JOINS} {order}"
    return await db.fetch(sql(text, found=found, thumb=thumb, most=limit))


async def find_order(
    actor: Actor, order_id: int, thumb: Sql = NO_THUMB, duplicates: DuplicatesSql | None = None
) -> asyncpg.Record | None:
    """One order of the actor's desk, whatever its state. One statement."""
    picked = "SELECT o.* FROM work_order o WHERE o.id = :order_id AND {within}"
    within = within_any("o.area_code", desk_areas(actor), "desk")
    text = f"SELECT {columns_with(duplicates)}, {{thumb}} AS thumb FROM ({picked}) o {JOINS}"
    return await db.fetchrow(sql(text, order_id=order_id, within=within, thumb=thumb))
