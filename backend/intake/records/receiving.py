"""Take what a source tells: once for each number of it, whatever way and however often it comes.

The number is written first and alone decides: of two that come at once, the second waits for the first and gets its
receipt. Record, order, facts and the sealed message are one transaction.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.intake.records import filing, queries, writing
from backend.intake.records.structs import Receipt, RecordState
from backend.intake.records.writing import RecordOutcome
from backend.intake.sources.structs import Source
from backend.intake.structs import SOURCE_NO_MOST, Incoming

UNNAMED = "unread-"
_PRINT_CHARS = 32


async def receive(source: Source, incoming: Incoming, raw: bytes, *, now: datetime) -> Receipt:
    """File a record, fold it, or leave it for a person. Sent again it is the same one.

    A different message under a number that is there is added to its record and shown there; nothing is filed twice.
    Only where the one before could not be read, it stands in its place.
    """
    async with db.transaction():
        record_id = await writing.enter(source, incoming, now)
        if record_id is None:
            return await _again(source, incoming, raw, now)
        await writing.keep_message(record_id, source, incoming.source_no, raw, now)
        await writing.touch(source, now)
        return await _file(record_id, source, incoming, now)


async def receive_many(source: Source, messages: Sequence[tuple[Incoming, bytes]], *, now: datetime) -> list[Receipt]:
    """Each by itself, in this order: one that cannot be filed holds up no other one."""
    return [await receive(source, incoming, raw, now=now) for incoming, raw in messages]


async def keep_unreadable(
    source: Source, raw: bytes, error: str, *, source_no: str | None = None, reason: str = "unreadable", now: datetime
) -> Receipt:
    """Keep what cannot be read for a person, who mends it. `error`: what the decoder says, without the message's words.

    Without a number of the source's own the message's print stands for it: the same message again is the same record.
    """
    number = (source_no or "").strip()[:SOURCE_NO_MOST] or number_for(raw)
    async with db.transaction():
        record_id = await writing.enter_unreadable(source, number, reason, error, now)
        if record_id is None:
            earlier = await queries.get_receipt(source.id, number)
            if await writing.keep_message(earlier.record_id, source, number, raw, now):
                await writing.count_messages(earlier.record_id)
            return earlier
        await writing.keep_message(record_id, source, number, raw, now)
        await writing.touch(source, now)
        outcome = RecordOutcome(state=RecordState.UNREADABLE, reason=reason, note=error[:500])
        await writing.settle(record_id, source, number, outcome, now)
    return receipt_of(record_id, number, outcome, is_new=True)


def number_for(raw: bytes) -> str:
    """What stands for the number of a message in which nobody could read one: the same for the same message."""
    return UNNAMED + hashlib.sha256(raw).hexdigest()[:_PRINT_CHARS]


def is_unnamed(source_no: str) -> bool:
    """Whether a message's print stands for a number that nobody could read."""
    return source_no.startswith(UNNAMED)


async def _again(source: Source, incoming: Incoming, raw: bytes, now: datetime) -> Receipt:
    earlier = await queries.get_receipt(source.id, incoming.source_no)
    record = await writing.lock(earlier.record_id)
    assert record is not None
    if await writing.keep_message(record.id, source, incoming.source_no, raw, now):
        await writing.count_messages(record.id)
        if record.state is RecordState.UNREADABLE and record.incoming is None:
            await writing.read_anew(record.id, source, incoming)
            return await _file(record.id, source, incoming, now)
    return await queries.get_receipt(source.id, incoming.source_no)


async def _file(record_id: int, source: Source, incoming: Incoming, now: datetime) -> Receipt:
    outcome = await filing.outcome_of(incoming, source, now)
    await writing.settle(record_id, source, incoming.source_no, outcome, now)
    return receipt_of(record_id, incoming.source_no, outcome, is_new=True)


def receipt_of(record_id: int, source_no: str, outcome: RecordOutcome, *, is_new: bool) -> Receipt:
    return Receipt(
        record_id=record_id,
        source_no=source_no,
        state=outcome.state,
        order_id=outcome.order_id,
        number=outcome.number,
        is_new=is_new,
        reason=outcome.reason,
        note=outcome.note,
    )
