"""The queue's tables as a worker uses them: claim jobs, say that they are still in hand, and write down how they ended.

Everything goes over one connection, one statement after the other. The library's own worker is not used, see
docs/decisions/0024; its tables, its claim and its enqueueing are.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import msgspec
from pgqueuer import AsyncpgDriver, Job
from pgqueuer.domain.settings import DBSettings
from pgqueuer.domain.types import JobId, QueueEntrypoint, QueueManagerId
from pgqueuer.ports.repository import EntrypointExecutionParameter
from pgqueuer.queries import Queries

from backend.jobs.retries import RetryDecision

HEARTBEAT = timedelta(seconds=10)
"""A job without a sign of life for so long is taken back by any worker. One value for all: the reader's decides, so a
worker with a shorter one would run what a healthy one has in hand."""
_NEVER = timedelta(days=36500)
"""The library itself takes no job back: it would not count how often a worker died over it."""
DEATHS_MAX = 3
"""So many workers may die with a job in hand; then it is held, for it may be what killed them."""
_UNLIMITED = EntrypointExecutionParameter(concurrency_limit=0)
_PUT_BACK = f"""
    UPDATE {DBSettings().queue_table} AS job
    SET status = (CASE WHEN given.after IS NULL THEN 'failed' ELSE 'queued' END)::{DBSettings().queue_status_type},
        execute_after = now() + coalesce(given.after, interval '0'), attempts = given.attempts,
        headers = coalesce(job.headers, '{{}}'::jsonb) || given.note, updated = now(), queue_manager_id = NULL
    FROM unnest($1::bigint[], $2::interval[], $3::int[], $4::jsonb[]) AS given (id, after, attempts, note)
    WHERE job.id = given.id AND job.status = 'picked'
"""
_TAKE_BACK = f"""
    WITH left_behind AS MATERIALIZED (
        SELECT id, coalesce((headers ->> 'deaths')::int, 0) + 1 AS deaths FROM {DBSettings().queue_table}
        WHERE status = 'picked' AND heartbeat < now() - $1::interval
        FOR UPDATE SKIP LOCKED
    ),
    counted AS (
        SELECT id, deaths, row_number() OVER (PARTITION BY deaths > 1 ORDER BY id) - 1 AS place FROM left_behind
    )
    UPDATE {DBSettings().queue_table} AS job
    SET status = (CASE WHEN deaths >= {DEATHS_MAX} THEN 'failed' ELSE 'queued' END)::{DBSettings().queue_status_type},
        execute_after = now() + CASE WHEN deaths > 1 THEN place * interval '5 seconds' ELSE interval '0' END,
        headers = coalesce(job.headers, '{{}}'::jsonb) || jsonb_build_object('deaths', deaths)
            || CASE WHEN deaths > 1 THEN jsonb_build_object('error', 'WorkerDied: ' || deaths || ' times over this job')
                    ELSE '{{}}'::jsonb END,
        updated = now(), queue_manager_id = NULL
    FROM counted WHERE job.id = counted.id
    RETURNING job.id, job.entrypoint, job.status::text AS status, deaths
"""
"""Those that were in hand when a worker died for the second time are run one after the other: the one to blame then
takes none of the others with it."""
_HOLD_UNKNOWN = f"""
    UPDATE {DBSettings().queue_table}
    SET status = 'failed', updated = now(),
        headers = coalesce(headers, '{{}}'::jsonb) || '{{"error": "UnknownJob: no worker has code for it"}}'::jsonb
    WHERE status = 'queued' AND entrypoint <> ALL($1::text[]) AND execute_after < now() - $2::interval
    RETURNING id, entrypoint
"""
_UNKNOWN_AFTER = timedelta(minutes=15)
"""While builds change, a job may be meant for a worker that is still to start."""


_BEAT = """
    INSERT INTO worker (id, places, running) VALUES ($1, $2, $3)
    ON CONFLICT (id) DO UPDATE SET beat_at = now(), running = excluded.running
"""
_FORGET_DEAD = "DELETE FROM worker WHERE beat_at < now() - interval '1 day'"
_FAREWELL = "DELETE FROM worker WHERE id = $1"


class Failed(msgspec.Struct, frozen=True):
    """A job that did not succeed, what becomes of it, and the words that an operator reads."""

    job: Job
    verdict: RetryDecision
    error: str


class Store:
    """One worker's view of the queue, over one connection at a time."""

    def __init__(self, connection: asyncpg.Connection, worker_id: QueueManagerId) -> None:
        self.queries = Queries(AsyncpgDriver(connection))
        self._worker_id = worker_id

    async def claim(self, names: Sequence[str], most: int) -> list[Job]:
        """The next jobs of these names that are due; they are this worker's from now on."""
        return await self.queries.dequeue(
            batch_size=most,
            entrypoints={QueueEntrypoint(name): _UNLIMITED for name in names},
            queue_manager_id=self._worker_id,
            global_concurrency_limit=None,
            heartbeat_timeout=_NEVER,
        )

    async def take_back(self) -> list[dict[str, Any]]:
        """Put back what dead workers had in hand, hold what several died over. Says id, entrypoint, status, deaths."""
        return await self.queries.driver.fetch(_TAKE_BACK, HEARTBEAT)

    async def hold_unknown(self, names: Sequence[str]) -> list[dict[str, Any]]:
        """Hold jobs of no name among these that nobody took for long. Says id, entrypoint."""
        return await self.queries.driver.fetch(_HOLD_UNKNOWN, list(names), _UNKNOWN_AFTER)

    async def until_next(self, names: Sequence[str]) -> timedelta | None:
        """How long until the next job of these names is due; None when none waits for its time."""
        return await self.queries.next_deferred_eta([QueueEntrypoint(name) for name in names])

    async def begin(self, ids: Sequence[JobId], places: int) -> None:
        """Sign in as a worker with so many places and these jobs in hand; forget those that died long ago."""
        await self.queries.driver.execute(_FORGET_DEAD)
        await self.beat(ids, places)

    async def beat(self, ids: Sequence[JobId], places: int) -> None:
        """Give a sign of life, for the worker and for the jobs that it has in hand."""
        if ids:
            await self.queries.update_heartbeat(list(ids))
        await self.queries.driver.execute(_BEAT, self._worker_id, places, len(ids))

    async def say_farewell(self) -> None:
        """The worker ends in good order."""
        await self.queries.driver.execute(_FAREWELL, self._worker_id)

    async def settle(self, succeeded: Sequence[Job], failed: Sequence[Failed]) -> None:
        """Take the succeeded out of the queue; put the failed back or hold them. Safe to repeat."""
        if succeeded:
            await self.queries.log_jobs([(job, "successful", None) for job in succeeded])
        if failed:
            await self.queries.driver.execute(
                _PUT_BACK,
                [each.job.id for each in failed],
                [each.verdict.after for each in failed],
                [each.verdict.attempts for each in failed],
                [_note(each) for each in failed],
            )


def new_worker_id() -> QueueManagerId:
    return QueueManagerId(uuid4())


def waits_of(job: Job) -> int:
    """How often the job was put off for something around it."""
    waits = (job.headers or {}).get("waits")
    return waits if isinstance(waits, int) else 0


def _note(failed: Failed) -> str:
    note = {"waits": failed.verdict.waits, "error": failed.error.replace("\0", "")}
    return msgspec.json.encode(note).decode()
