"""What the clock starts: leases and windows end, and offers follow their orders. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.jobs.runner import Timed
from grab_orders.offers import expiring

EACH_FIVE_SECONDS = "* * * * * */5"
EACH_MINUTE = "* * * * *"


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Jobs that the clock starts, cron in UTC, the seconds at the end."""

    async def end_due() -> None:
        await expiring.expire_leases(now())
        await expiring.close_windows(now())

    async def follow_orders() -> None:
        await expiring.follow_orders(now())

    return {
        "grab_orders.end_due": Timed(EACH_FIVE_SECONDS, end_due),
        "grab_orders.follow_orders": Timed(EACH_MINUTE, follow_orders),
    }
