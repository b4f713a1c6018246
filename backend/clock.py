"""The clock. Doors and the front hall read it and hand `now` down; nobody below the door asks for the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present instant, aware, UTC."""
    return datetime.now(UTC)
