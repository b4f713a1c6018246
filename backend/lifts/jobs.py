"""What the clock starts for lifts. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.jobs.runner import Timed
from backend.lifts import overdue


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Jobs by name, cron in UTC: half past eight in Shanghai, when a maintenance company is at work."""

    async def look_at_days() -> None:
        await overdue.look_at_days(now())

    return {"lifts.look_at_days": Timed("30 0 * * *", look_at_days)}
