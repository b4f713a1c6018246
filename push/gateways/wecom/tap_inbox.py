"""Taps as they came: each written down once, however often the vendor repeats it, and carried out by a job."""

from datetime import datetime

import msgspec

from backend import db
from backend.jobs import queue
from push.gateways.wecom.card_actions import CardTap

JOB = "wecom.carry_out_tap"
_ADD = """
    INSERT INTO vendor_callback (vendor, digest, kind, body, received_at)
    VALUES ('wecom', $1, 'template_card_event', $2::jsonb, $3)
    ON CONFLICT (vendor, digest) DO NOTHING RETURNING id
"""
_TAKE = """
    SELECT body, received_at FROM vendor_callback
     WHERE id = $1 AND vendor = 'wecom' AND handled_at IS NULL FOR UPDATE
"""
_DONE = "UPDATE vendor_callback SET handled_at = $2, body = '{}' WHERE id = $1"


class ReceivedTap(msgspec.Struct, frozen=True, kw_only=True):
    tap: CardTap
    received_at: datetime


async def receive(tap: CardTap, now: datetime) -> bool:
    """Write a tap down and enqueue its job. Whether it is new."""
    async with db.transaction():
        found = await db.fetchval(_ADD, tap.digest, msgspec.json.encode(tap).decode(), now)
        if found is not None:
            await queue.enqueue(JOB, found)
    return found is not None


async def take(callback_id: int) -> ReceivedTap | None:
    """Lock a tap that nobody has carried out; None when somebody has. Within a transaction."""
    row = await db.fetchrow(_TAKE, callback_id)
    if row is None:
        return None
    return ReceivedTap(tap=msgspec.json.decode(row["body"], type=CardTap), received_at=row["received_at"])


async def settle(callback_id: int, now: datetime) -> None:
    """It was carried out: its digest stays for a while, who pressed what does not."""
    await db.execute(_DONE, callback_id, now)
