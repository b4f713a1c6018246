"""What is sealed is destroyed when its term is over: answers after they were given, contacts after the end.

A draft that nobody started ends, for its contacts, when it would have.
"""

from datetime import datetime

from backend import db

_MOST = 5_000
_ANSWERS = """
    UPDATE campaign_record SET personal = NULL WHERE id IN (
        SELECT id FROM campaign_record WHERE personal IS NOT NULL AND erase_at <= $1 ORDER BY erase_at LIMIT $2)
    RETURNING id
"""
_CONTACTS = """
    UPDATE campaign_target g SET contact = NULL FROM campaign c
    WHERE c.id = g.campaign_id AND g.contact IS NOT NULL
      AND coalesce(c.ended_at, g.removed_at, CASE WHEN c.state = 'draft' THEN greatest(c.ends_at, g.added_at) END)
          + make_interval(days => c.personal_days) <= $1
    RETURNING g.id
"""


async def erase(now: datetime) -> int:
    """Returns of how many records and targets. Safe to repeat."""
    erased = len(await db.fetch(_CONTACTS, now))
    while True:
        some = len(await db.fetch(_ANSWERS, now, _MOST))
        erased += some
        if some < _MOST:
            return erased
