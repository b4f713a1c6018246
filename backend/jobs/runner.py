"""Run the jobs of the queue and those of the clock, in the worker; and drain the queue once, for tests.

Each has a connection of its own and makes a new one when it dies, so that a restart of the database costs a pause, and
a long timed job keeps no other job waiting.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import asyncpg
from pgqueuer import AsyncpgDriver, Queries, SchedulerManager
from pgqueuer.models import Schedule

from backend import logs
from backend.jobs.consumer import Consumer, Handler

log = logs.get_logger()

Loop = Callable[[asyncpg.Connection, asyncio.Event], Awaitable[None]]
"""Works over a connection until the event is set. Raises what the connection raises; then it is called again."""
__all__ = ["LAZY_COMMITS", "Handler", "Timed", "drain", "run_for_ever"]
_PLACES = 8
_RECONNECT_PAUSE_S = 1.0
_TIMEOUT_S = 30
LAZY_COMMITS = {"synchronous_commit": "off"}
"""For every connection of the worker. What a crashed server forgets is the end of its log: a job's effects are never
kept less than the mark that it is done, so it runs again. Nobody who waits for an answer is promised anything here."""


@dataclass(frozen=True, slots=True)
class Timed:
    """A job that the clock starts: a cron expression in UTC, seconds as its sixth field if any, and the function."""

    cron: str
    run: Callable[[], Awaitable[None]]


async def run_for_ever(
    database_url: str,
    handlers: Mapping[str, Handler],
    timed: Mapping[str, Timed],
    stop: asyncio.Event,
    *,
    places: int = _PLACES,
    beside: Loop | None = None,
) -> None:
    """Run jobs until `stop` is set, `places` of them at once; reconnect when the database goes away.

    `beside`: another loop that gets a connection of its own, and a new one when that dies.
    """
    consumer = Consumer(handlers, places=places)
    loops: list[Loop] = [consumer.run, lambda connection, stop: _keep_time(connection, timed, stop)]
    async with asyncio.TaskGroup() as all_of_them:
        for loop in [*loops, beside] if beside else loops:
            all_of_them.create_task(_for_ever(database_url, stop, loop))


async def drain(database_url: str, handlers: Mapping[str, Handler], *, places: int = _PLACES) -> None:
    """Run every job that is due now, once, and return when none is left; a job that fails by itself is held."""
    async with _connected(database_url) as connection:
        consumer = Consumer(handlers, places=places, max_attempts=1)
        await consumer.run(connection, asyncio.Event(), until_empty=True)


async def _for_ever(database_url: str, stop: asyncio.Event, loop: Loop) -> None:
    while not stop.is_set():
        try:
            async with _connected(database_url) as connection:
                await loop(connection, stop)
        except Exception as error:
            log.error("queue_connection_lost", **logs.describe(error))
            await _pause(stop)


@asynccontextmanager
async def _connected(database_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(
        database_url, server_settings=LAZY_COMMITS, command_timeout=_TIMEOUT_S, timeout=_TIMEOUT_S
    )
    try:
        yield connection
    finally:
        with suppress(Exception):
            await connection.close(timeout=2)


async def _keep_time(connection: asyncpg.Connection, timed: Mapping[str, Timed], stop: asyncio.Event) -> None:
    scheduler = SchedulerManager(Queries(AsyncpgDriver(connection)))
    scheduler.shutdown = stop
    for name, entry in timed.items():
        scheduler.schedule(name, entry.cron, clean_old=False)(_tick(name, entry))
    await scheduler.run()


def _tick(name: str, entry: Timed) -> Callable[[Schedule], Awaitable[None]]:
    async def run(_: Schedule) -> None:
        try:
            await entry.run()
        except Exception as error:
            log.error("timed_job_failed", job=name, **logs.describe(error))

    return run


async def _pause(stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), _RECONNECT_PAUSE_S)
