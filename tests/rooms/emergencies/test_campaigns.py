"""An emergency starts the campaigns of its plan, once, and they end with it; its log and report name them."""

from datetime import timedelta

import pytest

from backend import db, emergency_campaigns
from backend.accounts import service as accounts
from backend.accounts.structs import Role
from backend.campaigns import by_emergency, copying, making, queries
from backend.campaigns.rounds import own_tasks
from backend.campaigns.structs import Assignee, CampaignMode, CampaignState
from backend.campaigns.targets import adding
from backend.campaigns.targets.structs import NewTarget
from backend.emergencies import modes, receipt_reads, report
from backend.emergencies.structs import EntryKind
from backend.events.facts import Recorded
from tests.makers.campaigns import SEAL
from tests.makers.emergencies import begin, make_head, make_plan
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import work

pytestmark = pytest.mark.usefixtures("database")
_FACT = "SELECT id, name, subject, subject_id, version, area_code, unit_id, account_ids, body FROM event_log"


async def recorded(name: str) -> list[Recorded]:
    """The facts of a kind as a reaction gets them."""
    rows = await db.fetch(f"{_FACT} WHERE name = $1 ORDER BY id", name)
    return [Recorded(**{**row, "body": bytes(row["body"], "utf-8")}) for row in rows]


async def test_each_campaign_of_the_plan_starts_at_once_as_its_template_says_and_ends_with_the_emergency(now, database):
    await make_town(now)
    head, inspector = await make_head(), await make_actor("网格员", Role.INSPECTOR, COMMITTEE)
    plan_id = await make_plan(now, campaigns=("typhoon", "no-such-page"))

    emergency_id = await begin(head, now, plan_id=plan_id)
    await work(database)

    [found] = await by_emergency.list_of(emergency_id)
    campaign = await queries.find(found.id)
    assert campaign is not None
    assert (campaign.state, campaign.mode, campaign.area_code) == (CampaignState.RUNNING, CampaignMode.EMERGENCY, TOWN)
    assert (campaign.every_h, campaign.due_within_h) == (24, 12)
    assert campaign.ends_at - campaign.starts_at == timedelta(days=3)
    assert {each.role for each in await queries.list_assignees(found.id)} == {
        Role.INSPECTOR, Role.COMMITTEE, Role.HANDLER,
    }  # fmt: skip
    [task] = await own_tasks.list_own(inspector)
    assert task.area_code == COMMITTEE, "without a list each committee is a target"
    told = "SELECT count(*) FROM message WHERE kind = 'CampaignStarted' AND account_id = $1"
    assert await db.fetchval(told, inspector.account_id) == 1

    await modes.end(emergency_id, "解除", head, now + timedelta(hours=3))
    await work(database)

    assert [each.state for each in await by_emergency.list_of(emergency_id)] == [CampaignState.ENDED]
    assert await own_tasks.list_own(inspector) == []
    emergency = await receipt_reads.see_command(emergency_id, head)
    made = await report.make_report(emergency, head, now + timedelta(hours=4))
    lines = [entry.text for entry in made.entries if entry.kind is EntryKind.CAMPAIGN]
    assert len(lines) == 3
    assert "没有样板" in lines[0] and "共 1 处" in lines[1] and "0/1 处已排查" in lines[2]


async def test_facts_that_are_delivered_twice_start_end_and_note_a_campaign_once(now, database):
    await make_town(now)
    head = await make_head()
    emergency_id = await begin(head, now, plan_id=await make_plan(now, campaigns=("typhoon",)))
    await work(database)
    await modes.end(emergency_id, "解除", head, now)
    await work(database)
    entries = "SELECT count(*) FROM situation_entry WHERE kind = 'campaign'"
    before = await db.fetchval(entries)

    for _ in range(2):
        await emergency_campaigns.start_campaigns(await recorded("EmergencyBegan"))
        await emergency_campaigns.end_campaigns(await recorded("EmergencyEnded"))
        await emergency_campaigns.note_campaigns(await recorded("CampaignStarted"))
        await emergency_campaigns.note_campaigns(await recorded("CampaignEnded"))

    assert (await db.fetchval("SELECT count(*) FROM campaign"), await db.fetchval(entries)) == (1, before)
    assert before == 2


async def test_one_that_is_over_before_the_worker_comes_starts_nothing(now, database):
    await make_town(now)
    head = await make_head()
    emergency_id = await begin(head, now, plan_id=await make_plan(now, campaigns=("typhoon",)))
    await modes.end(emergency_id, "误报", head, now)

    await work(database)

    assert await by_emergency.list_of(emergency_id) == []


async def test_what_the_town_made_of_the_template_before_says_where_and_who_of_those_that_are_still_here(now, database):
    town, head = await make_town(now), await make_head()
    stays, left = [await make_actor(name, Role.INSPECTOR, COMMITTEE) for name in ("在岗", "离岗")]
    prepared = await copying.from_template("typhoon", TOWN, town.dispatcher, now)
    targets = [NewTarget(place_id=town.place_id, label="一号楼", kind="estate", assignee_id=left.account_id)]
    await adding.add_targets(prepared, targets, town.dispatcher, SEAL, now)
    people = [Assignee(area_code=TOWN, account_id=each.account_id) for each in (stays, left)]
    await making.set_assignees(prepared, people, town.dispatcher)
    await accounts.close_account(left.account_id, now)

    emergency_id = await begin(head, now, area=COMMITTEE, plan_id=await make_plan(now, campaigns=("typhoon",)))
    await work(database)

    [found] = await by_emergency.list_of(emergency_id)
    assert [(each.area_code, each.account_id) for each in await queries.list_assignees(found.id)] == [
        (COMMITTEE, stays.account_id)
    ]
    [task] = await own_tasks.list_own(stays)
    assert (task.label, task.kind, task.is_own) == ("一号楼", "estate", False)
