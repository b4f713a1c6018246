"""A batch of a broker's messages: together where all are well, and one that is not stops none of the others."""

from datetime import datetime

import msgspec
import pytest

from backend import db
from backend.intake.sensors import taking, unread
from backend.intake.sensors.mqtt.messages import BrokerMessage
from backend.intake.sensors.mqtt.taking import BatchTaker
from backend.intake.sensors.payloads.fields import Fields
from backend.intake.sources import service
from tests.makers.sensors import alarms, make_sensor_source, make_sensors
from tests.makers.town import make_town


@pytest.fixture
async def taker(intake, now) -> BatchTaker:
    town = await make_town(now)
    source = await make_sensor_source(now, name="smoke-1")
    await make_sensors(source, town.place_id, now, "d1", "d2")
    return BatchTaker("smoke-1", Fields())


def alarm(device_no: str, no: str, now: datetime, source: str = "smoke-1", **more: object) -> BrokerMessage:
    said = {"at": now, "no": no, "cause": "smoke"} | more
    return BrokerMessage(f"yima/{source}/{device_no}/alarm", msgspec.json.encode(said), 1, 1, 1)


async def test_what_cannot_be_read_is_there_for_a_person_once_and_the_rest_is_counted(taker, now):
    batch = [
        alarm("d1", "1", now),
        BrokerMessage("yima/smoke-1/d1/alarm", b"\xff\x00 broken", 2, 1, 1),
        BrokerMessage("elsewhere/x", b"{}", 3, 1, 1),
        alarm("d2", "1", now, source="nobody"),
        BrokerMessage("yima/smoke-1/d2/alarm", b"", 5, 1, 1),
        alarm("d2", "2", now),
    ]

    first, again = await taker.take(batch, now), await taker.take(batch, now)

    assert first.done == batch == again.done
    assert (first.readings, first.unreadable, first.refused) == (2, 3, 0)
    assert {(row["device_no"], row["readings"]) for row in await alarms()} == {("d1", 1), ("d2", 1)}
    kept = await db.fetch("SELECT state, note, messages FROM intake_record ORDER BY id")
    assert [row["state"] for row in kept] == ["unreadable"] * 3
    assert "no JSON in UTF-8" in kept[0]["note"] and {row["messages"] for row in kept} == {1}


async def test_garbage_without_end_is_a_few_records_and_no_alarm_among_it_is_lost(taker, now, monkeypatch):
    monkeypatch.setattr(unread, "WAITING_MOST", 5)
    garbage = [BrokerMessage("yima/smoke-1/d1/alarm", b"garbage %d" % each, each, 1, 1) for each in range(300)]
    batch = [each for one, bad in enumerate(garbage) for each in (alarm("d1", str(one), now), bad)]

    first, second = await taker.take(batch[:300], now), await taker.take(batch[300:], now)

    assert (first.readings, first.unreadable, len(first.done)) == (150, 150, 300)
    assert (second.readings, second.unreadable) == (150, 150)
    assert [row["readings"] for row in await alarms()] == [300]
    kept = await db.fetch("SELECT messages FROM intake_record ORDER BY id")
    assert [row["messages"] for row in kept] == [*[1] * 5, 295]
    assert await db.fetchval("SELECT refusals FROM source_refusal WHERE reason = 'unreadable-folded'") == 295


async def test_a_message_that_spoils_its_batch_is_found_and_kept_and_the_others_are_taken(taker, now, monkeypatch):
    """No such message is known: the verb itself is made to fail for one of them, as a bug of ours would."""
    take = taking.take

    async def failing(readings, **rest):
        if any(reading.reading_no == "poison" for reading in readings):
            raise ZeroDivisionError
        return await take(readings, **rest)

    monkeypatch.setattr(taking, "take", failing)
    batch = [alarm("d1", "poison" if number == 5 else str(number), now) for number in range(8)]

    result = await taker.take(batch, now)

    assert (result.done, result.readings, result.unreadable) == (batch, 7, 1)
    assert [row["readings"] for row in await alarms()] == [7]
    assert await db.fetchval("SELECT note FROM intake_record") == "not taken: ZeroDivisionError"


async def test_of_a_source_that_is_closed_nothing_is_taken_or_kept(taker, now):
    await make_sensor_source(now, name="closed-1")
    await service.close_source("closed-1", None, now)

    result = await taker.take([alarm("d1", "1", now, source="closed-1"), alarm("d1", "2", now)], now)

    assert (len(result.done), result.readings, result.refused) == (2, 1, 1)
    await service.close_source("smoke-1", None, now)
    broken = await taker.take([alarm("d1", "3", now)._replace(body=b"{")], now)
    assert (len(broken.done), broken.unreadable, broken.refused) == (1, 0, 1)
    assert await db.fetchval("SELECT count(*) FROM intake_record") == 0
