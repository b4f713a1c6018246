"""What a vendor says of a message after it took it: that it arrived, or that it will not."""

from datetime import datetime

from backend import db
from backend.sql import sql
from push.channels import Channel
from push.sending import outcomes

_ARRIVED = """
    UPDATE message_delivery SET state = 'delivered'
     WHERE channel = $1 AND vendor_id = $2 AND vendor_id <> '' AND state = 'sent' RETURNING id
"""
_LOST = """
    UPDATE message_delivery
       SET state = 'failed', outcome = 'refused', code = left(:code, 60), detail = left(:detail, 500), ended_at = :now
     WHERE channel = :channel AND vendor_id = :vendor_id AND vendor_id <> '' AND state = 'sent'
     RETURNING id, message_id, stage
"""


# Nobody knew whether it had got through: now somebody does.
_AFTER_ALL = """
    UPDATE message_delivery SET state = 'delivered', ended_at = NULL
     WHERE channel = $1 AND id = $2 AND state = 'failed' AND outcome = 'unknown' RETURNING id
"""


async def arrived(channel: Channel, vendor_id: str) -> bool:
    """The message is on the phone. Whether it is known here under this id."""
    return bool(await db.fetch(_ARRIVED, channel.value, vendor_id))


async def arrived_after_all(channel: Channel, delivery_id: int) -> bool:
    """A delivery to which there was no answer is on the phone. Whether it is one of ours that nobody knew of."""
    return bool(await db.fetch(_AFTER_ALL, channel.value, delivery_id))


async def lost(channel: Channel, vendor_id: str, code: str, detail: str, now: datetime) -> bool:
    """The message will not arrive: the next way is taken. Whether it is known here under this id."""
    async with db.transaction():
        said = sql(_LOST, channel=channel.value, vendor_id=vendor_id, code=code, detail=detail, now=now)
        found = await db.fetch(said)
        if found:
            await outcomes.go_another_way(found, now)
    return bool(found)
