"""The worker's door: the same rooms, with jobs and reactions instead of routes."""

import asyncio
import os
import signal

from backend import clock, db, rooms, wiring
from backend.calendars import jobs as calendar_jobs
from backend.config import Settings
from backend.duty import jobs as duty_jobs
from backend.events import delivery
from backend.jobs import runner
from backend.jobs.runner import Handler, Timed
from backend.orders import jobs as order_jobs
from media import jobs as photo_jobs

_NICE = 5


def handlers() -> dict[str, Handler]:
    """Every job that the worker knows."""
    return delivery.handlers(wiring.REACTIONS, wiring.FUNCTIONS) | photo_jobs.JOBS | order_jobs.enqueued(clock.now)


def timed(settings: Settings) -> dict[str, Timed]:
    """Every job that the clock starts. Cron in UTC: 18:30 is 02:30 in Shanghai, when the street sleeps."""
    retention = rooms.retention(settings)
    return {
        "media.keep_house": Timed("30 18 * * *", lambda: photo_jobs.keep_house(retention, clock.now())),
        "calendars.warn_of_gap": Timed("40 18 * * *", lambda: calendar_jobs.warn_of_gap(clock.now())),
        **duty_jobs.timed(clock.now),
        **order_jobs.timed(clock.now),
    }


async def work(settings: Settings) -> None:
    """Run jobs until SIGTERM or SIGINT. Whoever waits for a page goes first: the worker is nice to the web."""
    os.nice(_NICE)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, stop.set)
    async with db.pool(1, settings.pool_max, session=runner.LAZY_COMMITS), rooms.photos(settings):
        await calendar_jobs.warn_of_gap(clock.now())
        await runner.run_for_ever(settings.database_url, handlers(), timed(settings), stop)
