"""The worker's door: the same rooms, with jobs and reactions instead of routes."""

import asyncio
import signal

from backend import db, wiring
from backend.config import Settings
from backend.events import delivery
from backend.jobs import runner
from backend.jobs.runner import Handler


def handlers() -> dict[str, Handler]:
    """Every job that the worker knows."""
    return delivery.handlers(wiring.REACTIONS, wiring.FUNCTIONS)


async def work(settings: Settings) -> None:
    """Run jobs until SIGTERM or SIGINT."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wanted in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(wanted, stop.set)
    async with db.pool(1, settings.pool_max):
        await runner.run_for_ever(settings.database_url, handlers(), {}, stop)
