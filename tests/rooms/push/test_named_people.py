"""Whoever is named in a fact and has left since gets no message of it: a closed account, or no role there any more."""

from datetime import timedelta

import pytest

from backend import db
from backend.accounts import service as accounts
from backend.accounts.structs import Grant, Role
from backend.campaigns import lifecycle, making
from backend.campaigns.rounds import closing
from backend.campaigns.structs import Assignee
from backend.campaigns.targets import adding
from backend.campaigns.targets.structs import NewTarget
from backend.emergencies import forgotten, ladder
from tests.makers.campaigns import SEAL, make_campaign
from tests.makers.emergencies import begin, make_group, make_head, send
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import work

pytestmark = pytest.mark.usefixtures("database")
_TOLD = "SELECT DISTINCT account_id FROM message WHERE kind = ANY($1::text[])"


async def told(*kinds):
    return {row["account_id"] for row in await db.fetch(_TOLD, list(kinds))}


async def three(role=Role.INSPECTOR):
    """Somebody who stays, somebody whose account is closed, and somebody who works elsewhere from now on."""
    return [await make_actor(name, role, COMMITTEE) for name in ("在岗", "销号", "调离")]


async def leave(closed, moved, now, role=Role.INSPECTOR):
    await accounts.close_account(closed.account_id, now)
    await accounts.ungrant(moved.account_id, Grant(role, COMMITTEE))
    await accounts.grant(moved.account_id, Grant(role, "310104003001"))


async def test_the_start_and_the_deadline_of_a_campaign(now, database):
    town = await make_town(now)
    stays, closed, moved = people = await three()
    campaign_id = await make_campaign(town, now)
    named = [Assignee(area_code=TOWN, account_id=each.account_id) for each in people]
    await making.set_assignees(campaign_id, named, town.dispatcher)
    targets = [NewTarget(place_id=town.place_id, label=each.name, assignee_id=each.account_id) for each in people]
    await adding.add_targets(campaign_id, [*targets, NewTarget(place_id=town.place_id)], town.dispatcher, SEAL, now)
    await lifecycle.start(campaign_id, town.dispatcher, now)
    await leave(closed, moved, now)
    await work(database)
    assert await told("CampaignStarted") == {stays.account_id}

    await closing.warn(now + timedelta(hours=11))
    await work(database)

    assert await told("CampaignRoundDueSoon") == {stays.account_id}


async def test_broadcasts_reminders_and_whoever_leads_or_began_it(now, database):
    await make_town(now)
    head, other_head = await make_head(), await make_head(name="副主任")
    stays, closed, moved = await three()
    emergency_id = await begin(head, now)
    await send(emergency_id, head, now, group_id=await make_group(head, moved), minutes=10)
    await leave(closed, moved, now)
    await work(database)
    assert await told("BroadcastSent") == {stays.account_id}

    for minute in (5, 10, 20):
        await ladder.escalate(now + timedelta(minutes=minute))
    await accounts.close_account(head.account_id, now)
    await forgotten.warn(now + timedelta(hours=25))
    await work(database)

    assert not {closed.account_id, moved.account_id, head.account_id} & await told("BroadcastUnanswered")
    assert await told("EmergencyForgotten") == {other_head.account_id}
