"""What a handler asks for and the desk has not decided yet."""

from datetime import datetime

import msgspec

from backend import db

_PENDING = """
    SELECT r.kind, r.minutes, r.reason, r.asked_at, a.display_name AS asked_by
    FROM order_request r JOIN account a ON a.id = r.asked_by_id WHERE r.order_id = $1 AND r.decided_at IS NULL
"""


class PendingRequest(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    minutes: int | None
    """More minutes on the order's own clock; None for a suspension."""
    reason: str
    asked_at: datetime
    asked_by: str


async def find_pending_request(order_id: int) -> PendingRequest | None:
    """The request that waits for a decision, if one does."""
    row = await db.fetchrow(_PENDING, order_id)
    return msgspec.convert(dict(row), PendingRequest) if row else None
