"""How many minutes each stage has. Pure.

The item gives respond and resolve; an area's policy may replace any of the five. Where neither says, arrive is half-way
from respond to the next limit (made-safe if there is one, else resolve) but at most one working day after respond, and
verify goes by the clock. A red or orange warning that is on when a stage begins halves its minutes.
"""

import msgspec

from backend.items.structs import Clock
from backend.orders.deadlines.stages import Stage

_ARRIVE_WITHIN_MIN = 480
_VERIFY_MIN = {Clock.ALWAYS: 60, Clock.SERVICE: 240, Clock.WORK: 480}


class StageLimits(msgspec.Struct, frozen=True, kw_only=True):
    """Minutes by stage; None where a stage has no limit."""

    respond_min: int
    resolve_min: int
    arrive_min: int | None = None
    safe_min: int | None = None
    verify_min: int | None = None

    def of(self, stage: Stage) -> int | None:
        return getattr(self, f"{stage}_min")


def completed(limits: StageLimits, clock: Clock, *, has_arrival: bool) -> StageLimits:
    """Fill in what neither the item nor a policy says. Only an item with a check-in has an arrival."""
    arrive = limits.arrive_min
    if arrive is None:
        within = max(0, (limits.safe_min or limits.resolve_min) - limits.respond_min)
        arrive = limits.respond_min + min((within + 1) // 2, _ARRIVE_WITHIN_MIN)
    return msgspec.structs.replace(
        limits,
        arrive_min=arrive if has_arrival else None,
        verify_min=limits.verify_min or _VERIFY_MIN[clock],
    )


def halved(minutes: int) -> int:
    """Half of it, never less than a minute."""
    return max(1, (minutes + 1) // 2)
