"""The pages of elder care: two taps record a visit, a name is opened by a press, and strangers find nothing."""

import re
from datetime import timedelta

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.elder_care import register, rounds
from backend.intake.sensors import registry
from backend.intake.sensors.drafts import SensorDraft
from backend.orders import verbs as orders
from backend.orders.model.inputs import CheckInInput, Verify
from backend.orders.transitions.transition import TransitionContext
from tests.makers.accounts import bearer
from tests.makers.elders import make_care, make_elder
from tests.makers.orders import finish
from tests.makers.sensors import make_sensor_source, reading, take_and_file
from tests.makers.town import TOWN, make_actor, make_town
from tests.makers.worker import deliver

FORM = {"sec-fetch-site": "same-origin", "accept": "text/html"}


@pytest.fixture
async def scene(client):
    now = clock.now()
    town, care = await make_town(now), await make_care(now)
    elder_id = await make_elder(town, care, now - timedelta(days=1), devices=["call-1"])
    await register.assign(elder_id, care.volunteer.account_id, care.committee, now)
    await rounds.make_rounds(now)
    return town, care, elder_id


async def test_a_visitor_opens_the_name_and_records_the_visit(client, scene):
    _, care, elder_id = scene
    mine = FORM | bearer(care.volunteer)

    day = await client.get("/elders", headers=mine)
    closed = await client.get(f"/elders/{elder_id}", headers=mine)
    opened = await client.post(f"/elders/{elder_id}/open", data={}, headers=mine)
    [action] = re.findall(r'action="(/elders/visits/\d+/record)"', day.text)
    [key] = re.findall(r'name="key" value="([^"]+)"', day.text)
    sent = await client.post(action, data={"outcome": "well", "key": key, "note": "在看电视"}, headers=mine)
    odd = await client.post(action, data={"outcome": "asleep"}, headers=mine)

    assert "L-0001" in day.text and "王阿婆" not in day.text + closed.text
    assert "王阿婆" in opened.text and "no-store" in opened.headers["cache-control"]
    assert (sent.status_code, sent.headers["location"]) == (303, "/elders?done=well")
    assert odd.status_code == 400
    assert await db.fetchval("SELECT count(*) FROM elder_opening") == 1
    assert "在看电视" not in (await client.get(f"/elders/{elder_id}", headers=mine)).text
    assert "在看电视" in (await client.post(f"/elders/{elder_id}/open", data={}, headers=mine)).text


async def test_the_street_reads_numbers_and_others_nothing(client, scene):
    town, _, elder_id = scene
    street = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    far = await make_actor("别的居委", Role.COMMITTEE, f"{TOWN}002")

    figures = await client.get("/elders", headers=FORM | bearer(street))
    answers = {
        who.name: (await client.get(f"/elders/{elder_id}", headers=FORM | bearer(who))).status_code
        for who in (street, far, town.dispatcher, town.handlers[0])
    }

    assert "各居委统计" in figures.text and "L-0001" not in figures.text
    assert set(answers.values()) == {404}
    assert "L-0001" not in (await client.get("/elders", headers=FORM | bearer(far))).text
    assert (await client.get("/elders", headers=FORM | bearer(town.dispatcher))).status_code == 403
    opened = await client.post(f"/elders/{elder_id}/open", data={}, headers=FORM | bearer(far))
    assert opened.status_code == 404


async def test_an_alarm_of_the_home_shows_on_the_card_and_on_no_plate(client, scene):
    town, care, elder_id = scene
    now = clock.now()
    source = await make_sensor_source(now)
    await registry.register_one(
        SensorDraft(device_no="call-1", kind="one_key_call", place_id=town.place_id), source, now
    )
    await take_and_file(source, now, reading("call-1", now, cause="call"))

    card = await client.get(f"/elders/{elder_id}", headers=FORM | bearer(care.committee))
    plate = await client.get(f"/q/{town.code}", headers=FORM)

    assert await db.fetchval("SELECT item_id FROM work_order") == "E102"
    assert "一键呼叫" in card.text
    assert "一键呼叫" not in plate.text and "约定上门" not in plate.text


async def test_the_form_of_a_new_elder_says_what_was_wrong_and_keeps_it(client, scene):
    town, care, _ = scene
    mine = FORM | bearer(care.committee)
    typed = {"code": town.code, "name": "李老伯", "door": "5号楼", "label": "L-0002", "risk": "low", "way": "call"}
    typed |= {"every_days": "7", "consent": "family", "consent_on": "2026-01-01", "until": "0001-01-01"}

    refused = await client.post("/elders", data=typed, headers=mine)
    unreadable = await client.post("/elders", data=typed | {"every_days": "99999999999"}, headers=mine)
    until = (clock.now() + timedelta(days=300)).date().isoformat()
    today = clock.now().date().isoformat()
    added = await client.post("/elders", data=typed | {"consent_on": today, "until": until}, headers=mine)

    assert refused.status_code == 422 and 'value="李老伯"' in refused.text
    assert unreadable.status_code == 400
    assert added.status_code == 303


async def test_a_missed_visit_is_told_made_alarms_and_its_order_is_closed(client, scene):
    town, care, _ = scene
    now, mine = clock.now(), FORM | bearer(care.volunteer)
    await db.execute("UPDATE elder_visit SET due_at = $1", now - timedelta(minutes=5))
    await rounds.escalate_missed(now)
    await deliver()

    inbox = await client.get("/inbox", headers=mine)
    late = await client.get("/elders", headers=mine)
    [action] = re.findall(r'action="(/elders/visits/\d+/record)"', late.text)
    for key in ("one", "two"):
        await client.post(action, data={"outcome": "not_opened", "key": key}, headers=mine)
    order = await db.fetchrow("SELECT id, number FROM work_order")
    await deliver()
    theirs = FORM | bearer(care.handler)
    work = await client.get("/work", headers=theirs)
    by = TransitionContext(actor=care.handler, now=now)
    await orders.accept(order["id"], by)
    await orders.check_in(order["id"], CheckInInput(code=town.code), by)
    await finish(order["id"], care.handler, now)
    await orders.verify(order["id"], Verify(result="pass"), TransitionContext(actor=town.verifier, now=now))
    ended = await client.get("/elders", headers=FORM | bearer(care.committee))

    assert "约定走访未完成:编号 L-0001" in inbox.text
    assert "已过" in late.text
    assert order["number"] in work.text and "王阿婆" not in work.text
    assert await db.fetchval("SELECT state FROM work_order") == "closed"
    assert f'href="/o/{order["id"]}"' in ended.text and "今天的走访都已完成" in ended.text
    assert await rounds.escalate_missed(now + timedelta(hours=9)) == 0


async def test_a_pause_is_set_and_ended_on_the_page_and_a_wrong_day_is_told_there(client, scene):
    _, care, elder_id = scene
    mine, page = FORM | bearer(care.committee), f"/elders/{elder_id}"
    until = (clock.now() + timedelta(days=20)).date().isoformat()

    odd = [
        await client.post(f"{page}/pause", data={"until": day}, headers=mine)
        for day in ("0001-01-01", "9999-12-31", "x", "")
    ]
    paused = await client.post(f"{page}/pause", data={"until": until}, headers=mine)
    shown, listed = await client.get(page, headers=mine), await client.get("/elders", headers=mine)
    back = await client.post(f"{page}/pause", data={"act": "resume"}, headers=mine)
    refused = await client.post(f"{page}/pause", data={"until": until}, headers=FORM | bearer(care.volunteer))

    assert {each.status_code for each in odd} == {422}
    assert paused.headers["location"] == f"{page}?done=paused" and until in shown.text
    assert f"暂停至 {until}" in listed.text and "已暂停" in listed.text
    assert back.status_code == 303 and refused.status_code == 403
    assert await db.fetchval("SELECT state FROM elder_visit") == "due"
    for query in ("after=99999999999999999999", "after=x", "after_elder=-1", "label=%20", "label=" + "L" * 300):
        assert (await client.get(f"/elders?{query}", headers=mine)).status_code == 200
