"""Reads of the queue for those who keep it running."""

import asyncpg

from backend import db
from backend.jobs.structs import JobView, NameState, QueueState

WORKER_SILENT_S = 60
"""A worker that gave no sign of life for so long counts as dead."""
_STATE = """
    SELECT entrypoint AS name,
           count(*) FILTER (WHERE status = 'queued') AS waiting,
           count(*) FILTER (WHERE status = 'picked') AS running,
           count(*) FILTER (WHERE status = 'failed') AS held,
           coalesce(extract(epoch FROM now() - min(created) FILTER (WHERE status = 'queued' AND attempts = 0)), 0)
               ::float8 AS oldest_s
    FROM pgqueuer GROUP BY entrypoint ORDER BY entrypoint
"""
_BEAT = f"""
    SELECT count(*) FILTER (WHERE beat_at > now() - interval '{WORKER_SILENT_S} seconds') AS workers,
           extract(epoch FROM now() - max(beat_at))::float8 AS beat_age_s
    FROM worker
"""
_TRIED = """
    SELECT id, entrypoint AS name, status::text AS status, attempts, coalesce((headers->>'waits')::int, 0) AS waits,
           created AS created_at, execute_after AS due_at, coalesce(convert_from(payload, 'UTF8'), '') AS payload,
           coalesce(headers->>'error', '') AS error
    FROM pgqueuer
    WHERE status = 'failed' OR (status = 'queued' AND headers ? 'error')
    ORDER BY status = 'failed' DESC, id LIMIT $1
"""


async def get_state(connection: asyncpg.Connection | None = None) -> QueueState:
    """How many wait, run and are held, by name, and when a worker last gave a sign of life."""
    if connection is None:
        async with db.connection() as own:
            return await get_state(own)
    names = [NameState(**dict(row)) for row in await connection.fetch(_STATE)]
    beat = await connection.fetchrow(_BEAT)
    assert beat is not None
    return QueueState(names=names, workers=beat["workers"], beat_age_s=beat["beat_age_s"])


async def list_tried(limit: int = 100) -> list[JobView]:
    """Jobs in trouble: the held first, then those that failed and will be tried again; the oldest first."""
    return [JobView(**dict(row)) for row in await db.fetch(_TRIED, limit)]
