"""What the clock starts for the public pages of shops. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.jobs.runner import Timed
from shops.public import checking


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Jobs by name, cron in UTC: every ten minutes those links whose time has come."""

    async def check_kitchen_links() -> None:
        await checking.check_links(now())

    return {"shops.check_kitchen_links": Timed("*/10 * * * *", check_kitchen_links)}
