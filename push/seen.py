"""A message counts when a person has seen it: opened it or its order, or acted on that. Then nothing is sent for it.

What somebody opens tells them of all that came before about the same order. Each verb is one statement, which takes the
messages in the order of their numbers: two phones of one person do the same at once.
"""

from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.emergencies.events import BroadcastAnswered
from backend.errors import NotFound
from backend.events.facts import Recorded, reread
from backend.orders.model.events import OrderFact

_END = """
    UPDATE message_delivery d SET state = 'seen', next_at = NULL, claimed_until = NULL, ended_at = now()
     WHERE d.message_id IN (SELECT id FROM seen) AND d.state IN ('queued', 'sent', 'delivered')
"""
_UP_TO_OPENED = """(m.id = $3 OR m.order_id = (SELECT order_id FROM opened)
                    AND m.event_id <= (SELECT event_id FROM opened))"""


def _read(unread: str) -> str:
    """The CTEs of messages (`m`) of $1 that are read as of $2, and of what need not be sent for them any more."""
    return f"""
    locked AS (SELECT m.id FROM message m WHERE m.account_id = $1 AND m.read_at IS NULL AND {unread}
                ORDER BY m.id FOR UPDATE),
    seen AS (UPDATE message m SET read_at = $2 FROM locked WHERE m.id = locked.id AND m.read_at IS NULL
             RETURNING m.id),
    ended AS ({_END})
    """


_OPEN = f"""
    WITH opened AS (SELECT id, order_id, event_id, path FROM message WHERE account_id = $1 AND id = $3),
    {_read(_UP_TO_OPENED)}
    SELECT coalesce(nullif(path, ''), '/o/' || order_id) FROM opened
"""
_OPEN_ORDER = f"WITH {_read('m.order_id = $3')} SELECT count(*) FROM seen"
_READ_ALL = f"WITH {_read('m.superseded_at IS NULL AND m.id <= $3')} SELECT count(*) FROM seen"
_ACTED = f"""
    WITH seen AS (
        UPDATE message m SET read_at = now()
          FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS act (order_id, account_id, event_id)
         WHERE m.order_id = act.order_id AND m.account_id = act.account_id AND m.event_id <= act.event_id
           AND m.read_at IS NULL
        RETURNING m.id
    )
    {_END}
"""


_OPENED_PAGES = f"""
    WITH seen AS (
        UPDATE message m SET read_at = now()
          FROM unnest($1::text[], $2::bigint[]) AS act (path, account_id)
         WHERE m.account_id = act.account_id AND m.path = act.path AND m.read_at IS NULL
        RETURNING m.id
    )
    {_END}
"""


async def mark_read(message_id: int, account_id: int, now: datetime) -> str:
    """Mark one's own message as read, and what came before about its order. Returns the page that it leads to.

    Raises NotFound.
    """
    async with db.transaction():
        leads_to = await db.fetchval(_OPEN, account_id, now, message_id)
        if leads_to is None:
            raise NotFound
        return leads_to


async def mark_order_read(order_id: int, account_id: int, now: datetime) -> None:
    """Somebody has opened an order: what they were told of it so far is read. Without messages about it, nothing is."""
    async with db.transaction():
        await db.fetchval(_OPEN_ORDER, account_id, now, order_id)


async def mark_all_read(account_id: int, up_to: int, now: datetime) -> None:
    """Mark all one's messages as read up to this number, the highest that was shown: what came since stays unread."""
    async with db.transaction():
        await db.fetchval(_READ_ALL, account_id, now, up_to)


async def acknowledge(recorded: Sequence[Recorded]) -> None:
    """A reaction: whoever does something to an order has seen what was said to them about it until then."""
    acts = [(entry.subject_id, reread(entry, OrderFact).acted_by_id, entry.id) for entry in recorded]
    known = [act for act in acts if act[1] is not None]
    if known:
        await db.execute(_ACTED, *map(list, zip(*known, strict=True)))


async def acknowledge_broadcasts(recorded: Sequence[Recorded]) -> None:
    """A reaction: whoever opens or answers a broadcast has seen what was said to them about it."""
    acts = [(f"/broadcasts/{entry.subject_id}", reread(entry, BroadcastAnswered).acted_by_id) for entry in recorded]
    await db.execute(_OPENED_PAGES, *map(list, zip(*acts, strict=True)))
