"""Elder care: what is sealed and who opens it, rounds that are made once, alarms that climb, orders without a name."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Grant, Role
from backend.elder_care import queries, register, rounds, visiting
from backend.elder_care.errors import (
    CareNotYours,
    ElderEnded,
    ElderKnown,
    ElderNotFound,
    TermUnfit,
    VisitEnded,
    VisitNotFound,
    VisitorUnfit,
)
from backend.elder_care.rules import Risk, VisitOutcome
from backend.elder_care.structs import RecordDraft
from tests.makers.elders import SECRET, draft_of, make_care, make_elder
from tests.makers.shops import SEAL
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import deliver

MORNING = datetime(2026, 11, 30, 1, tzinfo=UTC)
"""Nine in Shanghai, on a Monday."""
_TOLD = "SELECT a.display_name FROM message m JOIN account a ON a.id = m.account_id WHERE m.kind = 'VisitMissed'"


@pytest.fixture
async def scene(database):
    return await make_town(MORNING), await make_care(MORNING)


async def visit_of(elder_id):
    return await db.fetchrow("SELECT * FROM elder_visit WHERE elder_id = $1 ORDER BY due_on DESC LIMIT 1", elder_id)


async def found(visit_id, outcome, by, now=MORNING, note="", key=None):
    said = RecordDraft(outcome=outcome, note=note)
    return await visiting.record(visit_id, said, by, key=key or f"{outcome}-{now}", seal=SEAL, now=now)


async def told():
    await deliver()
    return sorted(row["display_name"] for row in await db.fetch(_TOLD))


async def test_nothing_of_who_it_is_stands_in_the_database_in_clear(scene):
    town, care = scene
    elder_id = await make_elder(town, care, MORNING)
    await rounds.make_rounds(MORNING)
    await found((await visit_of(elder_id))["id"], VisitOutcome.NEEDS_HELP, care.committee, note="王阿婆摔倒了")

    dump = ""
    for table in ("lone_elder", "elder_visit_record", "work_order", "order_step", "event_log", "message"):
        dump += str([tuple(row) for row in await db.fetch(f"SELECT * FROM {table}")])

    for secret in ("王阿婆", "501", "13800001111", "13800002222", "摔倒"):
        assert secret not in dump
        assert secret.encode().hex() not in dump


async def test_only_the_committee_and_the_assigned_open_it_and_each_time_is_written_down(scene):
    town, care = scene
    elder_id = await make_elder(town, care, MORNING)
    far = await make_actor("别的居委", Role.COMMITTEE, f"{TOWN}002")
    street = await make_actor("街镇", Role.STREET_ADMIN, TOWN)

    for stranger in (care.volunteer, far, street, town.dispatcher, town.resident, care.handler):
        with pytest.raises(ElderNotFound):
            await register.open_data(elder_id, stranger, seal=SEAL, now=MORNING)
        assert await queries.list_elders(stranger) == []
    await register.assign(elder_id, care.volunteer.account_id, care.committee, MORNING)
    opened = [
        await register.open_data(elder_id, who, seal=SEAL, now=MORNING) for who in (care.volunteer, care.committee)
    ]
    await register.relieve(elder_id, care.volunteer.account_id, care.committee, MORNING)
    with pytest.raises(ElderNotFound):
        await register.open_data(elder_id, care.volunteer, seal=SEAL, now=MORNING)

    assert opened == [SECRET, SECRET]
    assert [each.name for each in await queries.list_openings(elder_id)] == ["居委干部", "志愿者甲"]
    [figures] = await queries.count_care(street, MORNING.date())
    assert (figures.area_code, figures.elders, figures.high) == (COMMITTEE, 1, 1)


async def test_rounds_are_made_once_a_day_by_rhythm_whoever_makes_them(scene):
    town, care = scene
    daily = await make_elder(town, care, MORNING)
    weekly = await make_elder(town, care, MORNING, label="L-0002", risk=Risk.LOW, every_days=7)
    await register.assign(daily, care.volunteer.account_id, care.committee, MORNING)

    made = sum(await asyncio.gather(*(rounds.make_rounds(MORNING) for _ in range(3))))
    await found((await visit_of(weekly))["id"], VisitOutcome.WELL, care.committee)
    for day in range(1, 8):
        made += await rounds.make_rounds(MORNING + timedelta(days=day))

    counts = {row["elder_id"]: row["n"] for row in await db.fetch(
        "SELECT elder_id, count(*) AS n FROM elder_visit GROUP BY 1"
    )}  # fmt: skip
    assert (made, counts) == (10, {daily: 8, weekly: 2})
    assert (await visit_of(daily))["visitor_id"] == care.volunteer.account_id
    assert await db.fetchval("SELECT count(*) FROM elder_visit WHERE state = 'missed'") == 7


async def test_a_visit_that_nobody_makes_climbs_to_the_visitor_the_committee_and_the_street(scene):
    town, care = scene
    await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    elder_id = await make_elder(town, care, MORNING)
    await register.assign(elder_id, care.volunteer.account_id, care.committee, MORNING)
    await rounds.make_rounds(MORNING)
    due = (await visit_of(elder_id))["due_at"]

    heard = []
    for minutes in (-1, 0, 5, 30, 120, 180):
        await asyncio.gather(*(rounds.escalate_missed(due + timedelta(minutes=minutes)) for _ in range(2)))
        heard.append(await told())

    assert heard[:3] == [[], ["志愿者甲"], ["志愿者甲"]]
    assert heard[3] == ["居委干部", "志愿者甲"]
    assert heard[4] == heard[5] == ["居委干部", "志愿者甲", "街镇"]


async def test_nobody_opens_twice_and_somebody_goes_by_an_order_without_a_name(scene):
    town, care = scene
    elder_id = await make_elder(town, care, MORNING)
    await rounds.make_rounds(MORNING)
    visit_id = (await visit_of(elder_id))["id"]

    first = await found(visit_id, VisitOutcome.NOT_OPENED, care.committee)
    again = await found(visit_id, VisitOutcome.NOT_OPENED, care.committee)  # the same key
    second = await found(visit_id, VisitOutcome.NOT_OPENED, care.committee, MORNING + timedelta(hours=1))

    assert (first, again) == (None, None)
    [order] = await db.fetch("SELECT id, item_id, handler_id, place_id, description, source_kind FROM work_order")
    assert order["id"] == second
    assert (order["item_id"], order["handler_id"], order["place_id"]) == (
        "E101",
        care.handler.account_id,
        town.place_id,
    )
    assert "两次无人应门" in order["description"] and "L-0001" in order["description"]
    assert (await visit_of(elder_id))["state"] == "done"
    with pytest.raises(VisitEnded):
        await found(visit_id, VisitOutcome.WELL, care.committee, MORNING + timedelta(hours=2))


async def test_one_order_for_a_home_at_a_time_and_a_door_unopened_on_two_days_counts(scene):
    town, care = scene
    elder_id = await make_elder(town, care, MORNING)
    orders = []
    for day in range(3):
        now = MORNING + timedelta(days=day)
        await rounds.make_rounds(now)
        orders.append(await found((await visit_of(elder_id))["id"], VisitOutcome.NOT_OPENED, care.committee, now))

    assert orders[0] is None
    assert orders[1] == orders[2] is not None
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1


async def test_who_may_record_and_what_the_register_refuses(scene):
    town, care = scene
    elder_id = await make_elder(town, care, MORNING)
    await rounds.make_rounds(MORNING)
    visit_id = (await visit_of(elder_id))["id"]

    with pytest.raises(VisitNotFound):
        await found(visit_id, VisitOutcome.WELL, care.volunteer)
    with pytest.raises(VisitorUnfit):
        await register.assign(elder_id, town.resident.account_id, care.committee, MORNING)
    with pytest.raises(ElderKnown):
        await make_elder(town, care, MORNING)
    for until in (-1, 800):
        with pytest.raises(TermUnfit):
            await make_elder(town, care, MORNING, label="L-9", until=MORNING.date() + timedelta(days=until))
    await register.assign(elder_id, care.volunteer.account_id, care.committee, MORNING)
    with pytest.raises(CareNotYours):
        await register.renew(elder_id, draft_of(MORNING), care.volunteer, MORNING)


async def test_what_is_sealed_goes_after_the_term_and_nothing_is_visited_any_more(scene):
    town, care = scene
    elder_id = await make_elder(town, care, MORNING, until=MORNING.date() + timedelta(days=10))
    await rounds.make_rounds(MORNING)
    await found((await visit_of(elder_id))["id"], VisitOutcome.WELL, care.committee, note="王阿婆在家")
    later = MORNING + timedelta(days=11)

    assert await rounds.make_rounds(later) == 0
    with pytest.raises(ElderEnded):
        await register.open_data(elder_id, care.committee, seal=SEAL, now=later)
    assert [await rounds.forget(MORNING + timedelta(days=day)) for day in (100, 101, 102)] == [0, 1, 0]
    row = await db.fetchrow("SELECT name, door, phone, contacts, label FROM lone_elder WHERE id = $1", elder_id)
    assert tuple(row) == (None, None, None, None, "L-0001")
    assert await db.fetchval("SELECT count(*) FROM elder_visit_record WHERE note IS NOT NULL") == 0


async def test_who_holds_no_role_there_any_more_visits_nobody(scene):
    town, care = scene
    elder_id = await make_elder(town, care, MORNING)
    await register.assign(elder_id, care.volunteer.account_id, care.committee, MORNING)
    await rounds.make_rounds(MORNING)

    await accounts.ungrant(care.volunteer.account_id, Grant(Role.VOLUNTEER, COMMITTEE))
    await deliver()

    assert await queries.list_visitors(elder_id) == []
    assert (await visit_of(elder_id))["visitor_id"] is None
    with pytest.raises(ElderNotFound):
        await register.open_data(elder_id, care.volunteer, seal=SEAL, now=MORNING)


async def test_ending_the_visits_ends_what_is_due(scene):
    town, care = scene
    elder_id = await make_elder(town, care, MORNING)
    await rounds.make_rounds(MORNING)

    await register.end(elder_id, care.committee, MORNING)

    assert (await visit_of(elder_id))["state"] == "missed"
    assert await rounds.make_rounds(MORNING + timedelta(days=1)) == 0
    assert await queries.list_elders(care.committee) == []
