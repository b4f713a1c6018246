"""Work off the notes: count orders that changed anew, a batch at a time."""

from collections.abc import Sequence

from backend import db
from backend.indicators.counting import noting, statement
from backend.indicators.counting.lock import counting

BATCH = 500


async def count_touched() -> int:
    """Count every order that is noted, until none is left. Returns how many were looked at."""
    looked_at = 0
    while True:
        async with counting():
            order_ids = await noting.take(BATCH)
            if order_ids:
                await db.fetchval(statement.of_ids(order_ids))
        if not order_ids:
            return looked_at
        looked_at += len(order_ids)


async def count_orders(order_ids: Sequence[int]) -> list[int]:
    """Count these now. Returns those that were counted otherwise before."""
    async with counting():
        return await db.fetchval(statement.of_ids(list(order_ids))) or []
