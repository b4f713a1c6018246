"""The queue's tables as a worker uses them: claim jobs, say that they are still in hand, and write down how they ended.

Everything goes over one connection, one statement after the other. The library's own worker is not used, see
docs/decisions/0024; its tables, its claim and its enqueueing are.
"""

from collections.abc import Sequence
from datetime import timedelta
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
"""A job without a sign of life for so long is taken over by any worker: all of them must agree on it."""
_UNLIMITED = EntrypointExecutionParameter(concurrency_limit=0)
_PUT_BACK = f"""
    UPDATE {DBSettings().queue_table} AS job
    SET status = (CASE WHEN given.after IS NULL THEN 'failed' ELSE 'queued' END)::{DBSettings().queue_status_type},
        execute_after = now() + coalesce(given.after, interval '0'), attempts = given.attempts,
        headers = coalesce(job.headers, '{{}}'::jsonb) || given.note, updated = now(), queue_manager_id = NULL
    FROM unnest($1::bigint[], $2::interval[], $3::int[], $4::jsonb[]) AS given (id, after, attempts, note)
    WHERE job.id = given.id AND job.status = 'picked'
"""


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
        """The next jobs of these names, the due and the abandoned; they are this worker's from now on."""
        return await self.queries.dequeue(
            batch_size=most,
            entrypoints={QueueEntrypoint(name): _UNLIMITED for name in names},
            queue_manager_id=self._worker_id,
            global_concurrency_limit=None,
            heartbeat_timeout=HEARTBEAT,
        )

    async def until_next(self, names: Sequence[str]) -> timedelta | None:
        """How long until the next job of these names is due; None when none waits for its time."""
        return await self.queries.next_deferred_eta([QueueEntrypoint(name) for name in names])

    async def begin(self, places: int) -> None:
        """Sign in as a worker with so many places; forget those that died long ago."""
        await self.queries.driver.execute(_FORGET_DEAD)
        await self.beat([], places)

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
