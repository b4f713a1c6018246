"""Raw messages are erased after the term of their source; that they came, and their prints, stay."""

from datetime import datetime

from backend import db

_MOST = 5000
_ERASE = """
    UPDATE intake_message SET body = NULL WHERE id IN (
        SELECT id FROM intake_message WHERE body IS NOT NULL AND erase_at <= $1 ORDER BY erase_at LIMIT $2)
    RETURNING id
"""
_CONTACTS = """
    UPDATE intake_record SET contact = NULL WHERE contact IS NOT NULL AND NOT EXISTS (
        SELECT FROM intake_message m WHERE m.record_id = intake_record.id AND m.body IS NOT NULL)
"""


async def erase(now: datetime) -> int:
    """Erase raw messages whose term is over, and contacts whose messages are all erased. Returns how many messages."""
    erased = 0
    while True:
        some = len(await db.fetch(_ERASE, now, _MOST))
        erased += some
        if some < _MOST:
            break
    await db.execute(_CONTACTS)
    return erased
