"""What the clock starts: forget where people were, and who waited. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.duty import service as duty
from backend.jobs.runner import Timed

EACH_HOUR = "7 * * * *"


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Jobs that the clock starts, cron in UTC."""

    async def forget_positions() -> None:
        await duty.forget_positions(now())

    async def forget_on_call() -> None:
        await duty.forget_ended(now())

    return {
        "duty.forget_on_call": Timed(EACH_HOUR, forget_on_call),
        "duty.forget_positions": Timed(EACH_HOUR, forget_positions),
    }
