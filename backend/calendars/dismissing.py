"""Put a notice of the desk away: whoever did so is told again when it is about something else."""

import re
from datetime import datetime, timedelta

from backend import db
from backend.calendars.errors import NoticeUnknown

_KEY = re.compile(r"(gap|red|orange)-[0-9T]{4,15}")
_KEEP_FOR = timedelta(days=400)
_DISMISS = """
    INSERT INTO dismissed_notice (account_id, notice, dismissed_at) VALUES ($1, $2, $3)
    ON CONFLICT (account_id, notice) DO NOTHING
"""
_FORGET = "DELETE FROM dismissed_notice WHERE account_id = $1 AND dismissed_at < $2"


async def dismiss(account_id: int, key: str, now: datetime) -> None:
    """Show this person the notice of this key no more. Safe to repeat. Raises NoticeUnknown."""
    if not _KEY.fullmatch(key):
        raise NoticeUnknown
    async with db.transaction():
        await db.execute(_FORGET, account_id, now - _KEEP_FOR)
        await db.execute(_DISMISS, account_id, key, now)
