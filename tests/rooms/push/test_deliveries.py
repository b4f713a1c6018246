"""A message goes out by the first way that reaches its person, and by the next one when that fails or is not seen."""

from datetime import UTC, datetime, timedelta

import pytest

from backend import db
from backend.accounts import service as accounts
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from push import seen
from push.channels import Channel
from push.gateways import Outcome, Result
from push.sending import retries
from tests.makers.gateways import Vendor, deliveries, link, send_all, switch_on
from tests.makers.orders import make_order
from tests.makers.town import make_town
from tests.makers.worker import deliver


@pytest.fixture
def now():
    """A little later than the clock of the database, by which deliveries are planned."""
    return datetime.now(UTC) + timedelta(seconds=20)


def answering(outcome, **more):
    return lambda _: Result(outcome=outcome, **more)


@pytest.fixture
async def town(database, now):
    return await make_town(now)


async def reach(town, *channels):
    """The handler on duty can be reached by these."""
    handler = town.handlers[0].account_id
    await switch_on(*channels)
    for channel in channels:
        if channel in (Channel.WECOM, Channel.WECHAT):
            await link(handler, channel.value)
    if Channel.SMS in channels:
        await db.execute("UPDATE account SET phone = '13800000000' WHERE id = $1", handler)


async def report(town, now):
    order_id = (await make_order(town, now)).receipt.order_id
    await deliver()
    return order_id


@pytest.fixture
async def prioritise(database):
    """Let what is reported from now on be of this priority."""
    change = "UPDATE item SET priority = $1 WHERE code = 'A101'"
    before = await db.fetchval("SELECT priority FROM item WHERE code = 'A101'")
    yield lambda priority: db.execute(change, priority)
    await db.execute(change, before)


async def test_without_a_gateway_a_message_lies_in_the_inbox_and_goes_nowhere(town, now):
    await report(town, now)

    assert await db.fetchval("SELECT count(*) FROM message") == 1
    assert await deliveries() == []


async def test_an_order_reaches_the_handler_with_its_words_and_a_link(town, now):
    await reach(town, Channel.WECOM)
    order_id = await report(town, now)
    wecom = Vendor(Channel.WECOM)

    await send_all(wecom, now)

    [told] = wecom.shown
    assert told.address == f"wecom-{town.handlers[0].account_id}"
    assert told.title.startswith("新工单")
    assert told.order_id == order_id
    assert told.details.number
    message_id = await db.fetchval("SELECT id FROM message")
    assert told.url == f"https://yima.example/inbox/{message_id}"
    assert await deliveries() == [("wecom", "sent", "sent")]


async def test_only_the_first_way_is_taken_and_the_others_stand_by(town, now):
    await reach(town, Channel.WECOM, Channel.WECHAT)
    await report(town, now)

    await send_all(wecom := Vendor(Channel.WECOM), now)
    await send_all(wechat := Vendor(Channel.WECHAT), now)

    assert (len(wecom.shown), len(wechat.shown)) == (1, 0)
    assert [each[:2] for each in await deliveries()] == [("wecom", "sent"), ("wechat", "queued")]


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.WECHAT])
async def test_what_was_on_its_way_to_somebody_who_has_left_goes_nowhere(town, now, channel, prioritise):
    await prioritise("P0")
    await reach(town, channel)
    await report(town, now)
    assert [each[:2] for each in await deliveries()] == [(channel.value, "queued")]
    await accounts.close_account(town.handlers[0].account_id, now)

    await send_all(vendor := Vendor(channel), now)

    assert vendor.shown == []
    assert await deliveries() == [(channel.value, "failed", "no_address")]


@pytest.mark.parametrize("outcome", [Outcome.REFUSED, Outcome.UNREACHABLE, Outcome.NO_CREDIT])
async def test_where_a_way_fails_the_next_one_is_taken_at_once(town, now, outcome):
    await reach(town, Channel.WECOM, Channel.WECHAT)
    await report(town, now)

    await send_all(Vendor(Channel.WECOM, answer=answering(outcome, code="43101")), now)
    await send_all(wechat := Vendor(Channel.WECHAT), now)

    assert len(wechat.shown) == 1
    assert await deliveries() == [("wecom", "failed", outcome.value), ("wechat", "sent", "sent")]


async def test_an_urgent_order_that_nobody_looks_at_goes_out_as_a_text_message(town, now, prioritise):
    await prioritise("P0")
    await reach(town, Channel.WECOM, Channel.SMS)
    await report(town, now)
    await send_all(Vendor(Channel.WECOM), now)
    sms = Vendor(Channel.SMS, repeats_safely=False)

    await send_all(sms, now + timedelta(seconds=50))
    assert sms.shown == []
    await send_all(sms, now + timedelta(hours=24))  # at night the limit ends in the morning
    assert [each.address for each in sms.shown] == ["13800000000"]


async def test_whoever_can_be_reached_by_a_text_message_alone_gets_it_at_once(town, now, prioritise):
    await prioritise("P0")
    await reach(town, Channel.SMS)
    await report(town, now)

    await send_all(sms := Vendor(Channel.SMS, repeats_safely=False), now)

    assert len(sms.shown) == 1


async def test_what_was_seen_in_time_goes_no_other_way(town, now, prioritise):
    await prioritise("P0")
    await reach(town, Channel.WECOM, Channel.SMS)
    await report(town, now)
    await send_all(Vendor(Channel.WECOM), now)

    message_id = await db.fetchval("SELECT id FROM message")
    await seen.mark_read(message_id, town.handlers[0].account_id, now)
    await send_all(sms := Vendor(Channel.SMS), now + timedelta(hours=1))

    assert sms.shown == []
    assert [each[:2] for each in await deliveries()] == [("wecom", "seen"), ("sms", "seen")]


async def test_whoever_accepts_an_order_has_seen_its_message(town, now, prioritise):
    await prioritise("P0")
    await reach(town, Channel.WECOM, Channel.SMS)
    order_id = await report(town, now)
    await send_all(Vendor(Channel.WECOM), now)

    await orders.accept(order_id, TransitionContext(actor=town.handlers[0], now=now))
    await deliver()

    assert [each[:2] for each in await deliveries()] == [("wecom", "seen"), ("sms", "seen")]


async def test_a_vendor_that_is_busy_is_asked_again_later_and_later(town, now):
    await reach(town, Channel.WECOM)
    await report(town, now)
    wecom = Vendor(Channel.WECOM, answer=answering(Outcome.LATER, code="-1"))

    at = now
    for _ in range(20):
        await send_all(wecom, at)
        at = max(at, await db.fetchval("SELECT coalesce(max(next_at), $1) FROM message_delivery", at))

    assert wecom.asked == retries.ATTEMPTS_MAX
    assert await deliveries() == [("wecom", "gave_up", "later")]
    assert at - now < timedelta(hours=1)


async def test_a_text_message_that_may_have_arrived_is_never_sent_again(town, now, prioritise):
    await prioritise("P0")
    await reach(town, Channel.SMS)
    await report(town, now)
    sms = Vendor(Channel.SMS, repeats_safely=False, answer=answering(Outcome.UNKNOWN, code="timeout"))

    await send_all(sms, now + timedelta(hours=1))
    await send_all(sms, now + timedelta(hours=3))

    assert sms.asked == 1
    assert await deliveries() == [("sms", "failed", "unknown")]


@pytest.mark.parametrize(("repeats_safely", "times"), [(True, 1), (False, 0)])
async def test_what_a_killed_worker_had_in_hand_is_repeated_only_where_nobody_sees_it_twice(
    town, now, repeats_safely, times
):
    await reach(town, Channel.WECOM)
    await report(town, now)
    await db.execute("UPDATE message_delivery SET attempts = 1, claimed_until = $1", now + retries.LEASE)
    wecom = Vendor(Channel.WECOM, repeats_safely=repeats_safely)

    await send_all(wecom, now)
    assert wecom.asked == 0
    await send_all(wecom, now + 2 * retries.LEASE)

    assert wecom.asked == times


async def test_a_message_on_which_the_worker_dies_again_and_again_is_given_up(town, now):
    await reach(town, Channel.WECOM)
    await report(town, now)
    await db.execute("UPDATE message_delivery SET attempts = $2, claimed_until = $1", now, retries.ATTEMPTS_MAX)

    await send_all(wecom := Vendor(Channel.WECOM), now)

    assert wecom.asked == 0
    assert await deliveries() == [("wecom", "gave_up", "poison")]


async def test_wrong_credentials_pause_the_channel_and_charge_nothing(town, now, caplog):
    caplog.set_level("CRITICAL")
    await reach(town, Channel.WECOM)
    await report(town, now)
    wecom = Vendor(Channel.WECOM, answer=answering(Outcome.BROKEN, code="40001"))

    await send_all(wecom, now)
    await send_all(wecom, now + timedelta(minutes=1))
    assert wecom.asked == 1
    assert await db.fetchval("SELECT paused_for FROM gateway WHERE channel = 'wecom'") == "40001"
    assert await db.fetchval("SELECT attempts FROM message_delivery") == 0

    wecom.answer = answering(Outcome.SENT)
    await send_all(wecom, now + timedelta(minutes=6))
    assert await deliveries() == [("wecom", "sent", "sent")]
    assert await db.fetchval("SELECT paused_until FROM gateway WHERE channel = 'wecom'") is None


async def test_while_a_channel_rests_an_urgent_message_takes_the_next_way(town, now, prioritise, caplog):
    caplog.set_level("CRITICAL")
    await prioritise("P0")
    await reach(town, Channel.WECOM, Channel.WECHAT)
    await report(town, now)

    await send_all(Vendor(Channel.WECOM, answer=answering(Outcome.BROKEN)), now)
    await send_all(wechat := Vendor(Channel.WECHAT), now)

    assert len(wechat.shown) == 1


async def test_nobody_is_notified_of_an_own_act(town, now):
    order_id = (await make_order(town, now)).receipt.order_id
    await db.execute("UPDATE work_order SET supervisor_id = $2 WHERE id = $1", order_id, town.handlers[0].account_id)
    await orders.accept(order_id, TransitionContext(actor=town.handlers[0], now=now))

    await deliver()

    own = await db.fetchval(
        "SELECT count(*) FROM message WHERE kind = 'OrderAccepted' AND account_id = $1", town.handlers[0].account_id
    )
    assert own == 0


async def test_messages_about_one_order_within_a_minute_go_as_one(town, now):
    await reach(town, Channel.WECOM)
    order_id = await report(town, now)
    await send_all(wecom := Vendor(Channel.WECOM), now)
    for hour in range(3):
        by = TransitionContext(actor=town.dispatcher, now=now + timedelta(hours=hour))
        await orders.urge(order_id, "快", by)
    await deliver()

    await send_all(wecom, now + timedelta(seconds=5))
    assert len(wecom.shown) == 1
    await send_all(wecom, now + timedelta(seconds=70))

    assert [each.count for each in wecom.shown] == [1, 3]
    assert wecom.shown[1].title.endswith("(+2)")
    assert [each[1] for each in await deliveries()] == ["sent"] * 4


async def test_what_perhaps_arrived_is_repeated_word_for_word_and_what_came_since_goes_by_itself(town, now):
    await reach(town, Channel.WECOM)
    order_id = await report(town, now)
    wecom = Vendor(Channel.WECOM, answer=answering(Outcome.UNKNOWN, code="timeout"))
    await send_all(wecom, now)
    await orders.urge(order_id, "快", TransitionContext(actor=town.dispatcher, now=now))
    await deliver()

    wecom.answer = answering(Outcome.SENT)
    await send_all(wecom, now + timedelta(minutes=5))

    first, repeated, news = wecom.shown
    assert (repeated.delivery_id, repeated.title, repeated.count) == (first.delivery_id, first.title, 1)
    assert (news.title.split(":")[0], news.count) == ("催办", 1)


async def test_a_person_is_not_called_in_quiet_hours_but_for_what_is_urgent(town, now, prioritise):
    await reach(town, Channel.WECOM)
    await _settings(town, quiet_from="00:00", quiet_until="23:59:59.999999")
    await report(town, now)
    await prioritise("P0")
    await report(town, now)

    await send_all(wecom := Vendor(Channel.WECOM), now)

    assert [each.is_urgent for each in wecom.shown] == [True]


async def test_what_can_wait_comes_once_a_day_as_one_message(town, now, prioritise):
    await prioritise("P4")
    await reach(town, Channel.WECOM)
    await _settings(town, digest_at="17:00")
    for _ in range(3):
        await report(town, now)

    await send_all(wecom := Vendor(Channel.WECOM), now)
    assert wecom.shown == []
    await send_all(wecom, now + timedelta(hours=24))

    [digest] = wecom.shown
    assert digest.title == "3 条消息"
    assert digest.url == "https://yima.example/inbox"


async def test_a_kind_that_somebody_muted_lies_in_the_inbox_alone(town, now):
    await reach(town, Channel.WECOM)
    handler = town.handlers[0].account_id
    await db.execute("INSERT INTO muted_kind (account_id, kind) VALUES ($1, 'OrderDispatched')", handler)

    await report(town, now)

    assert await db.fetchval("SELECT count(*) FROM message") == 1
    assert await deliveries() == []


async def _settings(town, **chosen):
    handler = town.handlers[0].account_id
    names, values = ", ".join(chosen), ", ".join(f"'{value}'" for value in chosen.values())
    await db.execute(
        f"INSERT INTO notification_settings (account_id, changed_at, {names}) VALUES ($1, now(), {values})", handler
    )
