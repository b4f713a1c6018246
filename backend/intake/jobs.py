"""What the clock starts for intake, and its jobs by name. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime

from backend.intake.cameras import retention as cameras
from backend.intake.hotline import jobs as hotline
from backend.intake.open311 import jobs as open311
from backend.intake.outgoing import jobs as outgoing
from backend.intake.records import retention, webhooks
from backend.intake.sensors import jobs as sensors
from backend.jobs.runner import Handler, Timed


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Cron in UTC: 18:35 is 02:35 in Shanghai."""

    async def erase_messages() -> None:
        await retention.erase(now())

    async def prune_cameras() -> None:
        await cameras.prune(now())

    async def forget_webhooks() -> None:
        await webhooks.forget(now())

    of_parts = open311.timed() | outgoing.timed(now) | sensors.timed(now) | hotline.timed(now)
    return {
        "intake.erase_messages": Timed("35 18 * * *", erase_messages),
        "intake.forget_webhooks": Timed("36 18 * * *", forget_webhooks),
        "intake.prune_cameras": Timed("38 18 * * *", prune_cameras),
        **of_parts,
    }


def enqueued(now: Callable[[], datetime]) -> dict[str, Handler]:
    """What is enqueued by name; each part adds its own here."""
    return open311.enqueued(now) | outgoing.enqueued(now) | sensors.enqueued(now) | hotline.enqueued(now)
