"""A message counts when a person has seen it: opened it, or acted on its order. Nothing more is sent for it then."""

from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.errors import NotFound
from backend.events.facts import Recorded, reread
from backend.orders.model.events import OrderFact

_END = """
    UPDATE message_delivery d SET state = 'seen', next_at = NULL, claimed_until = NULL, ended_at = now()
     WHERE d.message_id IN (SELECT id FROM seen) AND d.state IN ('queued', 'sent', 'delivered')
"""
_READ = f"""
    WITH seen AS (
        UPDATE message SET read_at = coalesce(read_at, $3) WHERE id = $1 AND account_id = $2
        RETURNING id, coalesce(nullif(path, ''), '/o/' || order_id) AS leads_to
    ), ended AS ({_END})
    SELECT leads_to FROM seen
"""
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


async def mark_read(message_id: int, account_id: int, now: datetime) -> str:
    """Mark one's own message as read. Returns the page that it leads to. Raises NotFound."""
    async with db.transaction():
        leads_to = await db.fetchval(_READ, message_id, account_id, now)
        if leads_to is None:
            raise NotFound
        return leads_to


async def acknowledge(recorded: Sequence[Recorded]) -> None:
    """A reaction: whoever does something to an order has seen what was said to them about it until then."""
    acts = [(entry.subject_id, reread(entry, OrderFact).acted_by_id, entry.id) for entry in recorded]
    known = [act for act in acts if act[1] is not None]
    if known:
        await db.execute(_ACTED, *map(list, zip(*known, strict=True)))
