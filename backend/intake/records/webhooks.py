"""Take a signed webhook once: its signature, its time and its id are looked at before anything is read."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

import asyncpg

from backend import db
from backend.intake.records import decoding, queries, receiving
from backend.intake.records.decoding import MessageUnread
from backend.intake.records.errors import WebhookForged, WebhookIdUsed, WebhookStale
from backend.intake.records.structs import Receipt
from backend.intake.runtime import current_runtime
from backend.intake.sources import signatures
from backend.intake.sources.queries import source_of
from backend.intake.sources.signatures import NotSigned
from backend.intake.sources.structs import Source
from backend.intake.sources.webhook_secrets import SECRETS, secrets_of
from backend.sql import sql

REMEMBERED_FOR = timedelta(days=30)
"""A sender that had no answer repeats a message under its id, each time signed anew, for days."""
_REMEMBER = """
    INSERT INTO received_webhook (source_id, webhook_id, body_print, received_at)
    VALUES (:source_id, :webhook_id, :body_print, :now)
    ON CONFLICT ON CONSTRAINT received_webhook_once DO NOTHING RETURNING id
"""
_PRINT = "SELECT body_print FROM received_webhook WHERE source_id = $1 AND webhook_id = $2"
_EARLIER = """
    SELECT r.source_no FROM received_webhook w JOIN intake_record r ON r.id = w.record_id
    WHERE w.source_id = $1 AND w.webhook_id = $2
"""
_LINK = "UPDATE received_webhook SET record_id = $3 WHERE source_id = $1 AND webhook_id = $2"
_FORGET = "DELETE FROM received_webhook WHERE received_at < $1 RETURNING id"


async def get_signed(name: str, headers: Mapping[str, str], body: bytes, now: datetime) -> tuple[Source, str]:
    """The source of this name and the message's id, if the source signed it. Raises WebhookForged, WebhookStale."""
    row = await db.fetchrow(SECRETS, name)
    try:
        return _signed(row, headers, body, now)
    except NotSigned as refused:
        if refused.why == "stale" and row is not None:
            raise WebhookStale from refused
        raise WebhookForged from refused


async def take(source: Source, webhook_id: str, body: bytes, now: datetime) -> Receipt:
    """Receive what a signed message is about; sent again under its id it is the first receipt.

    Raises WebhookIdUsed for another message under that id.
    """
    async with db.transaction():
        if not await remember(source, webhook_id, body, now):
            return await _earlier(source, webhook_id)
        receipt = await _receive(source, body, now)
        await db.execute(_LINK, source.id, webhook_id, receipt.record_id)
        return receipt


async def remember(source: Source, webhook_id: str, body: bytes, now: datetime) -> bool:
    """Hold an id for this very message of the source. Whether it is the first time. Raises WebhookIdUsed."""
    values = {"source_id": source.id, "webhook_id": webhook_id, "body_print": hashlib.sha256(body).digest()}
    if await db.fetchval(sql(_REMEMBER, **values, now=now)) is not None:
        return True
    if await db.fetchval(_PRINT, source.id, webhook_id) != values["body_print"]:
        raise WebhookIdUsed
    return False


async def forget(now: datetime) -> int:
    """Forget the ids of webhooks after their term. Returns how many."""
    return len(await db.fetch(_FORGET, now - REMEMBERED_FOR))


async def _receive(source: Source, body: bytes, now: datetime) -> Receipt:
    try:
        incoming = decoding.read_message(decoding.data_of(body))
    except MessageUnread as unread:
        return await receiving.keep_unreadable(source, body, unread.detail, source_no=unread.source_no, now=now)
    return await receiving.receive(source, incoming, body, now=now)


async def _earlier(source: Source, webhook_id: str) -> Receipt:
    source_no = await db.fetchval(_EARLIER, source.id, webhook_id)
    if source_no is None:  # it came by another address, as something else
        raise WebhookIdUsed
    return await queries.get_receipt(source.id, source_no)


def _signed(row: asyncpg.Record | None, headers: Mapping[str, str], body: bytes, now: datetime) -> tuple[Source, str]:
    if row is None:
        raise NotSigned("forged")
    secrets = secrets_of(row, current_runtime().seal, now)
    webhook_id = signatures.require_signed(secrets, headers, body, now)
    source = source_of(row)
    return source, webhook_id
