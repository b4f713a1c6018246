"""Rounds of a campaign: made once, whoever makes them; missed at the deadline, warned of before; who goes where."""

import asyncio
from datetime import timedelta

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.campaigns import lifecycle, making, queries
from backend.campaigns.errors import (
    AssigneeUnknown,
    CampaignForbidden,
    CampaignFormWrong,
    CampaignNotFound,
    CampaignNotReady,
    CampaignStateWrong,
    CampaignTimesWrong,
)
from backend.campaigns.forms.fields import FormContent
from backend.campaigns.rounds import closing, own_tasks
from backend.campaigns.rounds.opening import open_due
from backend.campaigns.structs import Assignee, CampaignState
from backend.campaigns.targets import adding, changing
from backend.campaigns.targets.structs import NewTarget
from tests.makers.campaigns import CONTENT, GOOD, SEAL, file, make_campaign, make_running, settings_at
from tests.makers.places import make_place
from tests.makers.town import COMMITTEE, DOOR, TOWN, make_actor, make_town
from tests.makers.worker import work

pytestmark = pytest.mark.usefixtures("database")
_STATES = "SELECT state FROM campaign_task ORDER BY id"
_MESSAGES = "SELECT account_id, title_zh, path FROM message WHERE kind = $1 ORDER BY account_id"


async def states() -> list[str]:
    return [row["state"] for row in await db.fetch(_STATES)]


async def test_a_campaign_starts_with_a_task_for_each_target_and_one_message_for_each_who_goes(database, now):
    town = await make_town(now)
    running = await make_running(town, now)
    await work(database)

    assert await states() == ["open"] * 3
    told = await db.fetch(_MESSAGES, "CampaignStarted")
    assert [tuple(row) for row in told] == [(running.inspector.account_id, "防汛排查:请按清单排查", "/checks")]


async def test_a_draft_that_lacks_something_says_all_of_it_and_only_a_draft_starts(now):
    town = await make_town(now)
    campaign_id = await make_campaign(town, now, ends_at=now + timedelta(hours=1))
    await making.set_content(campaign_id, FormContent(), town.dispatcher, now)
    await making.set_assignees(campaign_id, [], town.dispatcher)

    with pytest.raises(CampaignNotReady) as lacking:
        await lifecycle.start(campaign_id, town.dispatcher, now + timedelta(hours=2))
    assert lacking.value.extra["lacks"] == ["form", "targets", "assignees", "time"]
    running = await make_running(town, now)
    with pytest.raises(CampaignStateWrong):
        await lifecycle.start(running.campaign_id, town.dispatcher, now)


async def test_eight_workers_at_once_make_a_round_once_and_close_it_once(now):
    running = await make_running(await make_town(now), now, every_h=24)
    tomorrow = now + timedelta(hours=25)

    closed = await asyncio.gather(*(closing.close_due(now + timedelta(hours=13)) for _ in range(8)))
    opened = await asyncio.gather(*(open_due(tomorrow) for _ in range(8)), return_exceptions=True)

    assert (sum(closed), sum(each for each in opened if isinstance(each, int))) == (1, 1)
    assert await states() == ["missed"] * 3 + ["open"] * 3
    assert await db.fetchval("SELECT count(*) FROM event_log WHERE name = 'CampaignRoundMissed'") == 1
    assert await open_due(tomorrow) == 0
    assert [task.round for task in await own_tasks.list_own(running.inspector)] == [2, 2, 2]


async def test_who_has_something_left_hears_of_the_deadline_and_the_centre_of_what_was_missed(database, now):
    town = await make_town(now)
    running = await make_running(town, now)
    await file(running, GOOD, now)
    early, soon, late = (now + timedelta(hours=hours) for hours in (8, 10, 12))

    assert [await closing.warn(at) for at in (early, soon, soon)] == [0, 1, 0]
    await work(database)
    assert [await closing.close_due(at) for at in (soon, late, late)] == [0, 1, 0]
    await work(database)

    warned = [tuple(row) for row in await db.fetch(_MESSAGES, "CampaignRoundDueSoon")]
    missed = [tuple(row)[:2] for row in await db.fetch(_MESSAGES, "CampaignRoundMissed")]
    assert [person for person, *_ in warned] == [running.inspector.account_id]
    assert missed == [(town.dispatcher.account_id, "防汛排查:2 处逾期未排查")]
    assert await states() == ["done", "missed", "missed"]


async def test_a_round_that_is_over_still_takes_what_a_phone_kept_and_it_is_late(now):
    running = await make_running(await make_town(now), now)
    late = now + timedelta(hours=13)
    await closing.close_due(late)
    assert await own_tasks.list_own(running.inspector) == []

    await file(running, GOOD, late, captured_at=now + timedelta(hours=11))
    await file(running, GOOD, late, task=1, key="record-2")

    assert await states() == ["done", "done", "missed"]
    done = await db.fetch("SELECT done_at FROM campaign_task WHERE state = 'done' ORDER BY id")
    assert [row["done_at"] - now for row in done] == [timedelta(hours=11), timedelta(hours=13)]


async def test_a_campaign_ends_with_its_time_or_by_a_person_and_is_put_away(now):
    town = await make_town(now)
    first, second = await make_running(town, now), await make_campaign(town, now)
    assert await closing.end_past(now + timedelta(days=3)) == 1
    assert await closing.end_past(now + timedelta(days=3)) == 0
    await lifecycle.archive(first.campaign_id, town.dispatcher)

    listed = {each.id: each.state for each in await queries.list_campaigns(town.dispatcher, list(CampaignState))}
    assert listed == {first.campaign_id: CampaignState.ARCHIVED, second: CampaignState.DRAFT}
    with pytest.raises(CampaignStateWrong):
        await lifecycle.end(second, "", town.dispatcher, now)


async def test_targets_of_a_running_campaign_belong_to_its_round_and_go_from_it(now):
    town = await make_town(now)
    running = await make_running(town, now)
    another = await make_place(DOOR, address="莲安东路102号", area_code=COMMITTEE)
    added = await adding.add_targets(
        running.campaign_id,
        [NewTarget(place_id=another), NewTarget(place_id=town.place_id)],
        town.dispatcher,
        SEAL,
        now,
    )
    assert added[1] is None
    assert len(await own_tasks.list_own(running.inspector)) == 4

    assert added[0] is not None
    await changing.remove(running.campaign_id, added[0], town.dispatcher, now)
    await changing.assign(running.campaign_id, running.targets[0], await username(town.verifier), town.dispatcher)

    assert [task.id for task in await own_tasks.list_own(running.inspector)] == running.tasks[1:]
    assert [task.id for task in await own_tasks.list_own(town.verifier)] == running.tasks[:1]


async def test_who_goes_is_a_role_a_unit_or_a_person_within_an_area_and_nobody_else(now):
    town = await make_town(now)
    running = await make_running(town, now)
    elsewhere = await make_actor("外镇网格员", Role.INSPECTOR, "310104003001")
    person = await make_actor("志愿者", Role.VOLUNTEER, COMMITTEE)
    goes = [
        Assignee(area_code=COMMITTEE, unit_id=town.unit_id),
        Assignee(area_code="", account_id=person.account_id),
    ]
    await making.set_assignees(running.campaign_id, goes, town.dispatcher)

    people = [running.inspector, elsewhere, town.handlers[0], person]
    assert [len(await own_tasks.list_own(each)) for each in people] == [0, 0, 3, 3]
    for wrong in (Assignee(area_code="310104003", role=Role.HANDLER), Assignee(area_code=TOWN, role=Role.RESIDENT)):
        with pytest.raises(AssigneeUnknown):
            await making.set_assignees(running.campaign_id, [wrong], town.dispatcher)


async def test_only_the_centre_of_the_whole_area_makes_and_others_do_not_know_of_it(now):
    town = await make_town(now)
    campaign_id = await make_campaign(town, now)
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    elsewhere = await make_actor("外镇派单员", Role.DISPATCHER, "310104003")

    with pytest.raises(CampaignForbidden):
        await making.change_settings(campaign_id, settings_at(now), committee)
    for stranger in (elsewhere, town.handlers[0]):
        with pytest.raises(CampaignNotFound):
            await making.change_settings(campaign_id, settings_at(now), stranger)
    assert [each.id for each in await queries.list_campaigns(committee, [CampaignState.DRAFT])] == [campaign_id]
    assert await queries.list_campaigns(elsewhere, list(CampaignState)) == []


async def test_what_runs_keeps_its_rhythm_and_gets_another_version_of_its_form(now):
    town = await make_town(now)
    running = await make_running(town, now)
    changed = settings_at(now, name_zh="改名", starts_at=now + timedelta(hours=5), due_within_h=1)
    await making.change_settings(running.campaign_id, changed, town.dispatcher)
    await making.set_content(running.campaign_id, CONTENT, town.dispatcher, now)

    campaign = await queries.get_campaign(running.campaign_id, town.dispatcher)
    assert (campaign.name_zh, campaign.starts_at, campaign.due_within_h) == ("改名", now, 12)
    assert (campaign.form_version, campaign.form_id != running.form_id) == (2, True)
    assert (await file(running, GOOD, now)).is_new, "a phone may still have the earlier version"
    with pytest.raises(CampaignFormWrong):
        await making.set_content(running.campaign_id, FormContent(), town.dispatcher, now)
    with pytest.raises(CampaignTimesWrong):
        settings = settings_at(now, every_h=6, due_within_h=12)
        await making.change_settings(running.campaign_id, settings, town.dispatcher)


async def username(person) -> str:
    return await db.fetchval("SELECT username FROM account WHERE id = $1", person.account_id)
