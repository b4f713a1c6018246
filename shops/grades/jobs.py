"""What the clock starts for grades. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.jobs.runner import Timed
from shops.grades import counting


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Cron in UTC: 19:10 is 03:10 in Shanghai."""

    async def count_grades() -> None:
        await counting.count_all(now())

    return {"shops.count_grades": Timed("10 19 * * *", count_grades)}
