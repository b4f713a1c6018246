"""What devices say becomes orders, once for each fold, and everything else of it is a fact of its own."""

from datetime import timedelta

import pytest

from backend import db
from backend.intake.records import deciding
from backend.intake.records.structs import RecordDecision
from backend.intake.sensors import queries, silence, unknown, watching
from backend.intake.sensors.structs import ReadingKind, Refusal, RefusedReading
from backend.orders import verbs
from backend.orders.transitions.transition import SYSTEM_ACTOR, TransitionContext
from tests.makers.duty import make_volunteer
from tests.makers.pool import grab
from tests.makers.sensors import (
    alarms,
    facts,
    make_sensor_source,
    make_sensors,
    orders,
    reading,
    recovery,
    settle,
    take,
    take_and_file,
    value,
)
from tests.makers.town import COMMITTEE, make_staffed_unit, make_town

pytestmark = pytest.mark.usefixtures("intake")


@pytest.fixture
async def source(database, now):
    return await make_sensor_source(now)


@pytest.fixture
async def place(database, now):
    """A small town with everybody whom alarms need."""
    town = await make_town(now)
    for unit_type in ("fire_station", "joint_station", "committee", "road_maintenance"):
        await make_staffed_unit(unit_type)
    return town


async def test_a_magnetometer_on_a_fire_lane_offers_one_order_to_those_on_call_in_that_committee(source, place, now):
    volunteer = await make_volunteer(now)
    await make_sensors(source, place.place_id, now, "m-1", kind="fire_lane_magnetometer")

    parked = reading("m-1", now, cause="occupied")
    await take_and_file(source, now, parked, parked, reading("m-1", now - timedelta(minutes=1)))

    [order] = await orders()
    assert (order["item_id"], order["state"], order["area_code"]) == ("B101", "offered", COMMITTEE)
    assert (order["place_id"], order["source_kind"]) == (place.place_id, "sensors")
    assert (await alarms())[0]["readings"] == 2
    await grab(await db.fetchval("SELECT id FROM offer"), volunteer, now)
    assert [order["state"] for order in await orders()] == ["accepted"]


async def test_a_storm_of_one_place_is_one_order_and_who_joins_later_goes_into_it(source, place, now):
    numbers = [f"s-{nr}" for nr in range(12)]
    await make_sensors(source, place.place_id, now, *numbers)

    first = await take_and_file(source, now, *(reading(number, now) for number in numbers[:10]))
    later = now + timedelta(minutes=20)
    joined = await take_and_file(source, later, *(reading(number, later) for number in numbers[10:]))

    assert (first.folds_opened, first.alarms_raised, joined.folds_opened, joined.alarms_raised) == (1, 10, 0, 2)
    [order] = await orders()
    assert (order["item_id"], order["priority"]) == ("E103", "P0")
    assert "10 台设备" in order["description"]
    assert len(await facts("StormFound")) == 1
    much_later = later + timedelta(hours=2)
    await make_sensors(source, place.place_id, now, "s-late")
    assert (await take_and_file(source, much_later, reading("s-late", much_later))).folds_opened == 1


async def test_recovery_ends_no_order_but_is_a_fact_and_what_was_over_before_anybody_went_opens_none(
    source, place, now
):
    await make_sensors(source, place.place_id, now, "m-1", "m-2", kind="fire_lane_magnetometer")
    await make_sensors(source, place.place_id, now, "s-1")
    await take_and_file(source, now, reading("m-1", now))
    await take_and_file(source, now, recovery("m-1", now + timedelta(minutes=1)))

    [order] = await orders()
    [told] = await queries.list_of_order(order["id"])
    assert (order["state"], told.cleared_at) == ("dispatched", now + timedelta(minutes=1))
    assert len(await facts("AlarmsCleared")) == 1

    await verbs.withdraw(order["id"], "车已开走", system(now))
    await settle(now)
    later = now + timedelta(hours=1)
    backlog = [reading("m-2", later), recovery("m-2", later + timedelta(seconds=9))]
    await take_and_file(source, later, *backlog, reading("s-1", later), recovery("s-1", later + timedelta(seconds=9)))
    assert [order["item_id"] for order in await orders()] == ["B101", "E103"], "somebody looks after smoke anyway"


async def test_three_wrong_alarms_and_a_person_decides_on_the_fourth(source, place, now):
    await make_sensors(source, place.place_id, now, "m-1", kind="manhole_tilt", silence_min=9)
    await make_sensors(source, place.place_id, now, "d-1", kind="fire_lane_magnetometer")
    for nr in range(3):
        at = now + timedelta(hours=nr)
        await take_and_file(source, at, reading("d-1", at))
        await verbs.withdraw((await orders())[-1]["id"], "现场没有车", system(at))
        await settle(at)
    at = now + timedelta(hours=5)
    await take_and_file(source, at, reading("d-1", at))

    assert len(await orders()) == 3
    record_id, reason = await db.fetchrow("SELECT id, reason FROM intake_record WHERE state = 'unsure'")
    assert reason == "doubtful"
    [listed] = (await queries.list_sensors(place.dispatcher, which=queries.SensorFilter.DOUBTED)).items
    assert (listed.device_no, listed.wrong_count, listed.weight) == ("d-1", 3, 0.4)

    decision = RecordDecision(item_code="B101", place_id=place.place_id)
    await deciding.decide(record_id, decision, place.dispatcher, at)
    await settle(at)
    assert len(await orders()) == 4
    assert await db.fetchval("SELECT order_id IS NOT NULL AND state = 'filed' FROM alarm_fold ORDER BY id DESC LIMIT 1")


async def test_values_are_held_against_the_range_after_calibration_and_the_newest_counts(source, place, now):
    await make_sensors(source, place.place_id, now, "w-1", kind="water_level", gain=0.1, shift=-0.5, high=2.0)

    await take_and_file(source, now, value("w-1", now, 24.9))
    assert await orders() == []
    await take_and_file(source, now, value("w-1", now + timedelta(minutes=2), 25.1))
    late = await take(source, now, value("w-1", now + timedelta(minutes=1), 20.0))

    assert late.alarms_cleared == 0
    [order], [alarm] = await orders(), await alarms()
    assert (order["item_id"], alarm["cause"], alarm["cleared_at"]) == ("B403", "level_high", None)
    assert await db.fetchval("SELECT round(value::numeric, 2) = 2.01 FROM sensor_state")


async def test_a_home_that_is_quiet_gets_one_visit_with_words_that_say_nothing_of_who_lives_there(source, place, now):
    for number, kind in (("door", "door_sensor"), ("meter", "water_meter")):
        await make_sensors(source, place.place_id, now, number, kind=kind, watch="W-1", quiet_hours=12)
    await take(source, now, reading("door", now, cause="opened"), value("meter", now, 100.0))
    drunk = now + timedelta(hours=10)
    await take(source, drunk, value("meter", drunk, 100.2))

    assert await watching.look(now + timedelta(hours=13)) == 0, "water was used"
    quiet = now + timedelta(hours=23)
    await take(source, quiet, reading("door", quiet, ReadingKind.ALIVE), value("meter", quiet, 100.2))
    assert await watching.look(quiet) == 1
    assert await watching.look(quiet + timedelta(hours=1)) == 0
    await settle(quiet)

    [order] = await orders()
    assert (order["item_id"], order["priority"], order["state"]) == ("E101", "P1", "dispatched")
    assert order["description"].startswith("约定查看到时 / Agreed visit due")
    said = str([dict(row) for row in await db.fetch("SELECT * FROM message")] + [dict(order)])
    assert [word for word in ("W-1", "door", "meter", "独居", "elder", "quiet") if word in said] == []

    back = quiet + timedelta(hours=2)
    await take(source, back, reading("door", back, cause="opened"))
    assert (await alarms())[0]["cleared_at"] == back


async def test_a_call_is_an_order_of_the_first_rank_at_once_and_two_homes_of_a_house_are_two(source, place, now):
    await make_sensors(source, place.place_id, now, "k-1", "k-2", kind="one_key_call")
    figures = await take_and_file(source, now, *(reading(number, now) for number in ("k-1", "k-2", "k-1")))

    assert (figures.folds_opened, figures.alarms_counted) == (2, 3)
    assert [(order["item_id"], order["priority"]) for order in await orders()] == [("E102", "P0")] * 2
    assert await db.fetchval("SELECT body ->> 'is_urgent' FROM event_log WHERE name = 'AlarmsRaised'") == "true"


async def test_silence_return_and_an_empty_battery_are_facts_that_open_nothing(source, place, now):
    await make_sensors(source, place.place_id, now, *(f"s-{nr}" for nr in range(3)), silence_min=60)
    await take(source, now, reading("s-0", now, ReadingKind.BATTERY, value=12.0))
    await take(source, now, reading("s-0", now + timedelta(minutes=1), ReadingKind.BATTERY, value=19.0))
    spoke = now + timedelta(minutes=50)
    await take(source, spoke, reading("s-1", spoke, ReadingKind.ALIVE))

    assert await silence.find_silent(now + timedelta(minutes=62)) == 2
    assert await silence.find_silent(now + timedelta(minutes=63)) == 0
    back = now + timedelta(minutes=65)
    assert (await take(source, back, reading("s-2", back, ReadingKind.ALIVE))).returned == 1
    assert await silence.find_silent(now + timedelta(minutes=111)) == 1

    assert [(name, len(body["sensor_ids"])) for name, body in await facts()] == [
        ("BatteriesLow", 1),
        ("SensorsSilent", 2),
        ("SensorsReturned", 1),
        ("SensorsSilent", 1),
    ]
    assert await orders() == []


async def test_who_is_unknown_is_listed_and_bounded_and_what_makes_no_sense_is_counted(source, place, now, monkeypatch):
    monkeypatch.setattr(unknown, "_HOLD", unknown._HOLD.replace("1000", "5"))
    await make_sensors(source, place.place_id, now, "s-1")
    flood = [reading(f"made-up-{nr}", now) for nr in range(9)]
    figures = await take(source, now, *flood, reading("made-up-1", now), reading("s-1", now, cause="earthquake"))
    old = await take(source, now, reading("s-1", now - timedelta(days=40)), value("s-1", now, float("nan")))

    assert (figures.unknown, figures.taken) == (10, 0)
    assert figures.refused == (RefusedReading(index=10, why=Refusal.UNKNOWN_CAUSE),)
    assert [each.why for each in old.refused] == [Refusal.STALE, Refusal.NO_VALUE]
    listed = (await queries.list_unknown(source.id, 2**62)).items
    assert len(listed) == 5
    assert await orders() == await alarms() == []

    await make_sensors(source, place.place_id, now, "made-up-1")
    assert (await take_and_file(source, now, reading("made-up-1", now))).folds_opened == 1
    assert len((await queries.list_unknown(source.id, 2**62)).items) == 4
    await unknown.prune(now + timedelta(days=2))
    assert (await queries.list_unknown(source.id, 2**62)).items == []


async def test_after_somebody_was_there_an_alarm_begins_anew(source, place, now):
    await make_sensors(source, place.place_id, now, "m-1", kind="fire_lane_magnetometer")
    await take_and_file(source, now, reading("m-1", now))
    await verbs.withdraw((await orders())[0]["id"], "已劝离", system(now))
    await settle(now)

    soon, later = now + timedelta(minutes=5), now + timedelta(minutes=30)
    assert (await take_and_file(source, soon, reading("m-1", soon))).folds_opened == 0
    assert (await take_and_file(source, later, reading("m-1", later))).folds_opened == 1
    await take(source, later, reading("m-1", now - timedelta(minutes=9)))
    assert [row["readings"] for row in await alarms()] == [3, 1]


def system(now) -> TransitionContext:
    return TransitionContext(actor=SYSTEM_ACTOR, now=now)
