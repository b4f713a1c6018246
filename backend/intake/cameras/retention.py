"""What cameras told long ago: numbers of messages that nobody repeats any more, events of which nothing became."""

from datetime import datetime, timedelta

from backend import db

STORED_FOR = timedelta(days=90)
_MESSAGES = "DELETE FROM camera_detection WHERE received_at < $1"
_EVENTS = """
    DELETE FROM camera_event e WHERE e.last_at < $1 AND e.record_id IS NULL
      AND NOT EXISTS (SELECT FROM camera_detection d WHERE d.event_id = e.id)
"""
_REGISTRATIONS = "DELETE FROM viid_registration WHERE until < $1"


async def prune(now: datetime) -> None:
    """Remove them, and registrations that ended by themselves. Counts of right and wrong stay with the camera."""
    await db.execute(_MESSAGES, now - STORED_FOR)
    await db.execute(_EVENTS, now - STORED_FOR)
    await db.execute(_REGISTRATIONS, now)
