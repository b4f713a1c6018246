"""The jobs of Open311: send what waits for an endpoint, ask one what is new. HTTP is loaded with the first of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from backend.intake.open311.client import peers
from backend.intake.open311.client.sending_on import SEND_JOB
from backend.intake.runtime import current_runtime
from backend.jobs import queue
from backend.jobs.runner import Handler, Timed

FETCH_JOB = "intake.fetch_open311"


def enqueued(now: Callable[[], datetime]) -> dict[str, Handler]:
    """By name. Their argument is the number of a source; of one that was closed meanwhile, nothing is asked."""

    async def send(source_id: Any) -> None:
        from backend.intake.open311.client import sending

        number = msgspec.convert(source_id, int)
        if number in await peers.list_source_ids():
            await queue.give_up(f"{SEND_JOB}:{number}")
            await sending.send_waiting(number, current_runtime().base_url, now())

    async def fetch(source_id: Any) -> None:
        from backend.intake.open311.client import fetching

        number = msgspec.convert(source_id, int)
        if number in await peers.list_source_ids():
            await fetching.fetch(number, now())

    return {SEND_JOB: send, FETCH_JOB: fetch}


def timed() -> dict[str, Timed]:
    async def ask_endpoints() -> None:
        """One job for each endpoint: one that is away holds up no other."""
        for source_id in await peers.list_source_ids():
            await queue.enqueue(FETCH_JOB, source_id, dedupe_key=f"{FETCH_JOB}:{source_id}")

    return {"intake.ask_open311": Timed("*/2 * * * *", ask_endpoints)}
