"""Open what is sealed of a record: its raw messages, and who told the source. Each opening is written down."""

from datetime import datetime
from typing import NamedTuple

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.events import service as events
from backend.intake.records import audience, writing
from backend.intake.records.errors import MessageErased, RecordNotFound
from backend.intake.records.events import SealedPartRead
from backend.intake.records.structs import RawMessage
from backend.intake.runtime import current_runtime
from backend.intake.structs import ReporterContact
from backend.orders.model.states import OPEN, quoted
from backend.sql import sql

_RECORD = f"""
    SELECT r.id, r.source_id, r.source_no, r.contact, r.order_id, s.area_code, o.area_code AS order_area, o.unit_id,
           o.handler_id, o.state IN ({quoted(OPEN)}) AS is_open
    FROM intake_record r JOIN intake_source s ON s.id = r.source_id LEFT JOIN work_order o ON o.id = r.order_id
    WHERE r.id = $1
"""
_MESSAGES = "SELECT body, received_at FROM intake_message WHERE record_id = $1 ORDER BY id LIMIT $2"
_NOTE = """
    INSERT INTO record_reading (record_id, part, account_id, read_at) VALUES (:record_id, :part, :account_id, :now)
"""


class _OrderFacts(NamedTuple):
    """`AudienceFacts` of an order that a source opened: nobody here reported it."""

    area_code: str
    unit_id: int | None
    handler_id: int | None
    is_open: bool
    opened_by_id: int | None = None
    is_follower: bool = False


async def open_messages(record_id: int, actor: Actor, now: datetime) -> list[RawMessage]:
    """What came under this number, the first one first. Raises RecordNotFound, MessageErased, SealBroken."""
    async with db.transaction():
        row = await db.fetchrow(_RECORD, record_id)
        if row is None or not audience.may_decide(actor, row["area_code"]):
            raise RecordNotFound
        rows = await db.fetch(_MESSAGES, record_id, writing.MESSAGES_MOST)
        if all(each["body"] is None for each in rows):
            raise MessageErased
        await _note(row, "message", actor, now)
    about = writing.about_message(row["source_id"], row["source_no"])
    return [RawMessage(received_at=each["received_at"], body=_text(each["body"], about)) for each in rows]


async def open_contact(record_id: int, actor: Actor, now: datetime) -> ReporterContact:
    """Who told the source. Raises RecordNotFound, also where there is none; SealBroken."""
    async with db.transaction():
        row = await db.fetchrow(_RECORD, record_id)
        if row is None or row["contact"] is None:
            raise RecordNotFound
        if not audience.may_open_contact(actor, row["area_code"], _order(row)):
            raise RecordNotFound
        await _note(row, "contact", actor, now)
    clear = current_runtime().seal.open(row["contact"], writing.about_contact(row["source_id"], row["source_no"]))
    return msgspec.json.decode(clear, type=ReporterContact)


def _text(body: bytes | None, about: str) -> str | None:
    if body is None:
        return None
    return current_runtime().seal.open_bytes(body, about).decode("utf-8", "replace")


def _order(row: asyncpg.Record) -> _OrderFacts | None:
    if row["order_id"] is None:
        return None
    return _OrderFacts(row["order_area"], row["unit_id"], row["handler_id"], row["is_open"])


async def _note(row: asyncpg.Record, part: str, actor: Actor, now: datetime) -> None:
    await db.execute(sql(_NOTE, record_id=row["id"], part=part, account_id=actor.account_id, now=now))
    about = {"source_id": row["source_id"], "source_no": row["source_no"], "acted_by_id": actor.account_id}
    await events.record(SealedPartRead(subject_id=row["id"], area_code=row["area_code"], part=part, **about))
