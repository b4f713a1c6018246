"""The jobs of webhooks out: send what waits for an endpoint; look each minute for what could not go before."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from backend.intake.outgoing import retention
from backend.intake.outgoing.announcing import SEND_JOB
from backend.jobs import queue
from backend.jobs.runner import Handler, Timed


def enqueued(now: Callable[[], datetime]) -> dict[str, Handler]:
    """By name. The argument is the number of an endpoint; HTTP is loaded with the first job."""

    async def send(endpoint_id: Any) -> None:
        from backend.intake.outgoing import sending

        number = msgspec.convert(endpoint_id, int)
        await queue.give_up(f"{SEND_JOB}:{number}")
        await sending.send(number, now)

    return {SEND_JOB: send}


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    async def send_due() -> None:
        """One job for each endpoint: one that is away holds up no other."""
        for endpoint_id in await retention.list_due(now()):
            await queue.enqueue(SEND_JOB, endpoint_id, dedupe_key=f"{SEND_JOB}:{endpoint_id}")

    async def prune() -> None:
        await retention.prune(now())

    return {
        "intake.send_due_webhooks": Timed("* * * * * */10", send_due),
        "intake.prune_webhooks": Timed("37 18 * * *", prune),
    }
