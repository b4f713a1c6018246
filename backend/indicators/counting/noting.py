"""What is to be counted anew: noted by facts, taken by whoever counts. Orders, and activities by their kind."""

from collections.abc import Iterable, Mapping

from backend import db
from backend.indicators.measures import ActivityKind

_NOTE = "INSERT INTO indicator_touched (order_id) SELECT DISTINCT unnest($1::bigint[])"
_TAKE = """
    WITH next AS (SELECT id FROM indicator_touched ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED),
    taken AS (DELETE FROM indicator_touched WHERE id IN (SELECT id FROM next) RETURNING order_id)
    SELECT array_agg(DISTINCT order_id) FROM taken
"""
_NOTE_ACTIVITIES = """
    INSERT INTO activity_touched (kind, subject_id) SELECT DISTINCT $1, unnest($2::bigint[])
"""
_TAKE_ACTIVITIES = """
    WITH next AS (SELECT id FROM activity_touched ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED),
    taken AS (DELETE FROM activity_touched WHERE id IN (SELECT id FROM next) RETURNING kind, subject_id)
    SELECT kind, array_agg(DISTINCT subject_id) AS ids FROM taken GROUP BY kind ORDER BY kind
"""


async def note(order_ids: Iterable[int]) -> None:
    """Note orders that changed; within the transaction of whoever knows. Never waits for another one."""
    if ids := list(order_ids):
        await db.execute(_NOTE, ids)


async def note_activities(kind: ActivityKind, subject_ids: Iterable[int]) -> None:
    """The same of patrols, inspections or findings."""
    if ids := list(subject_ids):
        await db.execute(_NOTE_ACTIVITIES, kind.value, ids)


async def take(most: int) -> list[int]:
    """Take the next notes out, within the transaction that counts their orders."""
    return await db.fetchval(_TAKE, most) or []


async def take_activities(most: int) -> Mapping[ActivityKind, list[int]]:
    """The same of activities."""
    return {ActivityKind(row["kind"]): row["ids"] for row in await db.fetch(_TAKE_ACTIVITIES, most)}


async def list_noted() -> list[int]:
    """Which orders wait to be counted."""
    return [row["order_id"] for row in await db.fetch("SELECT DISTINCT order_id FROM indicator_touched")]


async def list_noted_activities(kind: ActivityKind) -> list[int]:
    """Which activities of a kind wait to be counted."""
    rows = await db.fetch("SELECT DISTINCT subject_id FROM activity_touched WHERE kind = $1", kind.value)
    return [row["subject_id"] for row in rows]
