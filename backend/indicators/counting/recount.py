"""Count every order anew, in pieces, and the sums of months from the contributions: what differs is noted and mended.

An order whose facts have not arrived yet is counted as well and is no difference. The first recount of an instance
counts what was there before: it notes nothing.
"""

from datetime import datetime

import msgspec

from backend import db, logs
from backend.events import pending
from backend.indicators.counting import months, noting, statement
from backend.indicators.counting.concerned import orders_of
from backend.indicators.counting.increments import count_touched
from backend.indicators.counting.lock import counting

log = logs.get_logger()
PIECE = 2000
_ABOUT = ("order", "hotline_task", "intake_record")
_PIECE = "SELECT min(id), max(id), count(*) FROM (SELECT id FROM work_order WHERE id > $1 ORDER BY id LIMIT $2) piece"
_IS_FIRST = "SELECT NOT EXISTS (SELECT FROM indicator_recount WHERE ended_at IS NOT NULL)"
_BEGIN = "INSERT INTO indicator_recount (started_at) VALUES ($1) RETURNING id"
_END = """
    UPDATE indicator_recount SET ended_at = greatest(started_at, $2), orders = $3 WHERE id = $1
"""
_DIFFERENT = """
    WITH noted AS (INSERT INTO indicator_difference (found_at, kind, order_id, rows)
        SELECT $2, 'order', unnest($3::bigint[]), 1)
    UPDATE indicator_recount SET order_differences = order_differences + cardinality($3::bigint[]) WHERE id = $1
"""


class Recounted(msgspec.Struct, frozen=True, kw_only=True):
    """What a recount found. `is_first`: it counted what was never counted, and no difference was noted."""

    orders: int
    order_differences: int
    month_differences: int
    is_first: bool


async def recount(now: datetime, *, piece: int = PIECE) -> Recounted:
    """Count all that there is anew. What changes meanwhile is counted by either."""
    await count_touched()
    is_first, run_id = await db.fetchval(_IS_FIRST), await db.fetchval(_BEGIN, now)
    after, orders, wrong = 0, 0, 0
    while True:
        first, last, count = await _next(after, piece)
        if not count:
            break
        found = await _count_piece(first, last)
        if found and not is_first:
            await db.execute(_DIFFERENT, run_id, now, found)
            wrong += len(found)
        after, orders = last, orders + count
    month_rows = await months.mend_all(run_id, now)
    await db.execute(_END, run_id, now, orders)
    done = Recounted(orders=orders, order_differences=wrong, month_differences=month_rows, is_first=is_first)
    (log.warning if wrong or month_rows else log.info)("indicators_recounted", **msgspec.structs.asdict(done))
    return done


async def _next(after: int, piece: int) -> tuple[int, int, int]:
    row = await db.fetchrow(_PIECE, after, piece)
    assert row is not None
    return row[0] or 0, row[1] or 0, row[2]


async def _count_piece(first: int, last: int) -> list[int]:
    """Count a piece. Returns the orders that were counted wrongly: those of which nothing new was on its way."""
    async with counting():
        changed = await db.fetchval(statement.of_range(first, last)) or []
        if not changed:
            return []
        late = {*await noting.list_noted(changed), *orders_of(await pending.list_about(_ABOUT))}
        return [order_id for order_id in changed if order_id not in late]
