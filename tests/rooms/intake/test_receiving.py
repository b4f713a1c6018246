"""The one mouth: what a source tells is filed once, folded, or left for a person, and never lost."""

from uuid import UUID

import pytest

from backend import db
from backend.intake.records import deciding, queries, reading, receiving, retention, writing
from backend.intake.records.errors import MessageErased, RecordNotFound, RecordNotRead, RecordSettled
from backend.intake.records.structs import RecordDecision, RecordMending, RecordState
from backend.intake.sources import classes
from backend.intake.sources.structs import ClassRow
from backend.intake.structs import Clues, PointClue, ReporterContact
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from tests.makers.accounts import make_staff
from tests.makers.intake import make_source, told, wire
from tests.makers.town import DOOR, FAR_AWAY, make_town

pytestmark = pytest.mark.usefixtures("intake")


async def test_what_is_told_twice_is_one_order_as_the_source_and_another_wording_is_added_to_it(now):
    town, source = await make_town(now), await make_source(now)
    first = told("A-1", code=town.code, contact=ReporterContact(name="王阿姨", phone="13812345678"))
    receipt = await receiving.receive(source, first, wire(first), now=now)
    again = await receiving.receive(source, first, wire(first), now=now)
    other = told("A-1", code=town.code, text="还有人催办")
    differing = await receiving.receive(source, other, wire(other), now=now)

    assert (receipt.state, receipt.is_new, again.is_new, differing.is_new) == (RecordState.FILED, True, False, False)
    assert receipt.order_id == again.order_id == differing.order_id
    row = await db.fetchrow("SELECT source_kind, opened_by_id, description FROM work_order")
    assert (row["source_kind"], row["opened_by_id"]) == ("system", source.account_id)
    record = await queries.get_record(receipt.record_id, town.dispatcher)
    assert (record.messages, record.text, record.has_contact) == (2, "弄堂口的共享单车堵住了路", True)
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1
    assert "138" not in str([dict(each) for each in await db.fetch("SELECT * FROM intake_record")])


async def test_what_nobody_is_sure_of_waits_for_a_person_who_decides_once(now):
    town, source = await make_town(now), await make_source(now)
    nowhere = told("B-1", clues=Clues(address="不存在路 9999 号"))
    receipt = await receiving.receive(source, nowhere, wire(nowhere), now=now)
    assert (receipt.state, receipt.order_id) == (RecordState.UNSURE, None)

    elsewhere = await make_staff(area="310115106")
    decision = RecordDecision(item_code="A101", place_id=town.place_id)
    with pytest.raises(RecordNotFound):
        await deciding.decide(receipt.record_id, decision, elsewhere, now)
    decided = await deciding.decide(receipt.record_id, decision, town.dispatcher, now)
    assert decided.state is RecordState.FILED
    assert decided.number
    with pytest.raises(RecordSettled):
        await deciding.turn_away(receipt.record_id, "不归我们管", town.dispatcher, now)


async def test_what_cannot_be_read_is_mended_by_a_person_or_by_the_source_itself(now):
    town, source = await make_town(now), await make_source(now)
    broken = await receiving.keep_unreadable(source, b"\xff{", "malformed", now=now)
    same = await receiving.keep_unreadable(source, b"\xff{", "malformed", now=now)
    assert (broken.record_id, same.is_new, broken.state) == (same.record_id, False, RecordState.UNREADABLE)
    with pytest.raises(RecordNotRead):
        await deciding.retry(broken.record_id, town.dispatcher, now)
    mending = RecordMending(title="乱停", text="单车", item_code="A101", code=town.code)
    assert (await deciding.mend(broken.record_id, mending, town.dispatcher, now)).state is RecordState.FILED

    await receiving.keep_unreadable(source, b"{", "malformed", source_no="C-2", now=now)
    right = told("C-2", code=town.code)
    assert (await receiving.receive(source, right, wire(right), now=now)).state is RecordState.FILED


async def test_the_class_table_says_the_item_and_a_retry_after_it_was_set_files(now):
    town, source = await make_town(now), await make_source(now)
    classed = told("D-1", code=town.code, item_code="", title="", text="", class_code="0301")
    receipt = await receiving.receive(source, classed, wire(classed), now=now)
    assert (receipt.state, receipt.reason) == (RecordState.UNSURE, "class")

    await classes.set_classes(source.id, [ClassRow(class_code="0301", class_name="单车", item_code="A101")])
    assert (await deciding.retry(receipt.record_id, town.dispatcher, now)).state is RecordState.FILED


async def test_a_fold_goes_into_the_open_order_and_into_a_new_one_once_that_has_ended(now):
    town, source = await make_town(now), await make_source(now)

    async def tell(number: str):
        alarm = told(number, clues=Clues(place_id=town.place_id), fold="smoke:42")
        return await receiving.receive(source, alarm, wire(alarm), now=now)

    first, second = await tell("1"), await tell("2")
    assert (second.state, second.order_id) == (RecordState.FOLDED, first.order_id)
    assert [ref.source_no for ref in await queries.of_order(first.order_id)] == ["1", "2"]
    by = TransitionContext(actor=town.dispatcher, now=now)
    await orders.cancel(first.order_id, "误报", by)
    assert (await tell("3")).state is RecordState.FILED


async def test_positions_are_read_in_the_declared_datum_and_never_moved_by_guess(now):
    town, source = await make_town(now), await make_source(now)
    here = told("E-1", clues=Clues(point=PointClue(lng=DOOR.lng, lat=DOOR.lat)))
    swapped = told("E-2", clues=Clues(point=PointClue(lng=DOOR.lat, lat=DOOR.lng)))
    outside = told("E-3", clues=Clues(point=PointClue(lng=FAR_AWAY.lng, lat=FAR_AWAY.lat)))
    receipts = [await receiving.receive(source, each, wire(each), now=now) for each in (here, swapped, outside)]

    assert [receipt.reason for receipt in receipts] == ["", "swapped", "outside"]
    assert await db.fetchval("SELECT place_id FROM work_order") == town.place_id


async def test_what_is_sealed_is_opened_by_a_dispatcher_with_a_trace_and_erased_after_its_term(now):
    town, source = await make_town(now), await make_source(now, raw_days=1)
    message = told("F-1", code=town.code, contact=ReporterContact(phone="13812345678"))
    record_id = (await receiving.receive(source, message, wire(message), now=now)).record_id

    for stranger in (town.resident, town.verifier):
        with pytest.raises(RecordNotFound):
            await reading.open_messages(record_id, stranger, now)
    [raw] = await reading.open_messages(record_id, town.dispatcher, now)
    assert raw.body == wire(message).decode()
    assert (await reading.open_contact(record_id, town.handlers[0], now)).phone == "13812345678"
    with pytest.raises(RecordNotFound):
        await reading.open_contact(record_id, town.verifier, now)
    record = await queries.get_record(record_id, town.dispatcher)
    assert [(each.part, each.name) for each in record.readings] == [("contact", "巡查员1"), ("message", "派单员")]

    assert await retention.erase(now.replace(year=now.year + 1)) == 1
    with pytest.raises(MessageErased):
        await reading.open_messages(record_id, town.dispatcher, now)
    assert not (await queries.get_record(record_id, town.dispatcher)).has_contact


async def test_a_photo_that_cannot_serve_holds_up_no_order(now):
    town, source = await make_town(now), await make_source(now)
    message = told("G-1", code=town.code, photo_ids=[UUID(int=1)])

    assert (await receiving.receive(source, message, wire(message), now=now)).state is RecordState.FILED


async def test_of_many_messages_under_one_number_some_are_kept_and_of_the_others_that_they_came(now):
    town, source = await make_town(now), await make_source(now)
    for number in range(writing.MESSAGES_MOST + 2):
        record = await receiving.keep_unreadable(source, b"{%d" % number, "malformed", source_no="G-1", now=now)

    row = await db.fetchrow("SELECT count(*) AS all, count(body) AS kept FROM intake_message")
    assert row is not None
    assert tuple(row) == (writing.MESSAGES_MOST + 2, writing.MESSAGES_MOST)
    opened = await reading.open_messages(record.record_id, town.dispatcher, now)
    assert [raw.body for raw in opened][:2] == ["{0", "{1"]
    assert len(opened) == writing.MESSAGES_MOST
    right = told("G-1", code=town.code)
    assert (await receiving.receive(source, right, wire(right), now=now)).state is RecordState.FILED
