"""What a person does with a record that waits: says what and where it is, mends it, tries it again, turns it away."""

from datetime import datetime

import msgspec
from msgspec.structs import replace

from backend import db
from backend.accounts.structs import Actor
from backend.intake.items import corrections
from backend.intake.items.structs import Correction
from backend.intake.records import audience, filing, placing, queries, receiving, writing
from backend.intake.records.errors import (
    RecordNotFound,
    RecordNotRead,
    RecordOutside,
    RecordPlaceMissing,
    RecordSettled,
    RecordUnnamed,
)
from backend.intake.records.itemizing import Itemized
from backend.intake.records.placing import NotPlaced, RecordSite
from backend.intake.records.structs import (
    SETTLED,
    Receipt,
    RecordDecision,
    RecordMending,
    RecordState,
    StoredRecord,
)
from backend.intake.records.writing import RecordOutcome
from backend.intake.runtime import current_runtime
from backend.intake.sources import queries as sources
from backend.intake.sources.structs import Source
from backend.intake.structs import Clues, Incoming
from backend.items import queries as items
from backend.items.errors import ItemUnknown
from backend.orders.model.sources import WITH_LAST_WORD


async def decide(record_id: int, decision: RecordDecision, by: Actor, now: datetime) -> Receipt:
    """Open the order of a record by a person's word.

    Raises RecordNotFound, RecordSettled, RecordUnnamed, RecordNotRead, RecordPlaceMissing, RecordOutside, ItemUnknown.
    """
    async with db.transaction():
        record, source = await _lock_to_file(record_id, by)
        incoming = record.as_incoming()
        if incoming is None:
            raise RecordNotRead
        if decision.item_code not in await items.list_codes():
            raise ItemUnknown(decision.item_code)
        placed = await _placed(decision, incoming.clues, source)
        itemized = Itemized(item_code=decision.item_code, suggestions=record.suggested)
        outcome = await filing.open_order(incoming, source, placed, itemized, now)
        await writing.settle(record.id, source, record.source_no, outcome, now, by.account_id)
        if outcome.state is RecordState.FILED and (taught := _taught(record, source, decision.item_code)):
            await corrections.correct(taught, by.account_id, current_runtime().seal, now)
    return receiving.receipt_of(record.id, record.source_no, outcome, is_new=True)


async def turn_away(record_id: int, reason: str, by: Actor, now: datetime) -> Receipt:
    """退回来源: it is not ours; the source is told why. Raises RecordNotFound, RecordSettled."""
    async with db.transaction():
        record, source = await _lock(record_id, by)
        outcome = RecordOutcome(state=RecordState.TURNED_AWAY, note=reason, suggested=record.suggested)
        await writing.settle(record.id, source, record.source_no, outcome, now, by.account_id)
    return receiving.receipt_of(record.id, record.source_no, outcome, is_new=True)


async def mend(record_id: int, mending: RecordMending, by: Actor, now: datetime) -> Receipt:
    """Correct what was read, or say what could not be read, and try again. As `decide`."""
    async with db.transaction():
        record, source = await _lock_to_file(record_id, by)
        incoming = mended(record.as_incoming() or Incoming(source_no=record.source_no), mending)
        await writing.read_anew(record.id, source, incoming)
        return await _file(record, source, incoming, by, now)


async def retry(record_id: int, by: Actor, now: datetime) -> Receipt:
    """Try again as it is: class table, places or dictionary may have changed. Raises as `mend`, RecordNotRead."""
    async with db.transaction():
        record, source = await _lock_to_file(record_id, by)
        incoming = record.as_incoming()
        if incoming is None:
            raise RecordNotRead
        return await _file(record, source, incoming, by, now)


def mended(incoming: Incoming, mending: RecordMending) -> Incoming:
    """What was read with what a person says instead. A code that is said alone leaves no position beside it."""
    own = {name: getattr(mending, name) for name in ("title", "text", "class_code", "item_code", "occurred_at")}
    changes = {name: value for name, value in own.items() if value is not None}
    clues = {name: getattr(mending, name) for name in ("code", "address", "point")}
    if given := {name: value for name, value in clues.items() if value is not None}:
        changes["clues"] = replace(Clues(address=incoming.clues.address), **given)
    return msgspec.structs.replace(incoming, **changes)


def _taught(record: StoredRecord, source: Source, item_code: str) -> Correction | None:
    """What the town's own model may learn of a person's word; nothing where the record has no words."""
    if not (words := record.text or record.title):
        return None
    first = record.suggested[0] if record.suggested else None
    return Correction(
        source=source.name,
        source_number=record.source_no,
        title=record.title,
        text=words,
        suggested=first.label if first else "",
        probability=first.probability if first else 0.0,
        item_code=item_code,
    )


async def _lock(record_id: int, by: Actor) -> tuple[StoredRecord, Source]:
    record = await writing.lock(record_id)
    source = await sources.get_by_id(record.source_id) if record else None
    if record is None or source is None or not audience.may_decide(by, source.area_code):
        raise RecordNotFound
    if record.state in SETTLED:
        receipt = await queries.get_receipt(source.id, record.source_no)
        raise RecordSettled(state=record.state, number=receipt.number)
    return record, source


async def _lock_to_file(record_id: int, by: Actor) -> tuple[StoredRecord, Source]:
    """The same for an order: a source that has the last word can only speak of what has a number of its own."""
    record, source = await _lock(record_id, by)
    if source.kind.value in WITH_LAST_WORD and receiving.is_unnamed(record.source_no):
        raise RecordUnnamed
    return record, source


async def _file(record: StoredRecord, source: Source, incoming: Incoming, by: Actor, now: datetime) -> Receipt:
    outcome = await filing.outcome_of(incoming, source, now)
    await writing.settle(record.id, source, record.source_no, outcome, now, by.account_id)
    return receiving.receipt_of(record.id, record.source_no, outcome, is_new=True)


async def _placed(decision: RecordDecision, clues: Clues, source: Source) -> RecordSite:
    """Where the person says it is, else where its clues lead."""
    try:
        if decision.place_id is not None:
            found = await placing.by_place(decision.place_id)
        elif decision.point is not None:
            found = await placing.by_point(decision.point)
        else:
            found = await placing.place(clues, source)
    except NotPlaced as error:
        raise RecordPlaceMissing(why=error.reason) from error
    if not found.site.area_code.startswith(source.area_code):
        raise RecordOutside
    return found
