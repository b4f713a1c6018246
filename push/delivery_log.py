"""Who was notified of an order, by which way, and whether they have seen it; and once more, on a person's word."""

from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.errors import Conflict, NotFound
from backend.structs import Read
from push.sending import waking

# Of a delivery `d` of a message `m`: whether a person may have it sent once more.
_MAY_RESEND = """
    (m.read_at IS NULL AND (d.state IN ('sent', 'delivered', 'failed', 'gave_up') OR d.next_at = 'infinity'))
"""
_LIST = f"""
    SELECT m.id, m.kind, m.title_zh, m.title_en, m.recipient, m.created_at, m.read_at, a.display_name AS person,
           coalesce((SELECT jsonb_agg(jsonb_build_object(
               'id', d.id, 'channel', d.channel, 'state', d.state, 'attempts', d.attempts, 'outcome', d.outcome,
               'code', d.code, 'next_at', CASE WHEN d.next_at < 'infinity' THEN d.next_at END, 'sent_at', d.sent_at,
               'stands_by', coalesce(d.next_at = 'infinity', false), 'resent_at', d.resent_at,
               'may_resend', coalesce({_MAY_RESEND}, false))
               ORDER BY d.stage, d.position, d.id) FROM message_delivery d WHERE d.message_id = m.id), '[]') AS ways
      FROM message m JOIN account a ON a.id = m.account_id
     WHERE m.order_id = $1 AND m.recipient <> 'reporter'
     ORDER BY m.event_id DESC, m.id DESC LIMIT 200
"""
_RESEND = f"""
    UPDATE message_delivery d
       SET state = 'queued', next_at = $3, claimed_until = NULL, attempts = 0, outcome = '', code = '', detail = '',
           carried_by_id = NULL, ended_at = NULL, resent_at = $3, resent_by_id = $4
      FROM message m
     WHERE d.id = $2 AND m.id = d.message_id AND m.order_id = $1 AND m.recipient <> 'reporter'
       AND {_MAY_RESEND}
    RETURNING true
"""
_IS_THERE = """
    SELECT EXISTS (SELECT FROM message_delivery d JOIN message m ON m.id = d.message_id
     WHERE d.id = $2 AND m.order_id = $1 AND m.recipient <> 'reporter')
"""


class NothingToResend(Conflict):
    """It is on its way, or was seen."""

    code = "nothing-to-resend"


class Way(Read, frozen=True, kw_only=True):
    """One way by which a message goes out. `stands_by`: only where another way fails."""

    id: int
    channel: str
    state: str
    attempts: int
    outcome: str
    """What the last attempt came to; empty before one."""
    code: str
    """The vendor's own code."""
    next_at: datetime | None
    sent_at: datetime | None
    stands_by: bool
    resent_at: datetime | None
    may_resend: bool


class Notified(Read, frozen=True, kw_only=True):
    """A message to one member of staff about the order. What reporters get is theirs alone."""

    id: int
    kind: str
    title_zh: str
    title_en: str
    recipient: str
    person: str
    created_at: datetime
    read_at: datetime | None
    ways: list[Way]


async def list_of_order(order_id: int) -> list[Notified]:
    """The messages to staff about an order, newest first, at most 200. The caller has asked whether it may be read."""
    return [_notified(row) for row in await db.fetch(_LIST, order_id)]


async def resend(order_id: int, delivery_id: int, asked_by_id: int, now: datetime) -> None:
    """Send it once more by this way: a person's word. Raises NotFound, NothingToResend."""
    async with db.transaction():
        if await db.fetchval(_RESEND, order_id, delivery_id, now, asked_by_id):
            db.after_commit(waking.wake)
            return
        if not await db.fetchval(_IS_THERE, order_id, delivery_id):
            raise NotFound
    raise NothingToResend


def _notified(row: asyncpg.Record) -> Notified:
    values = dict(row)
    ways = msgspec.json.decode(values.pop("ways"), type=list[Way])
    return Notified(**values, ways=ways)
