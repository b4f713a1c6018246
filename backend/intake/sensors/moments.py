"""When a reading counts as measured: devices' clocks stand still, start in 1970, or run ahead. Pure."""

from datetime import UTC, datetime, timedelta

TAKEN_FOR = timedelta(days=30)
"""What was measured longer ago is refused. Repeats are recognised for a day more."""
RECOGNISED_FOR = TAKEN_FOR + timedelta(days=1)
_AHEAD = timedelta(minutes=5)
_NEVER_SET = datetime(2015, 1, 1, tzinfo=UTC)
"""Before that there were no such networks: a clock that says so was never set."""


def moment_of(measured_at: datetime, now: datetime) -> datetime | None:
    """The instant that counts; None for what is too old.

    A clock that was never set, or runs ahead, loses no alarm: then the arrival counts.
    """
    if measured_at < _NEVER_SET or measured_at > now + _AHEAD:
        return now
    return None if measured_at < now - TAKEN_FOR else measured_at
