"""Put jobs into the queue, on the caller's connection and so inside its transaction."""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from backend import db

ENQUEUE = """
    WITH input AS MATERIALIZED (
        SELECT nextval((SELECT pg_get_serial_sequence('pgqueuer', 'id'))) AS id,
               priority, entrypoint, payload, execute_after, dedupe_key, headers, ord
        FROM UNNEST($1::int[], $2::text[], $3::bytea[], $4::interval[], $5::text[], $6::jsonb[]) WITH ORDINALITY
             AS t(priority, entrypoint, payload, execute_after, dedupe_key, headers, ord)
    ),
    inserted AS (
        INSERT INTO pgqueuer AS job (id, priority, entrypoint, payload, execute_after, dedupe_key, headers, status)
        SELECT id, priority, entrypoint, payload, execute_after + NOW(), dedupe_key, headers, 'queued' FROM input
        ON CONFLICT (dedupe_key)
           WHERE ((status = ANY (ARRAY['queued'::pgqueuer_status, 'picked'::pgqueuer_status]))
                  AND (dedupe_key IS NOT NULL))
        DO NOTHING
        RETURNING id, entrypoint, priority, dedupe_key
    ),
    logged AS (
        INSERT INTO pgqueuer_log (job_id, status, entrypoint, priority)
        SELECT id, 'queued', entrypoint, priority FROM inserted WHERE id IN (SELECT id FROM input)
    )
    SELECT i.ord AS ord, ins.id AS id FROM inserted ins JOIN input i ON i.id = ins.id ORDER BY i.ord
"""
"""The statement of the queue's library (a test compares them): the library itself takes 15 MB of each web process."""

_GIVE_UP = "UPDATE pgqueuer SET dedupe_key = NULL WHERE dedupe_key = $1 AND status = 'picked'"

_REQUEUE = """
    UPDATE pgqueuer
    SET status = 'queued', attempts = 0, execute_after = now(), updated = now(), dedupe_key = NULL,
        headers = headers - 'deaths'
    WHERE (status = 'failed' OR (status = 'queued' AND headers ? 'error'))
      AND ($1::bigint[] IS NULL OR id = ANY($1)) AND ($2::text IS NULL OR entrypoint = $2)
    RETURNING id
"""
"""Without its key, as another job may wait under it by now: running twice is every job's duty."""


_PRUNE = """
    DELETE FROM pgqueuer_log WHERE id IN (
        SELECT id FROM pgqueuer_log WHERE created < $1 ORDER BY created LIMIT $2)
"""
_PRUNE_AT_ONCE = 10_000
_VACUUM_SOONER = """
    ALTER TABLE pgqueuer_log
    SET (autovacuum_vacuum_scale_factor = 0.1, autovacuum_vacuum_threshold = 10000)
"""
"""The library expects a log that only grows; ours is pruned, and its space is to be used again."""


async def enqueue(
    name: str, payload: Any, *, after: timedelta | None = None, dedupe_key: str | None = None, priority: int = 0
) -> None:
    """Enqueue one job. With a dedupe key, a job that waits or runs under the same key stands for it.

    A job that must not stand for what comes while it runs gives its key up first, see `give_up`.
    """
    await enqueue_many(name, [payload], after=after, dedupe_keys=[dedupe_key], priority=priority)


async def enqueue_many(
    name: str,
    payloads: list[Any],
    *,
    after: timedelta | None = None,
    dedupe_keys: list[str | None] | None = None,
    priority: int = 0,
) -> None:
    """Enqueue jobs of one name in one statement."""
    count = len(payloads)
    await db.execute(
        ENQUEUE,
        [priority] * count,
        [name] * count,
        [msgspec.json.encode(payload) for payload in payloads],
        [after or timedelta(0)] * count,
        dedupe_keys or [None] * count,
        ["{}"] * count,
    )


async def give_up(dedupe_key: str) -> None:
    """Let the next job under this key wait its own turn, though one runs. Not within the transaction of its work."""
    await db.execute(_GIVE_UP, dedupe_key)


async def requeue(ids: list[int] | None = None, name: str | None = None) -> int:
    """Let held jobs, and those that wait for another try, run now: these, or all of a name, or all. Says how many."""
    return len(await db.fetch(_REQUEUE, ids, name))


async def prune_log(before: datetime) -> int:
    """Drop what the queue noted of its jobs before an instant, a piece at a time. Says how many lines went."""
    pruned = 0
    while True:
        deleted = int((await db.execute(_PRUNE, before, _PRUNE_AT_ONCE)).split()[-1])
        pruned += deleted
        if deleted < _PRUNE_AT_ONCE:
            return pruned


async def install() -> None:
    """Create the queue's tables, or bring them up to the library's version. Safe to repeat."""
    from pgqueuer.queries import Queries  # 15 MB that only the worker and migrations use

    async with db.connection() as connection:
        queries = Queries.from_asyncpg_connection(connection)
        if await queries.schema_is_installed():
            await queries.upgrade()
        else:
            await queries.install()
        await connection.execute(_VACUUM_SOONER)
