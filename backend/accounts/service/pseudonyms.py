"""An account by which something is filed in somebody's place, or for a system: without session, nobody signs in."""

from datetime import datetime

from backend import db

_ADD = "INSERT INTO account (kind, display_name, created_at) VALUES ('device', $1, $2) RETURNING id"


async def add_pseudonym(now: datetime, name: str = "") -> int:
    """Returns its id. Within the transaction of whoever keeps who or what stands behind it."""
    return await db.fetchval(_ADD, name, now)
