"""What the clock starts for inspections. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.jobs.runner import Timed
from shops.inspections import overdue


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Jobs by name, cron in UTC."""

    async def escalate_overdue() -> None:
        await overdue.escalate_overdue(now())

    return {"inspections.escalate_overdue": Timed("*/10 * * * *", escalate_overdue)}
