"""What a vendor says of a message after it took it: it arrived, or it is lost and the next way is taken."""

from datetime import UTC, datetime, timedelta

import pytest

from backend import db
from backend.jobs import TryLater
from push.channels import Channel
from push.gateways.wechat.callbacks import handling, inbox
from push.sending import receipts
from push.sending.arrivals import Arrivals, Reporting
from tests.makers.gateways import Vendor, deliveries, link, send_all, switch_on
from tests.makers.orders import make_order
from tests.makers.town import make_town
from tests.makers.worker import deliver


@pytest.fixture
def now():
    """A little later than the clock of the database, by which deliveries are planned."""
    return datetime.now(UTC) + timedelta(seconds=20)


@pytest.fixture
async def sent(database, now):
    """A new order went to its handler by WeCom, where the message is `v1`; WeChat stands by."""
    town = await make_town(now)
    await switch_on(Channel.WECOM, Channel.WECHAT)
    for vendor in ("wecom", "wechat"):
        await link(town.handlers[0].account_id, vendor)
    await make_order(town, now)
    await deliver()
    await send_all(Vendor(Channel.WECOM), now)


async def test_a_message_that_arrived_is_delivered_once(sent):
    assert [await receipts.arrived(Channel.WECOM, "v1") for _ in range(2)] == [True, False]
    assert [each[:2] for each in await deliveries()] == [("wecom", "delivered"), ("wechat", "queued")]


async def test_a_vendor_that_has_to_be_asked_is_asked_for_half_an_hour(sent, now):
    asked = []

    class Asked(Vendor):
        async def list_arrived(self, vendor_ids):
            asked.append(list(vendor_ids))
            return ["v1"]

    vendor = Asked(Channel.WECOM)
    assert isinstance(vendor, Reporting) and not isinstance(Vendor(Channel.WECOM), Reporting)
    for age in (timedelta(seconds=10), timedelta(minutes=40), timedelta(minutes=5), timedelta(minutes=6)):
        await Arrivals(vendor, lambda age=age: now + age).look_once()

    assert asked == [["v1"]], "not at once, not for ever, and no more of what has arrived"
    assert [each[:2] for each in await deliveries()] == [("wecom", "delivered"), ("wechat", "queued")]


async def test_a_message_that_was_lost_goes_the_next_way_at_once(sent, now):
    assert await receipts.lost(Channel.WECOM, "v1", "5", "blocked by user", now)
    await send_all(wechat := Vendor(Channel.WECHAT), now)

    assert len(wechat.shown) == 1
    assert await deliveries() == [("wecom", "failed", "refused"), ("wechat", "sent", "sent")]


async def test_a_receipt_of_another_channel_or_message_changes_nothing(sent, now):
    assert not await receipts.arrived(Channel.WECHAT, "v1")
    assert not await receipts.lost(Channel.WECOM, "v2", "5", "", now)
    assert [each[1] for each in await deliveries()] == ["sent", "queued"]


@pytest.mark.parametrize(("code", "state"), [("0", "delivered"), ("5", "failed")])
async def test_wechats_word_on_a_message_is_taken(sent, now, code, state):
    await db.execute("DELETE FROM message_delivery WHERE channel = 'wechat'")
    await db.execute("UPDATE message_delivery SET channel = 'wechat'")
    callback_id = await received(now, {"MsgID": "v1", "ErrorCode": code, "ErrorStatus": "x"})

    await handling.handle(callback_id, now)

    assert [each[:2] for each in await deliveries()] == [("wechat", state)]


async def test_a_receipt_that_comes_before_we_wrote_down_what_it_is_about_waits_a_minute(sent, now):
    callback_id = await received(now, {"MsgID": "v9", "ErrorCode": "0"})

    with pytest.raises(TryLater):
        await handling.handle(callback_id, now + timedelta(seconds=5))
    await handling.handle(callback_id, now + timedelta(seconds=65))

    assert await db.fetchval("SELECT handled_at IS NOT NULL FROM vendor_callback")


async def received(now, listed):
    await inbox.receive({"Event": "subscribe_msg_sent_event", "FromUserName": "o", "List": listed}, now)
    return await db.fetchval("SELECT id FROM vendor_callback")
