"""Take jobs out of the queue and run them, in the worker; and drain the queue once, for tests.

The library's worker ends when its connection dies; `run_for_ever` makes a new one, so a database restart costs a pause.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import asyncpg
import msgspec
from pgqueuer import AsyncpgDriver, PgQueuer
from pgqueuer.core.executors import DatabaseRetryEntrypointExecutor, EntrypointExecutorParameters
from pgqueuer.domain.types import QueueExecutionMode
from pgqueuer.models import Job, Schedule

from backend import logs

log = logs.get_logger()

Handler = Callable[[Any], Awaitable[None]]
_MAX_ATTEMPTS = 8
_BATCH = 50
_HEARTBEAT = timedelta(seconds=10)
_RECONNECT_PAUSE_S = 1.0
LAZY_COMMITS = {"synchronous_commit": "off"}
"""For every connection of the worker. What a crashed server forgets is the end of its log: a job's effects are never
kept less than the mark that it is done, so it runs again. Nobody who waits for an answer is promised anything here."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A job that the clock starts: a five-field cron expression in UTC and the function."""

    cron: str
    run: Callable[[], Awaitable[None]]


async def run_for_ever(
    database_url: str, handlers: Mapping[str, Handler], timed: Mapping[str, Timed], stop: asyncio.Event
) -> None:
    """Run jobs until `stop` is set; reconnect when the database goes away."""
    while not stop.is_set():
        try:
            connection = await asyncpg.connect(database_url, server_settings=LAZY_COMMITS)
        except (OSError, asyncpg.PostgresError) as error:
            log.warning("queue_connection_failed", error=type(error).__name__)
            await _pause(stop)
            continue
        try:
            await _run_until(_build(connection, handlers, timed), stop)
        except Exception:
            log.exception("queue_worker_stopped")
            await _pause(stop)
        finally:
            with suppress(Exception):
                await connection.close(timeout=2)


async def drain(database_url: str, handlers: Mapping[str, Handler]) -> None:
    """Run every job that is due now, once, and return when none is left; what fails is held."""
    connection = await asyncpg.connect(database_url)
    try:
        queuer = _build(connection, handlers, {}, max_attempts=0)
        await queuer.qm.run(batch_size=_BATCH, dequeue_timeout=timedelta(seconds=0.1), mode=QueueExecutionMode.drain)
    finally:
        await connection.close()


async def _run_until(queuer: PgQueuer, stop: asyncio.Event) -> None:
    running = asyncio.create_task(
        queuer.run(
            batch_size=_BATCH,
            dequeue_timeout=timedelta(seconds=5),
            heartbeat_timeout=_HEARTBEAT,
            shutdown_on_listener_failure=True,
        )
    )
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    queuer.shutdown.set()
    stopping.cancel()
    await running


def _build(
    connection: asyncpg.Connection,
    handlers: Mapping[str, Handler],
    timed: Mapping[str, Timed],
    max_attempts: int = _MAX_ATTEMPTS,
) -> PgQueuer:
    queuer = PgQueuer(AsyncpgDriver(connection))
    for name, handler in handlers.items():
        queuer.entrypoint(name, executor_factory=partial(_with_retries, max_attempts), on_failure="hold")(
            _job(name, handler)
        )
    for name, entry in timed.items():
        queuer.schedule(name, entry.cron)(_tick(name, entry))
    return queuer


def _with_retries(max_attempts: int, parameters: EntrypointExecutorParameters) -> DatabaseRetryEntrypointExecutor:
    return DatabaseRetryEntrypointExecutor(
        parameters=parameters, max_attempts=max_attempts, initial_delay=timedelta(milliseconds=500)
    )


def _job(name: str, handler: Handler) -> Callable[[Job], Awaitable[None]]:
    async def run(job: Job) -> None:
        try:
            await handler(msgspec.json.decode(job.payload or b"null"))
        except Exception:
            log.exception("job_failed", job=name, attempts=job.attempts)
            raise

    return run


def _tick(name: str, entry: Timed) -> Callable[[Schedule], Awaitable[None]]:
    async def run(_: Schedule) -> None:
        try:
            await entry.run()
        except Exception:
            log.exception("timed_job_failed", job=name)

    return run


async def _pause(stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), _RECONNECT_PAUSE_S)
