"""An account by which something is filed in somebody's place: without name or session; nobody signs in to it."""

from datetime import datetime

from backend import db

_ADD = "INSERT INTO account (kind, created_at) VALUES ('device', $1) RETURNING id"


async def add_pseudonym(now: datetime) -> int:
    """Returns its id. Within the transaction of whoever keeps who stands behind it."""
    return await db.fetchval(_ADD, now)
