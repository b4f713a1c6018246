"""Work off the notes: count what changed anew, a batch at a time."""

from collections.abc import Sequence

from backend import db
from backend.indicators.counting import activities, noting, statement
from backend.indicators.counting.lock import counting
from backend.indicators.counting.recurrence import with_following

BATCH = 500


async def count_touched() -> int:
    """Count everything that is noted, until nothing is left. Returns how many orders and activities were looked at."""
    looked_at = 0
    while batch := await _count_orders() + await _count_activities():
        looked_at += batch
    return looked_at


async def _count_orders() -> int:
    async with counting():
        order_ids = await noting.take(BATCH)
        if order_ids:
            await db.fetchval(statement.of_ids(await with_following(order_ids)))
    return len(order_ids)


async def _count_activities() -> int:
    async with counting():
        taken = await noting.take_activities(BATCH)
        for kind, subject_ids in taken.items():
            await db.fetchval(activities.of_ids(kind, subject_ids))
    return sum(len(subject_ids) for subject_ids in taken.values())


async def count_orders(order_ids: Sequence[int]) -> list[int]:
    """Count these now. Returns those that were counted otherwise before."""
    async with counting():
        return await db.fetchval(statement.of_ids(list(order_ids))) or []
