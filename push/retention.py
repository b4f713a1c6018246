"""How long messages are kept: with their ways to phones they go together, oldest first, a few thousand at a time."""

from datetime import datetime

from backend import db

BATCH = 2000
# The oldest have the lowest numbers: nothing is read but what goes.
_PRUNE = """
    WITH oldest AS (SELECT id, created_at FROM message ORDER BY id LIMIT $2),
    gone AS (DELETE FROM message WHERE id IN (SELECT id FROM oldest WHERE created_at < $1) RETURNING id)
    SELECT count(*) FROM gone
"""


async def prune(before: datetime) -> int:
    """Delete what was written before this instant, each batch a transaction of its own. Returns how many."""
    gone = 0
    while deleted := await db.fetchval(_PRUNE, before, BATCH):
        gone += deleted
    return gone
