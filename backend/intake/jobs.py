"""What the clock starts for intake. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.intake.records import retention
from backend.jobs.runner import Timed


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Cron in UTC: 18:35 is 02:35 in Shanghai."""

    async def erase_messages() -> None:
        await retention.erase(now())

    return {"intake.erase_messages": Timed("35 18 * * *", erase_messages)}
