"""The worker's door: the same rooms, with jobs and reactions instead of routes."""

import asyncio
import os
import signal
from datetime import timedelta

from backend import clock, db, logs, runtimes, sign_of_life, wiring
from backend.availability import is_passing
from backend.calendars import jobs as calendar_jobs
from backend.config import Settings
from backend.events import delivery
from backend.jobs import runner
from backend.jobs.runner import Handler

log = logs.get_logger()

_NICE = 5
_POOL_SPARE = 2
"""Connections of the pool for what the clock starts: so many more than jobs that run at once."""


def handlers() -> dict[str, Handler]:
    """Every job that the worker knows."""
    return delivery.handlers(wiring.REACTIONS, wiring.FUNCTIONS) | wiring.jobs(clock.now)


async def _warn_of_gap() -> None:
    """At the start, too; a database that is away now is asked again at night."""
    try:
        await calendar_jobs.warn_of_gap(clock.now())
    except Exception as error:
        if not is_passing(error):
            raise
        log.warning("gap_not_asked", **logs.describe(error))


async def work(settings: Settings) -> None:
    """Run jobs until SIGTERM or SIGINT. Whoever waits for a page goes first: the worker is nice to the web."""
    os.nice(_NICE)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, stop.set)
    kept = timedelta(days=settings.job_log_days)
    timed = wiring.timed(runtimes.retention(settings), runtimes.fixes_for(settings), kept, clock.now)
    pool = db.pool(1, settings.pool_max, session=runner.LAZY_COMMITS, is_patient=True)
    async with pool, runtimes.photos(settings), sign_of_life.given():
        await _warn_of_gap()
        places = max(1, settings.pool_max - _POOL_SPARE)
        await runner.run_for_ever(settings.database_url, handlers(), timed, stop, places=places)
