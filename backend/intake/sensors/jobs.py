"""What the clock starts for sensors, and what reactions enqueue. The callers hand in the time."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from backend.intake.sensors import filing, retention, silence, unknown, watching
from backend.jobs.runner import Handler, Timed

_EACH_MINUTE = "* * * * *"


def enqueued(now: Callable[[], datetime]) -> dict[str, Handler]:
    """Jobs by name."""

    async def file_folds(payload: Any) -> None:
        msgspec.convert(payload, None)
        await filing.run(now())

    return {filing.JOB: file_folds}


def timed(now: Callable[[], datetime]) -> dict[str, Timed]:
    """Cron in UTC: 18:45 is 02:45 in Shanghai. What waits to be filed is looked for each minute, whatever was lost."""

    async def file_waiting() -> None:
        await filing.file_waiting(now())

    async def find_silent() -> None:
        await silence.find_silent(now())

    async def look_at_watches() -> None:
        await watching.look(now())

    async def prune() -> None:
        await unknown.prune(now())
        await retention.empty(now())

    return {
        "sensors.file_waiting": Timed(_EACH_MINUTE, file_waiting),
        "sensors.find_silent": Timed(_EACH_MINUTE, find_silent),
        "sensors.look_at_watches": Timed("*/5 * * * *", look_at_watches),
        "sensors.prune": Timed("45 18 * * *", prune),
    }
