"""The clock. Entry points (app, worker, commands) read it and hand `now` down; nothing below them asks for the time."""

from datetime import UTC, datetime

EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)
"""What a clock of today can say: beyond it, calendars and zones run out of years."""


def is_sane(at: datetime) -> bool:
    """Whether an aware instant lies where every calendar of ours can follow."""
    return EARLIEST.year <= at.year < LATEST.year


def now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)
