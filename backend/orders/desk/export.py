"""Every order of a filter, by batches: no connection is held while the reader of the file takes his time.

By opening, latest first: an order that moves meanwhile keeps its place, so that each comes once. Ended orders that are
common are read stretch by stretch of time, whatever the filter leaves of each; rare ones by their keys, as in a list.
"""

from collections.abc import AsyncIterator
from datetime import datetime

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.orders.desk.conditions import conditions_of, desk_areas, in_states
from backend.orders.desk.cursors import DeskCursor, beyond, order_by
from backend.orders.desk.ended_orders import count_ended, fetch_named
from backend.orders.desk.filters import DeskFilter, DeskTab
from backend.orders.desk.reading import reading
from backend.orders.desk.rows import COLUMNS, JOINS, DeskOrder, desk_order
from backend.orders.desk.search import DeskSearch, parse_search
from backend.orders.desk.sql import all_of, opened
from backend.sql import Sql, sql

_KEY = "o.opened_at"
BATCH = 2_000
Read = tuple[list[asyncpg.Record], DeskCursor | None]
"""Some rows, and where the next begin."""
COMMON = 100
"""So many among the latest, and there are too many in all to be sorted again for each batch."""


async def list_for_export(
    actor: Actor, desk_filter: DeskFilter, now: datetime, batch: int = BATCH, common: int = COMMON
) -> AsyncIterator[list[DeskOrder]]:
    """The batches, none of them empty."""
    async with reading():
        search = await parse_search(desk_filter.text, desk_areas(actor))
        is_common = desk_filter.is_ended and await _is_common(actor, desk_filter, search, now, common)
    read = _stretch if is_common else _batch
    spot: DeskCursor | None = None
    while True:
        async with reading():
            rows, spot = await read(actor, desk_filter, search, now, spot, batch)
        if rows:
            yield [desk_order(row) for row in rows]
        if spot is None:
            return


async def _is_common(actor: Actor, desk_filter: DeskFilter, search: DeskSearch, now: datetime, common: int) -> bool:
    counted = count_ended(actor, desk_filter, search, now, common)
    return await db.fetchval(sql("SELECT {counted}", counted=counted)) >= common


async def _batch(
    actor: Actor, desk_filter: DeskFilter, search: DeskSearch, now: datetime, spot: DeskCursor | None, length: int
) -> Read:
    """The next so many that fit."""
    if desk_filter.is_ended:
        rows = await fetch_named(actor, desk_filter, search, now, spot, length)
    else:
        found = all_of(conditions_of(actor, desk_filter, search, now), beyond(spot, _KEY, descending=True))
        rows = await _fetch(found, Sql("LIMIT :length", {"length": length}))
    return rows, DeskCursor(at=rows[-1]["opened_at"], id=rows[-1]["id"]) if len(rows) == length else None


async def _stretch(
    actor: Actor, desk_filter: DeskFilter, search: DeskSearch, now: datetime, spot: DeskCursor | None, length: int
) -> Read:
    """What fits of the next so many ended orders."""
    end = await _end_of_stretch(desk_filter, spot, length)
    found = all_of(
        conditions_of(actor, desk_filter, search, now),
        beyond(spot, _KEY, descending=True),
        _until(end),
        _span(spot, end),
    )
    return await _fetch(found), end


def _until(end: DeskCursor | None) -> Sql | None:
    if end is None:
        return None
    return Sql(f"({_KEY}, o.id) >= (:end_at, :end_id::bigint)", {"end_at": end.at, "end_id": end.id})


def _span(spot: DeskCursor | None, end: DeskCursor | None) -> Sql | None:
    """The planner sees a narrow span only in plain comparisons."""
    if spot is None or end is None:
        return None
    return Sql(f"{_KEY} >= :end_at AND {_KEY} <= :spot_at", {"end_at": end.at, "spot_at": spot.at})


async def _fetch(found: Sql, limit: Sql | None = None) -> list[asyncpg.Record]:
    order = order_by(None, _KEY, descending=True)
    picked = f"SELECT o.* FROM work_order o WHERE {{found}} {order} {{limit}}"
    text = f"SELECT {COLUMNS} FROM ({picked}) o {JOINS} {order}"
    return await db.fetch(sql(text, found=found, limit=limit or Sql("")))


async def _end_of_stretch(desk_filter: DeskFilter, spot: DeskCursor | None, length: int) -> DeskCursor | None:
    """The spot so many ended orders further on, of whatever kind; None where fewer are left."""
    days = opened(desk_filter.since, desk_filter.until, "filter")
    found = all_of(Sql(in_states(DeskTab.ENDED)), days, beyond(spot, _KEY, descending=True))
    order = order_by(None, _KEY, descending=True)
    text = f"SELECT opened_at, id FROM work_order o WHERE {{found}} {order} OFFSET :passed LIMIT 1"
    row = await db.fetchrow(sql(text, found=found, passed=length - 1))
    return None if row is None else DeskCursor(at=row["opened_at"], id=row["id"])
