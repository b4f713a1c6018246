"""Two reporters are one person: the reports of the one are the other's from now on (账号合并)."""

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.errors import SessionEnded

# Where both reported one order, both reports stay; the later one is found by its key no more, but by the order.
_STAND_BESIDE = """
    UPDATE report r SET client_id = 'merged:' || r.id WHERE r.reporter_id = ANY($1::bigint[]) AND EXISTS (
        SELECT FROM report o WHERE o.reporter_id = ANY($1::bigint[]) AND o.order_id = r.order_id AND o.id < r.id)
"""
# Where both used a key, each for a report of its own, the one that comes over is found by it no more.
_MOVE = """
    UPDATE report r SET reporter_id = $2, client_id = CASE WHEN EXISTS (
        SELECT FROM report o WHERE o.reporter_id = $2 AND o.client_id = r.client_id)
        THEN 'merged:' || r.id ELSE r.client_id END
    WHERE r.reporter_id = $1
"""


async def require_unmerged(reporter_id: int) -> None:
    """For a report that was refused while its account went on as another one: it is sent again as that one.

    Raises SessionEnded.
    """
    if await accounts.find_survivor(reporter_id) != reporter_id:
        raise SessionEnded


async def merge_reporters(merged_id: int, survivor_id: int) -> None:
    """Within the transaction in which the one goes on as the other."""
    await db.execute(_STAND_BESIDE, [merged_id, survivor_id])
    await db.execute(_MOVE, merged_id, survivor_id)
