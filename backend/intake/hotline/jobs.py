"""What is enqueued and what the clock starts for hotline cases. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from backend.intake.hotline import endpoints, exchanges, near_deadlines
from backend.intake.runtime import current_runtime
from backend.jobs import queue
from backend.jobs.runner import Handler, Timed


def enqueued(now: Callable[[], datetime]) -> dict[str, Handler]:
    """Jobs by name."""

    async def send(payload: Any) -> None:
        from backend.intake.hotline import sending  # it speaks HTTP, which most workers never do

        source_id = msgspec.convert(payload, int)
        await queue.give_up(f"{exchanges.JOB}:{source_id}")
        await sending.send_due(source_id, current_runtime(), now)

    return {exchanges.JOB: send}


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Cron in UTC."""

    async def wake_backlog() -> None:
        for source_id in await endpoints.list_with_backlog():
            await queue.enqueue(exchanges.JOB, source_id, dedupe_key=f"{exchanges.JOB}:{source_id}")

    async def warn() -> None:
        await near_deadlines.warn(now())

    return {"hotline.wake_backlog": Timed("* * * * *", wake_backlog), "hotline.warn": Timed("*/5 * * * *", warn)}
