"""Callbacks as they came: each written down once, however often the vendor repeats it, and dealt with by a job."""

import hashlib
from datetime import datetime, timedelta

import msgspec

from backend import db
from backend.jobs import queue
from push.gateways.wechat.callbacks.fields import Fields, text

JOB = "push.handle_wechat_callback"
KINDS = (
    "subscribe_msg_popup_event",
    "subscribe_msg_change_event",
    "subscribe_msg_sent_event",
    "wxa_media_check",
)
"""The events that mean something to us. The others are answered and forgotten."""
_STORED_FOR = timedelta(days=30)
"""Far longer than the age at which a callback is taken."""
_ADD = """
    INSERT INTO vendor_callback (vendor, digest, kind, body, received_at) VALUES ('wechat', $1, $2, $3::jsonb, $4)
    ON CONFLICT (vendor, digest) DO NOTHING RETURNING id
"""
_TAKE = """
    SELECT kind, body, received_at FROM vendor_callback WHERE id = $1 AND handled_at IS NULL FOR UPDATE
"""
_DONE = "UPDATE vendor_callback SET handled_at = $2, body = '{}' WHERE id = $1"
_PRUNE = "DELETE FROM vendor_callback WHERE received_at < $1"


class Callback(msgspec.Struct, frozen=True, kw_only=True):
    kind: str
    fields: Fields
    received_at: datetime


def digest_of(fields: Fields) -> bytes:
    """The same for a repeat, and for nothing else: who, when, what, and about which messages or pictures."""
    parts = [text(fields, name) for name in ("FromUserName", "CreateTime", "Event", "trace_id", "MsgID")]
    whole = msgspec.json.encode([*parts, fields.get("List")], order="sorted")
    return hashlib.sha256(whole).digest()


async def receive(fields: Fields, now: datetime) -> bool:
    """Write a callback down and enqueue its job. Whether it is new and means something to us."""
    kind = text(fields, "Event")
    if kind not in KINDS:
        return False
    async with db.transaction():
        found = await db.fetchval(_ADD, digest_of(fields), kind, msgspec.json.encode(fields).decode(), now)
        if found is not None:
            await queue.enqueue(JOB, found)
    return found is not None


async def take(callback_id: int) -> Callback | None:
    """Lock a callback that nobody has dealt with; None when somebody has. Within a transaction."""
    row = await db.fetchrow(_TAKE, callback_id)
    if row is None:
        return None
    fields = msgspec.json.decode(row["body"], type=Fields)
    return Callback(kind=row["kind"], fields=fields, received_at=row["received_at"])


async def settle(callback_id: int, now: datetime) -> None:
    """It was dealt with: its digest stays for a while, what it says of people does not."""
    await db.execute(_DONE, callback_id, now)


async def prune(now: datetime) -> None:
    await db.execute(_PRUNE, now - _STORED_FOR)
