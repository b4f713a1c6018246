"""What the clock starts for evaluation. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.evaluation.weekly import sending
from backend.jobs.runner import Timed


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Each half hour: what is due goes out once, by whichever worker looks first."""

    async def send_week() -> None:
        await sending.send_week(now())

    return {"evaluation.send_week": Timed("14,44 * * * *", send_week)}
