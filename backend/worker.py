"""The worker: the same packages, with jobs and reactions instead of routes."""

import asyncio
import os
import signal
from datetime import timedelta

from backend import clock, db, logs, runtimes, sign_of_life, timetable, wiring
from backend.availability import is_passing
from backend.config import Settings
from backend.events.deliverer import Deliverer
from backend.events.waking import Waker
from backend.jobs import runner
from backend.jobs.runner import Handler
from push.gateways import switches
from push.sending.running import sending

log = logs.get_logger()

_NICE = 5
_POOL_SPARE = 3
"""Connections of the pool for what the clock starts and for the facts, besides one for each gateway that sends: so many
more than jobs that run at once."""


def handlers() -> dict[str, Handler]:
    """Every job that the worker knows."""
    return wiring.handlers(clock.now)


async def _start() -> None:
    """A database that is away now is asked again by the clock."""
    try:
        await timetable.at_start(clock.now())
    except Exception as error:
        if not is_passing(error):
            raise
        log.warning("start_put_off", **logs.describe(error))


def _keeping(settings: Settings) -> timetable.Keeping:
    return timetable.Keeping(
        photos=runtimes.retention(settings),
        fixes=runtimes.fixes_for(settings),
        job_log=timedelta(days=settings.job_log_days),
        messages=timedelta(days=settings.message_days),
        volunteers=timedelta(days=settings.volunteer_days),
        corrections=timedelta(days=settings.correction_days),
    )


async def work(settings: Settings) -> None:
    """Run jobs until SIGTERM or SIGINT. Whoever waits for a page goes first: the worker is nice to the web."""
    os.nice(_NICE)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(signal_number, stop.set)
    timed = timetable.timed(_keeping(settings), clock.now)
    pool = db.pool(1, settings.pool_max, session=runner.LAZY_COMMITS, is_patient=True)
    url, deliverer = settings.database_url, Deliverer(wiring.delivery())
    gateways = runtimes.gateways(settings)
    opened = runtimes.photos(settings), runtimes.wecom(settings), runtimes.payments(settings), runtimes.intake(settings)
    async with pool, opened[0], opened[1], opened[2], opened[3], Waker(url).running(), sign_of_life.given():
        await _start()
        places = max(1, settings.pool_max - _POOL_SPARE - len(gateways))
        await switches.switch(gateways)
        async with sending(gateways.values(), settings.base_url, clock.now, stop):
            await runner.run_for_ever(url, handlers(), timed, stop, places=places, beside=deliverer.run)
