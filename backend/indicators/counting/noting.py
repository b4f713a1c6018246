"""Which orders are to be counted anew: noted by facts, taken by whoever counts."""

from collections.abc import Iterable

from backend import db

_NOTE = "INSERT INTO indicator_touched (order_id) SELECT DISTINCT unnest($1::bigint[])"
_TAKE = """
    WITH next AS (SELECT id FROM indicator_touched ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED),
    taken AS (DELETE FROM indicator_touched WHERE id IN (SELECT id FROM next) RETURNING order_id)
    SELECT array_agg(DISTINCT order_id) FROM taken
"""


async def note(order_ids: Iterable[int]) -> None:
    """Note orders that changed; within the transaction of whoever knows. Never waits for another one."""
    if ids := list(order_ids):
        await db.execute(_NOTE, ids)


async def take(most: int) -> list[int]:
    """Take the next notes out, within the transaction that counts their orders."""
    return await db.fetchval(_TAKE, most) or []


async def list_noted(order_ids: list[int]) -> list[int]:
    """Which of these wait to be counted."""
    rows = await db.fetch(
        "SELECT DISTINCT order_id FROM indicator_touched WHERE order_id = ANY($1::bigint[])", order_ids
    )
    return [row["order_id"] for row in rows]
