"""The worker's door: the same rooms, with jobs and reactions instead of routes."""

import asyncio
import os
import signal

from backend import clock, db, rooms, wiring
from backend.calendars import jobs as calendar_jobs
from backend.config import Settings
from backend.events import delivery
from backend.jobs import runner
from backend.jobs.runner import Handler

_NICE = 5
_POOL_SPARE = 2
"""Connections of the pool for what the clock starts: so many more than jobs that run at once."""


def handlers() -> dict[str, Handler]:
    """Every job that the worker knows."""
    return delivery.handlers(wiring.REACTIONS, wiring.FUNCTIONS) | wiring.jobs(clock.now)


async def work(settings: Settings) -> None:
    """Run jobs until SIGTERM or SIGINT. Whoever waits for a page goes first: the worker is nice to the web."""
    os.nice(_NICE)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, stop.set)
    timed = wiring.timed(rooms.retention(settings), rooms.fixes_for(settings), clock.now)
    async with db.pool(1, settings.pool_max, session=runner.LAZY_COMMITS), rooms.photos(settings):
        await calendar_jobs.warn_of_gap(clock.now())
        places = max(1, settings.pool_max - _POOL_SPARE)
        await runner.run_for_ever(settings.database_url, handlers(), timed, stop, places=places)
