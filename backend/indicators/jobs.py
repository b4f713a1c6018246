"""What the clock starts for indicators. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.indicators.counting import increments, recount
from backend.jobs.runner import Timed


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Cron in UTC, with seconds at the end: noted orders every five seconds; 19:20 is 03:20 in Shanghai."""

    async def count_touched() -> None:
        await increments.count_touched()

    async def recount_all() -> None:
        await recount.recount(now())

    return {
        "indicators.count": Timed("* * * * * */5", count_touched),
        "indicators.recount": Timed("20 19 * * *", recount_all),
    }
