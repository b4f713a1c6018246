"""The trunk's jobs: those that are enqueued, and those that the clock starts. The doors hand in the time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from backend.jobs.runner import Handler, Timed
from backend.orders.service import handing_over, ladder, passing_on, recount
from backend.orders.service.recount import Recount

EACH_MINUTE = "* * * * *"


def enqueued(now: Callable[[], datetime]) -> dict[str, Handler]:
    """Jobs by name."""

    async def run_recount(payload: Any) -> None:
        await recount.run(msgspec.convert(payload, Recount), now())

    return {recount.JOB: run_recount}


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Jobs that the clock starts, cron in UTC."""

    async def climb_ladder() -> None:
        await ladder.climb(now())

    async def fall_unaccepted() -> None:
        await passing_on.fall_unaccepted(now())

    async def hand_over() -> None:
        await handing_over.hand_over(now())

    return {
        "orders.climb_ladder": Timed(EACH_MINUTE, climb_ladder),
        "orders.fall_unaccepted": Timed(EACH_MINUTE, fall_unaccepted),
        "orders.hand_over": Timed(EACH_MINUTE, hand_over),
    }
