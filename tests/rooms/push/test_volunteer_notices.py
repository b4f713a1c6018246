"""The committee hears of what waits for it, a volunteer of what others decided, and nobody of what they did."""

import pytest

from backend import db
from backend.accounts.structs import Role
from grab_orders.people import applying, deciding
from push.channels import Channel
from tests.makers.gateways import deliveries, link, switch_on
from tests.makers.town import make_actor, make_town
from tests.makers.volunteers import SEAL, application, make_committee_member
from tests.makers.worker import deliver


@pytest.fixture
async def keeper(database, now):
    await make_town(now)
    return await make_committee_member()


async def inbox(who):
    rows = await db.fetch("SELECT kind, body_zh FROM message WHERE account_id = $1 ORDER BY id", who.account_id)
    return [tuple(row) for row in rows]


async def test_the_committee_hears_of_an_application_and_the_applicant_of_the_refusal(keeper, now):
    who = await make_actor("王**", Role.RESIDENT, "")
    await switch_on(Channel.WECOM, Channel.WECHAT)
    await link(keeper.account_id, "wecom")
    await link(who.account_id, "wechat")
    applied = await applying.apply(application(), who.account_id, SEAL, now)
    await deciding.refuse(applied.volunteer_id, "证件不符", keeper, now)
    await deliver()

    assert await inbox(keeper) == [("VolunteerApplied", "")]
    assert await inbox(who) == [("VolunteerRefused", "证件不符")]
    assert [each[:2] for each in await deliveries()] == [("wecom", "queued"), ("wechat", "queued")]


async def test_nobody_is_told_of_their_own_leaving(keeper, now):
    who = await make_actor("王**", Role.RESIDENT, "")
    await applying.apply(application(), who.account_id, SEAL, now)
    await deciding.leave(who, now)
    await deliver()

    assert await inbox(who) == []
