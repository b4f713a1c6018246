"""Whoever is on call hears of what they may grab, once, and nobody else; their wish to be left alone holds."""

from datetime import datetime, timedelta

import pytest

from backend import clock, db
from backend.orders.deadlines.escalation import escalating
from push import preferences, queries
from push.channels import Channel
from push.preferences import SetPreferences
from tests.makers.duty import make_volunteer
from tests.makers.gateways import Vendor, send_all, switch_on
from tests.makers.pool import FIRE_LANE, grab, make_offer, make_pool_town
from tests.makers.town import TOWN
from tests.makers.worker import deliver

pytestmark = pytest.mark.usefixtures("database")
_OUT = """
    SELECT d.account_id, d.next_at FROM message_delivery d JOIN message m ON m.id = d.message_id
    WHERE m.kind = 'OfferOpened' ORDER BY d.account_id
"""
_CLIMBED = """
    SELECT m.account_id, array_agg(DISTINCT d.channel::text) AS ways
    FROM message m JOIN message_delivery d ON d.message_id = m.id
    WHERE m.kind = 'OrderEscalated' AND m.recipient = 'escalated' GROUP BY m.account_id
"""


@pytest.fixture
def now() -> datetime:
    """Reactions look at what is open by their own clock."""
    return clock.now()


async def heard(who) -> list[str]:
    found = (await queries.list_messages(who.account_id, limit=50)).items
    return [f"{message.title_zh} {message.path}" for message in found if message.kind == "OfferOpened"]


async def test_whoever_is_on_call_there_and_may_take_it_hears_once(now):
    town, (free, busy) = await make_pool_town(now)
    of_town = await make_volunteer(now, "全镇", TOWN)
    off_call = await make_volunteer(now, "没有值守", is_on_call=False)
    for _ in range(3):
        await grab(await make_offer(town, now), busy, now)
    before = len(await heard(busy))

    await make_offer(town, now, item=FIRE_LANE)
    await db.execute("INSERT INTO event_pending (event_id) SELECT id FROM event_log WHERE name = 'OfferOpened'")
    await deliver()

    assert [(await heard(each))[0] for each in (free, of_town)] == ["附近有新单可抢:消防通道(安全出口)堵塞 /hall"] * 2
    assert len(await heard(free)) == 4
    assert (len(await heard(busy)), await heard(off_call)) == (before, [])
    assert await db.fetchval("SELECT count(*) FROM message WHERE kind = 'OfferOpened' AND body_zh LIKE '%100号%'") == 0


async def test_an_urgent_one_rings_at_once_but_for_whoever_wants_no_such_call(now):
    await switch_on(Channel.CONSOLE)
    town, (quiet, muted) = await make_pool_town(now)
    loud = await make_volunteer(now, "响铃")
    local = now + timedelta(hours=8)
    hours = {"quiet_from": f"{local - timedelta(hours=1):%H:%M}", "quiet_until": f"{local + timedelta(hours=1):%H:%M}"}
    await preferences.set_preferences(quiet.account_id, SetPreferences(**hours), now)
    await preferences.set_preferences(muted.account_id, SetPreferences(muted=["OfferOpened"]), now)

    await make_offer(town, now, item=FIRE_LANE)

    out = {row["account_id"]: row["next_at"] for row in await db.fetch(_OUT)}
    assert out.keys() == {quiet.account_id, loud.account_id}
    assert out[loud.account_id] <= clock.now() < out[quiet.account_id]
    assert len(await heard(muted)) == 1
    await send_all(console := Vendor(Channel.CONSOLE), clock.now())
    await send_all(console, clock.now() + timedelta(days=1))
    calls = [each for each in console.shown if each.kind == "OfferOpened"]
    assert len(calls) == 1, "after quiet hours nobody is called for what is gone"
    assert calls[0].expires_at == calls[0].details.due_by


async def test_an_urgent_order_that_a_volunteer_took_climbs_when_nobody_comes(now):
    await switch_on(Channel.CONSOLE, Channel.SMS)
    town, (taker, _) = await make_pool_town(now)
    await db.execute("UPDATE account SET phone = '13800000000' WHERE id = $1", taker.account_id)
    await grab(await make_offer(town, now, item=FIRE_LANE), taker, now)

    await escalating.escalate_due(now + timedelta(hours=2))
    await deliver()

    told = {row["account_id"]: row["ways"] for row in await db.fetch(_CLIMBED)}
    assert told[taker.account_id] == ["console", "sms"], "the one who does not come, and by text message in the end"
    assert town.dispatcher.account_id in told
