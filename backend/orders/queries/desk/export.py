"""Every order of a filter, by batches: no connection is held while the reader of the file takes his time.

By opening, latest first: an order that moves meanwhile keeps its place, so that each comes once. A batch takes the
plan that fits it: where there are few, all of them are sorted again for each batch, and there are few batches.
"""

from collections.abc import AsyncIterator
from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.orders.queries.desk.conditions import conditions_of, desk_areas
from backend.orders.queries.desk.reading import reading
from backend.orders.queries.desk.rows import COLUMNS, JOINS, DeskOrder, desk_order
from backend.orders.queries.desk.searching import seek
from backend.orders.queries.desk.spots import Spot, add_spot, order_by
from backend.orders.queries.desk.wanted import DeskFilter

_KEY = "o.opened_at"
BATCH = 2_000


async def list_for_export(
    actor: Actor, wanted: DeskFilter, now: datetime, batch: int = BATCH
) -> AsyncIterator[list[DeskOrder]]:
    spot: Spot | None = None
    while True:
        rows = await _fetch(actor, wanted, now, spot, batch)
        if rows:
            yield rows
        if len(rows) < batch:
            return
        spot = Spot(at=rows[-1].opened_at, id=rows[-1].id)


async def _fetch(actor: Actor, wanted: DeskFilter, now: datetime, spot: Spot | None, batch: int) -> list[DeskOrder]:
    async with reading():
        found = conditions_of(actor, wanted, await seek(wanted.text, desk_areas(actor)), now)
        add_spot(found, spot, _KEY, descending=True)
        order = order_by(spot, _KEY, descending=True)
        picked = f"SELECT o.* FROM work_order o WHERE {found} {order} LIMIT {found.bind(batch)}"
        rows = await db.fetch(f"SELECT {COLUMNS} FROM ({picked}) o {JOINS} {order}", *found.values)
    return [desk_order(row) for row in rows]
