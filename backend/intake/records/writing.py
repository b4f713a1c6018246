"""The statements that write a record. Each runs in the transaction of the verb that calls it."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import msgspec

from backend import db
from backend.events import service as events
from backend.intake.items.suggesting import Suggestion
from backend.intake.records.events import (
    RecordFact,
    RecordFiled,
    RecordFolded,
    RecordTurnedAway,
    RecordUnreadable,
    RecordUnsure,
)
from backend.intake.records.structs import RecordState, Remainder, StoredRecord
from backend.intake.runtime import current_runtime
from backend.intake.sources.structs import Source
from backend.intake.structs import Incoming, ReporterContact
from backend.sql import sql

_ENTER = """
    INSERT INTO intake_record (source_id, source_no, state, reason, note, received_at, occurred_at, class_code, title,
        text, fold, incoming, contact)
    VALUES (:source_id, :source_no, 'unreadable', :reason, :note, :now, :occurred_at, :class_code, :title, :text, :fold,
        :incoming, :contact)
    ON CONFLICT ON CONSTRAINT intake_record_once DO NOTHING RETURNING id
"""
_READ_ANEW = """
    UPDATE intake_record SET occurred_at = :occurred_at, class_code = :class_code, title = :title, text = :text,
        fold = :fold, incoming = :incoming, contact = coalesce(:contact, contact)
    WHERE id = :record_id
"""
_MESSAGE = """
    INSERT INTO intake_message (record_id, body, body_print, received_at, erase_at)
    SELECT :record_id::bigint, CASE WHEN count(*) < :most THEN :body::bytea END, :body_print::bytea, :now::timestamptz,
        :erase_at::timestamptz
    FROM intake_message WHERE record_id = :record_id
    ON CONFLICT ON CONSTRAINT intake_message_once DO NOTHING RETURNING id
"""
_COUNT_MESSAGES = "UPDATE intake_record SET messages = messages + $2, version = version + 1 WHERE id = $1"
_SETTLE = """
    UPDATE intake_record SET state = :state, reason = :reason, note = :note, item_id = :item_code,
        place_id = :place_id, order_id = :order_id, certainty = :certainty, suggested = :suggested,
        settled_at = :settled_at, is_automatic = :is_automatic, decided_by_id = :by_id, version = version + 1
    WHERE id = :record_id
"""
_LOCK = """
    SELECT id, source_id, source_no, state, received_at, occurred_at, class_code, title, text, fold, incoming::text,
           coalesce(suggested, '[]')::text AS suggested, order_id
    FROM intake_record WHERE id = $1 FOR NO KEY UPDATE
"""
_TOUCH = """
    UPDATE intake_source SET last_received_at = $2 WHERE id = (
        SELECT id FROM intake_source
        WHERE id = $1 AND (last_received_at IS NULL OR last_received_at < $2::timestamptz - interval '30 seconds')
        FOR NO KEY UPDATE SKIP LOCKED)
"""


MESSAGES_MOST = 20
"""So many different messages of one number are kept; of those after them, that they came."""


class RecordOutcome(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of a record."""

    state: RecordState
    reason: str = ""
    note: str = ""
    item_code: str | None = None
    place_id: int | None = None
    order_id: int | None = None
    number: str | None = None
    certainty: str = ""
    suggested: Sequence[Suggestion] = ()


async def enter(source: Source, incoming: Incoming, now: datetime) -> int | None:
    """The number of a new record; None where this number of the source is there already."""
    values = _columns(source, incoming) | {"source_id": source.id, "source_no": incoming.source_no}
    return await db.fetchval(sql(_ENTER, **values, reason="", note="", now=now))


async def enter_unreadable(source: Source, source_no: str, reason: str, note: str, now: datetime) -> int | None:
    """The same of a message that could not be read."""
    nothing = dict.fromkeys(("occurred_at", "incoming", "contact")) | dict.fromkeys(("class_code", "title", "text"), "")
    values = {"source_id": source.id, "source_no": source_no, "reason": reason, "note": note[:500], "fold": ""}
    return await db.fetchval(sql(_ENTER, **nothing, **values, now=now))


async def read_anew(record_id: int, source: Source, incoming: Incoming) -> None:
    """What is now read of a record that could not be read, or that somebody mended."""
    await db.execute(sql(_READ_ANEW, record_id=record_id, **_columns(source, incoming)))


async def keep_message(record_id: int, source: Source, source_no: str, raw: bytes, now: datetime) -> bool:
    """Seal a message of a record for its term. Whether it says anything that those before did not."""
    values = {
        "record_id": record_id,
        "body": current_runtime().seal.close_bytes(raw, about_message(source.id, source_no)),
        "body_print": hashlib.sha256(raw).digest(),
        "most": MESSAGES_MOST,
        "now": now,
        "erase_at": now + timedelta(days=source.raw_days),
    }
    return await db.fetchval(sql(_MESSAGE, **values)) is not None


async def count_messages(record_id: int, messages: int = 1) -> None:
    """So many more messages came under this number."""
    await db.execute(_COUNT_MESSAGES, record_id, messages)


async def settle(
    record_id: int, source: Source, source_no: str, outcome: RecordOutcome, now: datetime, by_id: int | None = None
) -> None:
    """Write what becomes of a record, and the fact of it."""
    is_over = outcome.state in (RecordState.FILED, RecordState.FOLDED, RecordState.TURNED_AWAY)
    values = {
        "state": outcome.state.value,
        "reason": outcome.reason,
        "note": outcome.note,
        "item_code": outcome.item_code,
        "place_id": outcome.place_id,
        "order_id": outcome.order_id,
        "certainty": outcome.certainty,
        "suggested": msgspec.json.encode(outcome.suggested).decode() if outcome.suggested else None,
        "settled_at": now if is_over else None,
        "is_automatic": by_id is None,
        "by_id": by_id,
    }
    await db.execute(sql(_SETTLE, record_id=record_id, **values))
    await events.record(_fact(record_id, source, source_no, outcome, by_id))


async def touch(source: Source, now: datetime) -> None:
    """When something came last, to half a minute: a row that many messages share is not waited for."""
    await db.execute(_TOUCH, source.id, now)


async def lock(record_id: int) -> StoredRecord | None:
    """The record as it is now; nobody else changes it before the transaction ends."""
    row = await db.fetchrow(_LOCK, record_id)
    return stored(row) if row else None


def stored(row: asyncpg.Record) -> StoredRecord:
    incoming = msgspec.json.decode(row["incoming"], type=Remainder) if row["incoming"] else None
    suggested = msgspec.json.decode(row["suggested"], type=tuple[Suggestion, ...])
    return msgspec.convert({**row, "incoming": incoming, "suggested": suggested}, StoredRecord)


def about_message(source_id: int, source_no: str) -> str:
    """What a raw message is sealed about."""
    return f"intake_message.body:{source_id}/{source_no}"


def about_contact(source_id: int, source_no: str) -> str:
    """What a contact is sealed about."""
    return f"intake_record.contact:{source_id}/{source_no}"


def _columns(source: Source, incoming: Incoming) -> dict[str, Any]:
    rest = Remainder(clues=incoming.clues, item_code=incoming.item_code, photo_ids=incoming.photo_ids)
    return {
        "occurred_at": incoming.occurred_at,
        "class_code": incoming.class_code,
        "title": incoming.title,
        "text": incoming.text,
        "fold": incoming.fold,
        "incoming": msgspec.json.encode(rest).decode(),
        "contact": _sealed(source, incoming.source_no, incoming.contact),
    }


def _sealed(source: Source, source_no: str, contact: ReporterContact | None) -> bytes | None:
    if contact is None or not (contact.name or contact.phone):
        return None
    clear = msgspec.json.encode(contact).decode()
    return current_runtime().seal.close(clear, about_contact(source.id, source_no))


def _fact(record_id: int, source: Source, source_no: str, outcome: RecordOutcome, by_id: int | None) -> RecordFact:
    common: dict[str, Any] = {
        "subject_id": record_id,
        "area_code": source.area_code,
        "source_id": source.id,
        "source_no": source_no,
        "acted_by_id": by_id,
        "order_id": outcome.order_id,
    }
    match outcome.state:
        case RecordState.FILED:
            return RecordFiled(**common)
        case RecordState.FOLDED:
            return RecordFolded(**common)
        case RecordState.TURNED_AWAY:
            return RecordTurnedAway(**common)
        case RecordState.UNSURE:
            return RecordUnsure(**common, reason=outcome.reason)
        case RecordState.UNREADABLE:
            return RecordUnreadable(**common, reason=outcome.reason)
