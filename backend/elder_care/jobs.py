"""What the clock starts for elder care. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.elder_care import rounds
from backend.jobs.runner import Timed


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Jobs by name, cron in UTC: the rounds each hour, so that a worker that was away makes them an hour later."""

    async def make_rounds() -> None:
        await rounds.make_rounds(now())

    async def escalate_missed() -> None:
        await rounds.escalate_missed(now())

    async def forget() -> None:
        await rounds.forget(now())

    return {
        "elder_care.make_rounds": Timed("6 * * * *", make_rounds),
        "elder_care.escalate_missed": Timed("*/5 * * * *", escalate_missed),
        "elder_care.forget": Timed("25 18 * * *", forget),
    }
