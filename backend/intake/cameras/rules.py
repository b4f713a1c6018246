"""Pure questions about events of cameras: the same one again, what follows, and how far a camera is believed."""

from datetime import datetime, timedelta

import msgspec

from backend.intake.cameras.kinds import CameraEventKind
from backend.intake.cameras.structs import CameraState, Fate

STALE_AFTER = timedelta(hours=24)
"""What was seen longer ago is no news any more."""
CLOCK_AHEAD = timedelta(minutes=2)
WEIGHT_MIN = 0.5
"""Below it nothing becomes an order by itself."""
_TRUST = 2
"""As if it had been right so often before: one mistake of a new camera does not silence it."""
LEVELS = (0, 50)
"""Percent of how long it may stay at which the next level of staff is notified; at 100 it is an order with a ladder."""


class EventStanding(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it stands, with the present detection in it."""

    first_at: datetime
    last_at: datetime
    fate: Fate | None = None
    """None: it began with this detection."""
    notified_percent: int | None = None


class Next(msgspec.Struct, frozen=True, kw_only=True):
    """What follows. `level`: the percent of the ladder to notify now, None where nobody new is notified."""

    fate: Fate
    level: int | None = None


def weight_of(right_count: int, wrong_count: int) -> float:
    """How far a camera is believed, 0 to 1: the share of its judged events that were right, with some trust ahead."""
    return (right_count + _TRUST) / (right_count + wrong_count + _TRUST)


def instant_of(said: datetime | None, received_at: datetime) -> datetime | None:
    """When it was seen: by the camera's clock where that can be right. None: too long ago."""
    if said is None or said > received_at + CLOCK_AHEAD:
        return received_at
    return said if said >= received_at - STALE_AFTER else None


def is_same(first_at: datetime, last_at: datetime, at: datetime, window_min: int) -> bool:
    """Whether what was seen then is part of an event: within the window of what was seen before or after it."""
    window = timedelta(minutes=window_min)
    return first_at - window <= at <= last_at + window


def next_of(
    standing: EventStanding, kind: CameraEventKind, state: CameraState, weight: float, *, is_over: bool = False
) -> Next:
    """What follows from one more detection. What was filed stays so."""
    if standing.fate is Fate.FILED:
        return Next(fate=Fate.FILED)
    if is_over:
        return Next(fate=Fate.OVER)
    if state is not CameraState.IN_USE:
        return Next(fate=Fate.HELD)
    if weight < WEIGHT_MIN:
        return Next(fate=Fate.WATCHED)
    if not kind.stays_min:
        return Next(fate=Fate.FILED)
    stayed_min = (standing.last_at - standing.first_at) / timedelta(minutes=1)
    if stayed_min >= kind.stays_min:
        return Next(fate=Fate.FILED)
    reached = max(level for level in LEVELS if level <= 100 * stayed_min / kind.stays_min)
    is_new = standing.notified_percent is None or reached > standing.notified_percent
    return Next(fate=Fate.NOTIFIED, level=reached if is_new else None)
