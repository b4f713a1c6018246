"""Take the deliveries that are due on a channel, for a while and with the attempt counted."""

from datetime import datetime

import asyncpg
import msgspec

from backend import db
from backend.sql import sql
from push.channels import Channel, Recipient
from push.sending.retries import LEASE
from push.structs import Details

# Who gets messages on this channel at which address, now: it may have changed since they were planned, and nobody who
# has left meanwhile gets any.
_ADDRESS = """
    SELECT v.token AS address, v.token_kind, v.platform, v.language FROM device v JOIN session x ON x.id = v.session_id
     WHERE v.id = c.device_id AND v.account_id = c.account_id AND x.revoked_at IS NULL AND x.expires_at > :now
    UNION ALL
    SELECT i.subject, '', '', coalesce(n.language, 'zh')
      FROM external_identity i JOIN account a ON a.id = i.account_id AND a.is_active
      LEFT JOIN notification_settings n ON n.account_id = i.account_id
     WHERE c.device_id IS NULL AND i.account_id = c.account_id AND i.vendor = :channel
    UNION ALL
    SELECT a.phone, '', '', 'zh' FROM account a
     WHERE :channel = 'sms' AND a.id = c.account_id AND a.is_active AND a.phone <> ''
    UNION ALL
    SELECT 'console', '', '', 'zh' WHERE :channel = 'console'
"""
_DUE = """
    SELECT d.id, d.account_id, d.bundle, d.device_id FROM message_delivery d
     WHERE d.channel = :channel AND d.state = 'queued' AND d.next_at <= :now
       AND (d.claimed_until IS NULL OR d.claimed_until <= :now)
     ORDER BY d.is_urgent DESC, d.next_at LIMIT :most FOR UPDATE SKIP LOCKED
"""
# What perhaps went out already is repeated word for word: nothing that came since goes with it.
_REPEATS = """
    concat_ws('|', extract(epoch FROM c.earlier),
              CASE WHEN c.outcome = 'unknown' THEN coalesce(c.carried_by_id, c.id) END)
"""
# What goes together with something that is due is taken with it, though the limit would cut between them.
_CLAIM = f"""
    WITH lead AS ({_DUE}), due AS (
        SELECT d.id, d.claimed_until AS earlier FROM message_delivery d
         WHERE d.id IN (SELECT o.id FROM lead JOIN message_delivery o USING (account_id, bundle)
                         WHERE o.channel = :channel AND o.device_id IS NOT DISTINCT FROM lead.device_id
                           AND o.state = 'queued' AND o.next_at <= :now
                           AND (o.claimed_until IS NULL OR o.claimed_until <= :now))
           FOR UPDATE SKIP LOCKED
    ), claimed AS (
        UPDATE message_delivery d SET claimed_until = :until, attempts = attempts + 1
          FROM due WHERE d.id = due.id RETURNING d.*, due.earlier
    )
    SELECT c.id, c.message_id, c.account_id, c.device_id, c.bundle, c.is_urgent, c.attempts, c.created_at, c.resent_at,
           c.earlier IS NOT NULL AS is_taken_over, {_REPEATS} AS repeats,
           m.kind, m.recipient, m.order_id, m.title_zh, m.title_en,
           m.body_zh, m.body_en, m.details, m.read_at IS NOT NULL AS is_seen,
           here.address, here.token_kind, here.platform, here.language
      FROM claimed c JOIN message m ON m.id = c.message_id LEFT JOIN LATERAL ({_ADDRESS} LIMIT 1) here ON true
     ORDER BY c.id
"""
_PAUSED = "SELECT coalesce(paused_until > $2, NOT is_on) FROM gateway WHERE channel = $1"


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery that is ours until the lease is over. Without an address there is nobody to send it to any more."""

    id: int
    message_id: int
    account_id: int
    device_id: int | None
    bundle: str
    is_urgent: bool
    attempts: int
    created_at: datetime
    resent_at: datetime | None
    is_taken_over: bool
    """Somebody claimed it before and never said what came of it."""
    repeats: str
    """The same for all that perhaps went out together before; empty for what never did."""
    kind: str
    recipient: str
    order_id: int | None
    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    details: Details
    is_seen: bool
    address: str | None
    token_kind: str | None
    platform: str | None
    language: str | None

    @property
    def valid_until(self) -> datetime | None:
        """Until when a call to grab is one: nobody is called for what is gone, after quiet hours least of all."""
        return self.details.due_by if self.recipient == Recipient.VOLUNTEER else None


async def take(channel: Channel, now: datetime, most: int) -> list[Claim]:
    """Claim up to `most` deliveries that are due, and what goes together with them; none while the channel rests."""
    async with db.transaction():
        if await db.fetchval(_PAUSED, channel, now) is not False:
            return []
        rows = await db.fetch(sql(_CLAIM, channel=channel.value, now=now, until=now + LEASE, most=most))
    return [_claim(row) for row in rows]


def _claim(row: asyncpg.Record) -> Claim:
    values = dict(row)
    details = msgspec.json.decode(values.pop("details"), type=Details)
    return Claim(**values, details=details)
