"""What the clock starts for public opinion. The callers hand in the time; numpy comes with the first job."""

from collections.abc import Callable
from datetime import datetime

from backend.jobs.runner import Timed


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Cron in UTC: 19:20 is 03:20 in Shanghai. Warnings are looked for every two hours."""

    async def count() -> None:
        from backend.public_opinion import counting

        await counting.count_pending(now())

    async def discover() -> None:
        from backend.public_opinion import counting, discovering, districts

        await discovering.discover(now())
        await counting.prune(now())
        await districts.add_up(now(), districts.ALL_WEEKS)

    async def add_up() -> None:
        from backend.public_opinion import districts

        await districts.add_up(now())

    async def warn() -> None:
        from backend.public_opinion import warning

        await warning.warn(now())

    async def replay() -> None:
        from backend.public_opinion import warning

        await warning.replay_past(now())

    return {
        "public_opinion.count": Timed("*/5 * * * *", count),
        "public_opinion.add_up": Timed("47 * * * *", add_up),
        "public_opinion.discover": Timed("20 19 * * *", discover),
        "public_opinion.warn": Timed("12 */2 * * *", warn),
        "public_opinion.replay": Timed("40 19 * * *", replay),
    }
