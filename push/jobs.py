"""What the queue and the clock start in push. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec

from backend.jobs.runner import Handler
from push import retention
from push.gateways.wechat.callbacks import handling, inbox


def enqueued(now: Callable[[], datetime]) -> dict[str, Handler]:
    """Jobs by name."""

    async def handle_wechat_callback(callback_id: Any) -> None:
        await handling.handle(msgspec.convert(callback_id, int), now())

    return {inbox.JOB: handle_wechat_callback}


async def prune(messages_for: timedelta, now: datetime) -> None:
    """Nightly: digests of callbacks that nobody can repeat any more, and messages older than this."""
    await inbox.prune(now)
    await retention.prune(now - messages_for)
