"""What one is called for, and who was notified of an order: over HTTP and as pages."""

from datetime import UTC, datetime

import pytest

from backend import db
from push import seen
from push.channels import Channel
from push.gateways import Outcome, Result
from tests.makers.accounts import bearer
from tests.makers.gateways import Vendor, link, send_all, switch_on
from tests.makers.orders import make_order
from tests.makers.town import make_town
from tests.makers.worker import deliver

HTML = {"accept": "text/html"}
PREFERENCES = "/api/v1/notification-preferences"


@pytest.fixture
async def town(database):
    return await make_town(datetime.now(UTC))


async def notified(town, answer=Outcome.SENT):
    """An order whose handler was notified by WeCom; the order and the delivery."""
    await switch_on(Channel.WECOM)
    await link(town.handlers[0].account_id, "wecom")
    now = datetime.now(UTC)
    order_id = (await make_order(town, now)).receipt.order_id
    await deliver()
    wecom = Vendor(Channel.WECOM, answer=lambda _: Result(outcome=answer, code="81013"))
    await send_all(wecom, datetime.now(UTC))
    return order_id, await db.fetchval("SELECT id FROM message_delivery")


async def test_what_was_chosen_is_kept_and_shown(client, town):
    who = bearer(town.handlers[0])
    times = {"quiet_from": "22:00", "quiet_until": "07:00", "digest_at": "17:30"}
    wanted = times | {"language": "en", "muted": ["FindingOpened", "OrderRated"]}

    answer = await client.put(PREFERENCES, json=wanted, headers=who)

    assert answer.json() == (await client.get(PREFERENCES, headers=who)).json() == wanted
    page = await client.get("/inbox/preferences", headers=HTML | who)
    assert 'value="17:30"' in page.text
    assert '<option value="en" lang="en" selected>' in page.text
    assert page.text.count("checked") == page.text.count('name="rings"') - 1
    assert "FindingOpened" not in page.text, "no such message comes to a handler"
    await client.post("/inbox/preferences", data={"rings": ["OrderRated"]}, headers=HTML | who)
    muted = (await client.get(PREFERENCES, headers=who)).json()["muted"]
    assert "FindingOpened" in muted and "OrderRated" not in muted


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"quiet_from": "22:00"}, "quiet-hours-unclear"),
        ({"digest_at": "25:00"}, "quiet-hours-unclear"),
        ({"digest_at": "noon"}, "quiet-hours-unclear"),
        ({"muted": ["Everything"]}, "message-kind-unknown"),
    ],
)
async def test_what_means_nothing_is_refused_and_changes_nothing(client, town, wanted, code):
    who = bearer(town.handlers[0])

    answer = await client.put(PREFERENCES, json=wanted, headers=who)

    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert (await client.get(PREFERENCES, headers=who)).json()["muted"] == []


async def test_a_form_that_was_refused_comes_back_as_it_was_typed(client, town):
    who = bearer(town.handlers[0])
    typed = {"quiet_from": "21:15", "quiet_until": "", "digest_at": "", "rings": ["OrderRated"]}

    page = await client.post("/inbox/preferences", data=typed, headers=HTML | who)

    assert page.status_code == 422
    assert 'value="21:15"' in page.text


async def test_the_desk_sees_who_was_notified_how_and_whether_it_was_seen(client, town):
    order_id, _ = await notified(town)

    [message] = (await client.get(f"/api/v1/orders/{order_id}/deliveries", headers=bearer(town.dispatcher))).json()

    assert (message["person"], message["recipient"], message["read_at"]) == ("巡查员1", "handler", None)
    assert [(way["channel"], way["state"]) for way in message["ways"]] == [("wecom", "sent")]
    page = await client.get(f"/o/{order_id}/deliveries", headers=HTML | bearer(town.dispatcher))
    assert "企业微信" in page.text
    assert "还没看" in page.text


async def test_a_message_that_did_not_get_through_is_sent_again_on_a_persons_word(client, town):
    order_id, delivery_id = await notified(town, Outcome.UNKNOWN)
    await db.execute("UPDATE message_delivery SET state = 'failed', next_at = NULL, ended_at = now()")
    desk = bearer(town.dispatcher)

    answer = await client.post(f"/o/{order_id}/deliveries", data={"id": delivery_id}, headers=HTML | desk)

    assert answer.status_code == 303
    await send_all(wecom := Vendor(Channel.WECOM), datetime.now(UTC))
    assert len(wecom.shown) == 1
    row = await db.fetchrow("SELECT state, resent_by_id FROM message_delivery")
    assert tuple(row) == ("sent", town.dispatcher.account_id)


async def test_what_was_seen_is_not_sent_again(client, town):
    order_id, delivery_id = await notified(town)
    message_id = await db.fetchval("SELECT id FROM message")
    await seen.mark_read(message_id, town.handlers[0].account_id, datetime.now(UTC))

    path = f"/api/v1/orders/{order_id}/deliveries/{delivery_id}/resend"
    answer = await client.post(path, headers=bearer(town.dispatcher))

    assert (answer.status_code, answer.json()["code"]) == (409, "nothing-to-resend")


async def test_a_delivery_of_another_order_is_not_there(client, town):
    _, delivery_id = await notified(town)
    other = (await make_order(town, datetime.now(UTC))).receipt.order_id

    path = f"/api/v1/orders/{other}/deliveries/{delivery_id}/resend"
    answer = await client.post(path, headers=bearer(town.dispatcher))

    assert answer.status_code == 404
