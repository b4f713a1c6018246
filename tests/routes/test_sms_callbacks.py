"""Reports of delivery over HTTP: known by the key in the address, and taken once."""

from datetime import UTC, datetime, timedelta

import pytest

from backend import db
from push.channels import Channel
from push.gateways import Outcome, Result
from tests.fixtures.client import running_client
from tests.makers.gateways import Vendor, deliveries, send_all, switch_on
from tests.makers.logged import logged
from tests.makers.orders import make_order
from tests.makers.town import make_town
from tests.makers.worker import deliver

KEY = "0123456789abcdef0123456789abcdef"


@pytest.fixture
async def web(database, tmp_path):
    async with running_client(database, tmp_path, YIMA_SMS_REPORT_KEY=KEY) as opened:
        yield opened


async def send_by_sms(result):
    """An order's message goes to its handler by SMS, and the vendor answers this. Returns the delivery."""
    now = datetime.now(UTC) + timedelta(seconds=20)
    town = await make_town(now)
    await switch_on(Channel.SMS)
    await db.execute("UPDATE account SET phone = '13800138000' WHERE id = $1", town.handlers[0].account_id)
    await db.execute("UPDATE message_route SET channel = 'sms' WHERE channel = 'console'")
    await make_order(town, now)
    await deliver()
    await send_all(Vendor(Channel.SMS, repeats_safely=False, answer=lambda _: result), now)
    return await db.fetchval("SELECT id FROM message_delivery")


def report(**said):
    usual = {"success": True, "err_code": "DELIVERED", "err_msg": "", "biz_id": "b1", "out_id": ""}
    return [usual | said]


async def post(web, body, key=KEY):
    return await web.post(f"/api/v1/callbacks/sms/{key}", json=body)


async def test_a_wrong_key_finds_nothing_and_neither_does_a_town_without_one(web, client, capfd):
    await send_by_sms(Result(outcome=Outcome.SENT, vendor_id="b1"))

    answers = [await post(web, report(), "wrong"), await post(client, report())]

    assert [each.status_code for each in answers] == [404, 404]
    assert [each[1] for each in await deliveries()] == ["sent"]
    assert logged(capfd).count("callback_refused") == 1


async def test_what_is_no_report_is_answered_with_an_error_of_theirs(web):
    answer = await post(web, {"a": 1})

    assert (answer.status_code, answer.json()["code"], answer.json()["result"]) == (200, 1, 1)


async def test_a_message_that_arrived_is_delivered_however_often_it_is_said(web):
    await send_by_sms(Result(outcome=Outcome.SENT, vendor_id="b1"))

    for _ in range(2):
        assert (await post(web, report())).json()["code"] == 0

    assert [each[1] for each in await deliveries()] == ["delivered"]


async def test_a_message_that_did_not_arrive_says_why(web):
    await send_by_sms(Result(outcome=Outcome.SENT, vendor_id="8:b"))
    said = {"report_status": "FAIL", "errmsg": "MK:0001", "description": "空号", "sid": "8:b"}

    assert (await post(web, [said])).json()["result"] == 0

    assert await db.fetchval("SELECT (state, code, detail)::text FROM message_delivery") == "(failed,MK:0001,空号)"


async def test_a_message_that_nobody_knew_of_is_settled_by_our_own_number(web):
    delivery_id = await send_by_sms(Result(outcome=Outcome.UNKNOWN, code="ReadTimeout"))

    await post(web, report(biz_id="never-told", out_id=f"d{delivery_id}"))

    assert [each[1] for each in await deliveries()] == ["delivered"]


async def test_reports_of_messages_of_others_change_nothing(web):
    await send_by_sms(Result(outcome=Outcome.SENT, vendor_id=""))

    await post(web, report(biz_id="") + report(biz_id="b9", out_id="d999999"))

    assert [each[1] for each in await deliveries()] == ["sent"]
