"""What the clock starts: the ladder of those who stay silent, and the warning of what nobody ends."""

from collections.abc import Callable
from datetime import datetime

from backend.emergencies import forgotten, ladder
from backend.jobs.runner import Timed

EACH_MINUTE, EACH_HOUR = "* * * * *", "9 * * * *"


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Jobs that the clock starts, cron in UTC."""

    async def escalate() -> None:
        await ladder.escalate(now())

    async def warn() -> None:
        await forgotten.warn(now())

    return {"emergencies.escalate": Timed(EACH_MINUTE, escalate), "emergencies.warn": Timed(EACH_HOUR, warn)}
