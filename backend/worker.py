"""The worker's door: the same rooms, with jobs and reactions instead of routes."""

import asyncio
import signal

from backend import clock, db, wiring
from backend.config import Settings
from backend.events import delivery
from backend.jobs import runner
from backend.jobs.runner import Handler, Timed
from media import jobs as photo_jobs
from media import room as photo_room
from media.storage import s3_or_disk


def handlers() -> dict[str, Handler]:
    """Every job that the worker knows."""
    return delivery.handlers(wiring.REACTIONS, wiring.FUNCTIONS) | photo_jobs.JOBS


def timed() -> dict[str, Timed]:
    """Every job that the clock starts. Cron in UTC: 18:30 is 02:30 in Shanghai, when the street sleeps."""
    return {"media.keep_house": Timed("30 18 * * *", lambda: photo_jobs.keep_house(clock.now()))}


async def work(settings: Settings) -> None:
    """Run jobs until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, stop.set)
    photos = photo_room.opened(settings.media_dir, settings.secret, s3=s3_or_disk(*settings.s3_store))
    async with db.pool(1, settings.pool_max), photos:
        await runner.run_for_ever(settings.database_url, handlers(), timed(), stop)
