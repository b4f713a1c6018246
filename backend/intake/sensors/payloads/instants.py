"""The instant at which something was measured, as a message says it; who takes it judges the clock."""

from datetime import UTC, datetime

from backend.intake.sensors.payloads.errors import PayloadUnreadable

_MILLISECONDS_FROM = 100_000_000_000
"""Larger numbers are milliseconds: as seconds they would be after the year 5000."""
_MOST = 253_402_300_799_000


def instant_of(said: datetime | float) -> datetime:
    """An aware instant as it is, or seconds or milliseconds since 1970, in UTC. Raises PayloadUnreadable."""
    if isinstance(said, datetime):
        return said
    if not 0 <= said <= _MOST:
        raise PayloadUnreadable("an instant out of range")
    return datetime.fromtimestamp(said / 1000 if said >= _MILLISECONDS_FROM else said, UTC)
