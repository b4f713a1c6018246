"""One number of a source at once from everywhere: one record, one order; one fold at once: one order."""

import asyncio

import pytest

from backend import db
from backend.intake.records import deciding, receiving, webhooks
from backend.intake.records.errors import RecordSettled
from backend.intake.records.structs import RecordDecision, RecordState
from backend.intake.sources import signatures
from backend.intake.structs import Clues
from tests.makers.intake import make_credential, make_source, told, wire
from tests.makers.town import make_town

pytestmark = pytest.mark.usefixtures("intake")
AT_ONCE = 12


async def test_a_number_that_comes_from_everywhere_at_once_is_one_order_with_one_receipt(now):
    town, source = await make_town(now), await make_source(now)
    message = told("1", code=town.code)
    receipts = await asyncio.gather(
        *(receiving.receive(source, message, wire(message), now=now) for _ in range(AT_ONCE))
    )

    assert sum(receipt.is_new for receipt in receipts) == 1
    assert len({(receipt.record_id, receipt.order_id) for receipt in receipts}) == 1
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1
    assert await db.fetchval("SELECT count(*) FROM intake_message") == 1


async def test_alarms_of_one_fold_that_come_at_once_are_one_order_and_none_is_lost(now):
    town, source = await make_town(now), await make_source(now)
    alarms = [told(str(nr), clues=Clues(place_id=town.place_id), fold="gas:7") for nr in range(AT_ONCE)]
    receipts = await asyncio.gather(*(receiving.receive(source, each, wire(each), now=now) for each in alarms))

    assert sorted(receipt.state for receipt in receipts) == ["filed"] + ["folded"] * (AT_ONCE - 1)
    assert len({receipt.order_id for receipt in receipts}) == 1
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1


async def test_two_who_decide_at_once_open_one_order_and_the_second_is_told(now):
    town, source = await make_town(now), await make_source(now)
    unsure = told("1")
    record_id = (await receiving.receive(source, unsure, wire(unsure), now=now)).record_id
    decision = RecordDecision(item_code="A101", place_id=town.place_id)
    answers = await asyncio.gather(
        *(deciding.decide(record_id, decision, town.dispatcher, now) for _ in range(4)), return_exceptions=True
    )

    assert [answer.state for answer in answers if not isinstance(answer, BaseException)] == [RecordState.FILED]
    assert all(isinstance(answer, RecordSettled) for answer in answers if isinstance(answer, BaseException))
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1


async def test_a_webhook_that_is_repeated_before_its_answer_is_taken_once(now):

    town, own = await make_town(now), await make_credential(now)
    body = wire(told("1", code=town.code))
    signed = signatures.sign(own.secret, "msg_1", now, body)

    async def take():
        source, webhook_id = await webhooks.get_signed(own.source.name, signed, body, now)
        return await webhooks.take(source, webhook_id, body, now)

    receipts = await asyncio.gather(*(take() for _ in range(AT_ONCE)))
    assert sum(receipt.is_new for receipt in receipts) == 1
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1
