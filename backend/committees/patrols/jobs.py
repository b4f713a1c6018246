"""What the clock starts: the tasks of the day, and the end of the day before. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.calendars.rules import shanghai_date
from backend.committees.patrols import closing, generating
from backend.jobs.runner import Timed

EACH_HOUR, AFTER_THAT = "2 * * * *", "4 * * * *"
"""The first after the time in Shanghai does the work; a worker that was away then does it an hour later."""


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Jobs that the clock starts, cron in UTC."""

    async def generate() -> None:
        await generating.generate(shanghai_date(now()))

    async def close_past() -> None:
        await closing.close_past(now())

    return {
        "patrols.generate": Timed(EACH_HOUR, generate),
        "patrols.close_past": Timed(AFTER_THAT, close_past),
    }
