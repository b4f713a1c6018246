"""Records: filed once, an order once, what is personal sealed and forgotten, within each one's areas."""

import asyncio
import hashlib
from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from backend import db
from backend.accounts.structs import Role
from backend.campaigns import coverage, lifecycle, making
from backend.campaigns.coverage import CoverageFilter
from backend.campaigns.errors import (
    CampaignFormForeign,
    CampaignKeyUsed,
    CampaignOver,
    CampaignRecordNotFound,
    CampaignTaskNotFound,
    PersonalErased,
)
from backend.campaigns.records import counting, erasing, reads, unsealing
from backend.campaigns.records.sealing import TargetContact
from backend.campaigns.records.structs import CampaignOutcome, NewCampaignRecord, Presence
from backend.campaigns.rounds import own_tasks
from backend.campaigns.structs import Assignee
from backend.campaigns.targets import adding
from backend.campaigns.targets.structs import NewTarget
from backend.geo.points import Fix
from backend.orders import verbs as orders
from backend.orders.arrivals.errors import WrongCode
from backend.orders.transitions.transition import TransitionContext
from tests.makers.campaigns import CONTENT, GOOD, SEAL, answers_of, file, make_campaign, make_running
from tests.makers.orders import make_photos
from tests.makers.town import COMMITTEE, DOOR, FAR_AWAY, make_actor, make_town

pytestmark = pytest.mark.usefixtures("database")
BAD = {"met": "met", "drains": "no", "water": "20"}
PERSONAL = GOOD | {"fever": "yes", "phone": "13812345678"}
ERASED_AFTER = timedelta(days=30)


async def test_what_a_phone_sends_again_is_one_record_and_another_one_under_its_key_is_refused(now):
    running = await make_running(await make_town(now), now)

    first, again = await file(running, BAD, now), await file(running, BAD, now)
    assert (first.id, first.is_new, again.id, again.is_new) == (again.id, True, first.id, False)
    assert again.orders == first.orders
    with pytest.raises(CampaignKeyUsed):
        await file(running, GOOD, now)
    assert await db.fetchval("SELECT count(*) FROM campaign_record") == 1


async def test_an_answer_that_means_trouble_opens_one_order_with_its_photo_until_that_one_is_over(now):
    town = await make_town(now)
    running = await make_running(town, now)
    photos = await make_photos(running.inspector, 2)
    first = await file(running, {}, now, answers=answers_of({"met": "met", "drains": "no"}, photo_ids=photos[:1]))
    (opened,) = first.orders
    row = await db.fetchrow("SELECT source_kind, item_id, place_id, description, opened_by_id FROM work_order")
    assert tuple(row)[:3] == ("campaign", "B403", town.place_id)
    assert row["description"] == "防汛排查 · 排水畅通: 否"
    shown = "SELECT subject_kind FROM photo_attachment WHERE photo_id = $1"
    assert await db.fetchval(shown, photos[0]) == "order_step"

    more = answers_of({"met": "met", "drains": "no"}, note="更严重了", photo_ids=photos[1:])
    second = await file(running, {}, now, key="record-2", answers=more)
    assert (second.orders[0].order_id, second.orders[0].is_new) == (opened.order_id, False)
    assert await db.fetchval(shown, photos[1]) == "campaign_record"
    elsewhere = await file(running, BAD, now, key="record-3", task=1)
    assert elsewhere.orders[0].is_new

    assert opened.order_id is not None
    await orders.cancel(opened.order_id, "已处理", TransitionContext(actor=town.dispatcher, now=now))
    assert (await file(running, BAD, now, key="record-4")).orders[0].is_new


async def test_two_records_of_one_target_at_once_open_one_order(now):
    running = await make_running(await make_town(now), now)

    filed = await asyncio.gather(*(file(running, BAD, now, key=f"record-{number}") for number in range(1, 5)))

    assert sorted(each.orders[0].is_new for each in filed) == [False, False, False, True]
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1


async def test_what_cannot_become_an_order_is_no_lost_record(now):
    running = await make_running(await make_town(now), now)
    await db.execute("UPDATE item SET is_open = false WHERE code = 'B403'")
    try:
        filed = await file(running, BAD, now)
    finally:
        await db.execute("UPDATE item SET is_open = true WHERE code = 'B403'")

    assert (filed.orders[0].order_id, filed.orders[0].problem) == (None, "item-unknown")
    assert await db.fetchval("SELECT count(*) FROM campaign_record") == 1


async def test_nobody_at_home_leaves_the_target_open_to_go_again(now):
    town = await make_town(now)
    running = await make_running(town, now)
    assert (await file(running, {"met": "nobody"}, now)).outcome is CampaignOutcome.AGAIN
    (task, *_) = await own_tasks.list_own(running.inspector)
    assert (task.id, task.tries) == (running.tasks[0], 1)

    (area,) = await coverage.list_areas(await last_round(), town.dispatcher)
    assert (area.targets, area.done, area.again, area.left) == (3, 0, 1, 3)
    await file(running, GOOD, now, key="record-2")
    await file(running, BAD, now, key="record-3", task=1)
    (area,) = await coverage.list_areas(await last_round(), town.dispatcher)
    assert (area.done, area.again, area.troubles) == (2, 0, 1)
    left = await coverage.list_targets(await last_round(), town.dispatcher, shown=CoverageFilter.LEFT)
    trouble = await coverage.list_targets(await last_round(), town.dispatcher, shown=CoverageFilter.TROUBLE)
    assert [each.task_id for each in left] == running.tasks[2:]
    assert [each.task_id for each in trouble] == running.tasks[1:2]
    elsewhere = await make_actor("外镇派单员", Role.DISPATCHER, "310104003")
    assert await coverage.list_areas(await last_round(), elsewhere) == []


@pytest.mark.parametrize(
    ("where", "presence"),
    [
        ({}, Presence.NONE),
        ({"point": Fix(lng=DOOR.lng, lat=DOOR.lat, accuracy_m=8)}, Presence.FAIR),
        ({"point": Fix(lng=FAR_AWAY.lng, lat=FAR_AWAY.lat, accuracy_m=8)}, Presence.AWAY),
        ({"point": Fix(lng=DOOR.lng, lat=DOOR.lat, accuracy_m=8, is_mock=True)}, Presence.WEAK),
    ],
)
async def test_how_far_somebody_was_there_is_shown_and_nothing_is_refused_for_it(now, where, presence):
    assert (await file(await make_running(await make_town(now), now), GOOD, now, **where)).presence is presence


async def test_the_targets_own_plate_shows_it_best_and_anothers_is_refused(client, now):
    town = await make_town(now)
    running = await make_running(town, now)

    assert (await file(running, GOOD, now, code=town.code)).presence is Presence.FAIR
    with pytest.raises(WrongCode):
        await file(running, GOOD, now, task=1, key="record-2", code=town.code)


async def test_what_is_personal_is_sealed_read_by_few_each_time_on_record_and_destroyed_after_its_term(now):
    town = await make_town(now)
    running = await make_running(town, now, personal_roles=[Role.COMMITTEE])
    filed = await file(running, PERSONAL, now)
    stored = str([dict(row) for row in await db.fetch("SELECT answers, personal FROM campaign_record")])
    facts = str([row["body"] for row in await db.fetch("SELECT body FROM event_log")])
    assert "13812345678" not in stored + facts
    detail = await reads.get_record(filed.id, town.dispatcher, now)
    assert (detail.record.answers, detail.record.has_personal, detail.may_open) == (GOOD, True, False)

    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    for reader in (running.inspector, committee):
        opened = await unsealing.open_answers(filed.id, reader, SEAL, now)
        assert opened == {"fever": "yes", "phone": "13812345678"}
    elsewhere = await make_actor("别处居委", Role.COMMITTEE, "310104003001")
    for reader in (town.dispatcher, town.handlers[0], elsewhere):
        with pytest.raises(CampaignRecordNotFound):
            await unsealing.open_answers(filed.id, reader, SEAL, now)
    read = await db.fetch("SELECT account_id FROM campaign_reading ORDER BY id")
    assert [row["account_id"] for row in read] == [running.inspector.account_id, committee.account_id]

    with pytest.raises(PersonalErased):
        await unsealing.open_answers(filed.id, committee, SEAL, now + ERASED_AFTER)
    assert [await erasing.erase(now + ERASED_AFTER + timedelta(seconds=after)) for after in (-1, 0, 0)] == [0, 1, 0]
    with pytest.raises(PersonalErased):
        await unsealing.open_answers(filed.id, committee, SEAL, now)


async def test_the_centre_has_counts_of_what_is_sealed_and_none_that_may_be_about_somebody(now):
    running = await make_running(await make_town(now), now)
    for number in range(5):
        await file(running, PERSONAL, now, key=f"record-{number}")
        assert await counting.list_counts(running.campaign_id, CONTENT) == {
            "fever": {"yes": 5 if number == 4 else None}
        }
    tallied = await db.fetch("SELECT field, value FROM campaign_tally")
    assert [tuple(row) for row in tallied] == [("fever", "yes")], "a number of a phone is counted nowhere"


async def test_a_contact_is_sealed_opened_by_whoever_goes_and_destroyed_after_the_end(now):
    town = await make_town(now)
    running = await make_running(town, now)
    contact = TargetContact(name="王阿姨", phone="13812345678")
    target = NewTarget(place_id=town.place_id, label="201 室", contact=contact)
    await adding.add_targets(running.campaign_id, [target], town.dispatcher, SEAL, now)
    task = next(each for each in await own_tasks.list_own(running.inspector) if each.has_contact)
    assert "王阿姨" not in str([dict(row) for row in await db.fetch("SELECT * FROM campaign_target")])

    assert await unsealing.open_contact(task.id, running.inspector, SEAL, now) == contact
    with pytest.raises(CampaignTaskNotFound):
        await unsealing.open_contact(task.id, town.dispatcher, SEAL, now)
    assert await db.fetchval("SELECT count(*) FROM campaign_reading WHERE target_id IS NOT NULL") == 1

    await lifecycle.end(running.campaign_id, "结束", town.dispatcher, now)
    assert [await erasing.erase(now + after) for after in (timedelta(0), ERASED_AFTER)] == [0, 1]
    assert await db.fetchval("SELECT count(*) FROM campaign_target WHERE contact IS NOT NULL") == 0


async def test_contacts_of_a_draft_that_nobody_starts_are_destroyed_after_the_end_that_it_names(now):
    town = await make_town(now)
    campaign_id = await make_campaign(town, now)
    target = NewTarget(place_id=town.place_id, contact=TargetContact(name="王阿姨"))
    await adding.add_targets(campaign_id, [target], town.dispatcher, SEAL, now)
    over = now + timedelta(days=3) + ERASED_AFTER

    assert [await erasing.erase(over + timedelta(seconds=after)) for after in (-1, 0)] == [0, 1]


async def test_who_is_named_and_holds_no_role_any_more_goes_nowhere_and_opens_no_contact(now):
    town = await make_town(now)
    running = await make_running(town, now)
    person = town.verifier
    contact = TargetContact(name="王阿姨")
    target = NewTarget(place_id=town.place_id, label="201 室", contact=contact, assignee_id=person.account_id)
    await adding.add_targets(running.campaign_id, [target], town.dispatcher, SEAL, now)
    await making.set_assignees(
        running.campaign_id, [Assignee(area_code="", account_id=person.account_id)], town.dispatcher
    )
    [task] = [each for each in await own_tasks.list_own(person) if each.has_contact]
    assert await unsealing.open_contact(task.id, person, SEAL, now) == contact

    left = replace(person, grants=())
    assert await own_tasks.list_own(left) == []
    with pytest.raises(CampaignTaskNotFound):
        await unsealing.open_contact(task.id, left, SEAL, now)


async def test_what_is_stored_to_know_a_repeat_by_is_no_plain_print_of_a_sealed_answer(now):
    running = await make_running(await make_town(now), now)
    await file(running, PERSONAL, now)
    said = NewCampaignRecord(client_id="record-1", form_id=running.form_id, answers=answers_of(PERSONAL))  # type: ignore[arg-type]

    plain = hashlib.sha256(msgspec.json.encode([running.tasks[0], said])).hexdigest()
    assert await db.fetchval("SELECT key_print FROM campaign_record") != plain


async def test_after_the_end_only_what_was_filled_in_before_is_taken(now):
    town = await make_town(now)
    running = await make_running(town, now)
    ended = now + timedelta(hours=2)
    await lifecycle.end(running.campaign_id, "", town.dispatcher, ended)

    later = ended + timedelta(hours=1)
    assert (await file(running, GOOD, later, captured_at=ended - timedelta(minutes=5))).is_new
    with pytest.raises(CampaignOver):
        await file(running, GOOD, later, key="record-2", task=1)


async def test_a_form_of_another_campaign_and_a_task_of_somebody_else_are_refused(now):
    town = await make_town(now)
    running = await make_running(town, now)
    await make_campaign(town, now)
    foreign = await db.fetchval("SELECT max(id) FROM campaign_form")
    with pytest.raises(CampaignFormForeign):
        await file(running, GOOD, now, form_id=foreign)
    await making.set_assignees(running.campaign_id, [], town.dispatcher)
    with pytest.raises(CampaignTaskNotFound):
        await file(running, GOOD, now)


async def last_round() -> int:
    return await db.fetchval("SELECT max(id) FROM campaign_round")
