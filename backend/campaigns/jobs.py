"""What the clock starts for campaigns. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from backend.campaigns.records import erasing
from backend.campaigns.rounds import closing, opening
from backend.campaigns.targets import listing, placing
from backend.jobs.runner import Handler, Timed


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Cron in UTC: 18:45 is 02:45 in Shanghai."""

    async def follow_rounds() -> None:
        at = now()
        await closing.close_due(at)
        await closing.end_past(at)
        await opening.open_due(at)
        await closing.warn(at)

    async def erase_personal() -> None:
        await erasing.erase(now())

    return {
        "campaigns.follow_rounds": Timed("*/5 * * * *", follow_rounds),
        "campaigns.erase_personal": Timed("45 18 * * *", erase_personal),
    }


def enqueued(now: Callable[[], datetime]) -> dict[str, Handler]:
    """What is enqueued by name."""

    async def place_targets(campaign_id: Any) -> None:
        await placing.place_waiting(msgspec.convert(campaign_id, int), now())

    return {listing.PLACE_JOB: place_targets}
