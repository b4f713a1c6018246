"""What the clock starts for reports. The caller hands in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.jobs.runner import Timed
from backend.reports import place_summary
from backend.reports.call_back_numbers import retention


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Jobs that the clock starts, cron in UTC."""

    async def erase_numbers() -> None:
        await retention.erase(now())

    return {
        "reports.prune_summaries": Timed("23 * * * *", lambda: place_summary.prune(now())),
        "reports.erase_numbers": Timed("45 18 * * *", erase_numbers),
    }
