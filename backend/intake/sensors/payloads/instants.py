"""The instant at which something was measured: as the device says, unless its clock cannot be right."""

from datetime import UTC, datetime, timedelta

from backend.intake.sensors.payloads.errors import PayloadUnreadable

_AHEAD = timedelta(minutes=10)
"""A clock may be so far ahead of ours."""
_NO_CLOCK_YET = datetime(2020, 1, 1, tzinfo=UTC)
"""A device that has lost its clock counts from 1970, 1980 or 2000."""
_MILLISECONDS_FROM = 100_000_000_000
"""Larger numbers are milliseconds: as seconds they would be after the year 5000."""
_MOST = 253_402_300_799_000


def instant_of(said: datetime | float, now: datetime) -> datetime:
    """An aware instant, or seconds or milliseconds since 1970, in UTC; `now` where the device's clock is off.

    A message that comes late keeps its time: only a clock that is ahead, or that was never set, is not believed.
    """
    if not isinstance(said, datetime):
        said = _of_epoch(said)
    if said.tzinfo is None:
        raise PayloadUnreadable("an instant without an offset")
    return said if _NO_CLOCK_YET <= said <= now + _AHEAD else now


def _of_epoch(number: float) -> datetime:
    if not 0 <= number <= _MOST:
        raise PayloadUnreadable("an instant out of range")
    return datetime.fromtimestamp(number / 1000 if number >= _MILLISECONDS_FROM else number, UTC)
