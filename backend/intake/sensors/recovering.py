"""The alarms of an order are over: the order is told once for each recovery, and so is whoever has it.

A recovery is known by the last alarm before it, so that whoever runs twice says it once. A device that swings back and
forth is told of every ten minutes at the most; on the order's page it stands as it is.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend import db
from backend.orders import verbs as orders

NOTED_EVERY = timedelta(minutes=10)
_ORDERS = "SELECT DISTINCT order_id FROM alarm_fold WHERE id = ANY($1::bigint[]) AND order_id IS NOT NULL ORDER BY 1"
_LOCK = "SELECT id FROM alarm_fold WHERE order_id = $1 ORDER BY id FOR NO KEY UPDATE"
# Whatever device of the order is still on alarm, it is not over.
_LAST = """
    SELECT max(a.last_at) FROM alarm_fold f JOIN sensor_alarm a ON a.fold_id = f.id
    WHERE f.order_id = $1 AND f.ended_at IS NULL
    HAVING bool_and(a.cleared_at IS NOT NULL) AND NOT EXISTS (
        SELECT FROM alarm_fold before WHERE before.order_id = $1 AND before.recovered_of + $2 > max(a.last_at))
"""
_NOTED = "UPDATE alarm_fold SET recovered_of = $2 WHERE order_id = $1 AND ended_at IS NULL"


async def note(fold_ids: Sequence[int], now: datetime) -> None:
    """Look at the orders of these folds, each in a transaction of its own unless there is one."""
    for row in await db.fetch(_ORDERS, fold_ids):
        async with db.transaction():
            await _note(row["order_id"], now)


async def _note(order_id: int, now: datetime) -> None:
    await db.execute(_LOCK, order_id)
    last_at = await db.fetchval(_LAST, order_id, NOTED_EVERY)
    if last_at is not None and await orders.note_recovery(order_id, now):
        await db.execute(_NOTED, order_id, last_at)
