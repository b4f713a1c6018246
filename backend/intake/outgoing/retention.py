"""For which endpoints something may go now, and what was sent long ago and is removed."""

from datetime import datetime, timedelta

from backend import db

STORED_FOR = timedelta(days=30)
_DUE = """
    SELECT e.id FROM webhook_endpoint e
    WHERE e.is_on AND (e.next_at IS NULL OR e.next_at <= $1) AND (e.leased_until IS NULL OR e.leased_until < $1)
      AND EXISTS (SELECT FROM webhook_delivery d
                  WHERE d.endpoint_id = e.id AND d.state = 'waiting' AND d.next_at <= $1)
"""
_PRUNE = "DELETE FROM webhook_delivery WHERE state <> 'waiting' AND ended_at < $1 RETURNING id"


async def list_due(now: datetime) -> list[int]:
    """The endpoints for which something waits that may be sent now."""
    return [row["id"] for row in await db.fetch(_DUE, now)]


async def prune(now: datetime) -> int:
    """Remove what was delivered or given up a month ago. Returns how many."""
    return len(await db.fetch(_PRUNE, now - STORED_FOR))
