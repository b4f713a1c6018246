"""Subscribe messages reach the vendor as it wants them, and its answers are understood: over HTTP, against the fake."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

import pytest

from backend import db
from push.channels import Channel
from push.gateways import Outcome, Outgoing, registry
from push.gateways.wechat import settings
from push.gateways.wechat.client import WechatClient
from push.gateways.wechat.subscribe import WechatGateway
from push.structs import Details
from tests.fakes.server import DROPPED, Answer, Trouble, as_json
from tests.fakes.wechat import ORDER_TEMPLATE, FakeWechat
from tests.makers.accounts import make_device
from tests.makers.gateways import deliveries, link, send_all, switch_on
from tests.makers.orders import make_order
from tests.makers.town import make_town
from tests.makers.worker import deliver

NOW = datetime(2026, 11, 21, 0, 52, tzinfo=UTC)
OPENID = "oFAKE-resident-1"


@pytest.fixture
async def wechat():
    fake = await FakeWechat().start()
    fake.now = NOW.timestamp
    fake.add_person(OPENID, agreed=5)
    yield fake
    await fake.close()


@pytest.fixture
async def gateway(wechat, database):
    chosen = settings.read(wechat.environment)
    opened = WechatGateway(chosen, WechatClient(chosen, lambda: NOW), lambda: NOW)
    yield opened
    await opened.close()


def message(openid=OPENID, **more):
    details = Details(number="BC20261121-000123", item_zh="非机动车乱停放", place="莲安东路", due_by=NOW)
    usual = {
        "delivery_id": 1,
        "message_id": 7,
        "address": openid,
        "kind": "OrderDispatched",
        "title": "新工单:非机动车乱停放",
        "body": "莲安东路 · BC20261121-000123",
        "url": "https://yima.example/inbox/7",
        "order_id": 3,
        "details": details,
        "is_urgent": False,
        "expires_at": NOW + timedelta(hours=24),
    }
    return Outgoing(**usual | more)


async def send_one(gateway, **more):
    [result] = await gateway.send([message(**more)])
    return result


async def agreed(template_id=ORDER_TEMPLATE):
    return await db.fetchval("SELECT credit FROM subscribe_credit WHERE template_id = $1", template_id)


async def agree(times, openid=OPENID):
    """This person has an account here, and has agreed to so many messages as far as we know."""
    account_id = (await make_device()).account_id
    await link(account_id, "wechat", openid)
    await db.execute(
        "INSERT INTO subscribe_credit (account_id, template_id, credit, changed_at) VALUES ($1, $2, $3, now())",
        account_id,
        ORDER_TEMPLATE,
        times,
    )


def test_the_environment_gives_the_gateway():
    environment = {"YIMA_WECHAT_APPID": "wx1", "YIMA_WECHAT_SECRET": "s"}

    assert list(registry.gateways(environment)) == [Channel.WECHAT]


async def test_a_message_arrives_in_the_parts_of_its_template(gateway, wechat):
    result = await send_one(gateway)

    assert (result.outcome, result.vendor_id) == (Outcome.SENT, "4000000001")
    [sent] = wechat.sent
    assert {key: field["value"] for key, field in sent["data"].items()} == {
        "character_string1": "BC20261121-000123",
        "thing2": "新工单:非机动车乱停放",
        "phrase3": "待接单",
        "time4": "2026年11月21日 08:52",
    }
    assert sent["page"] == "pages/web/index?to=/inbox/7"


async def test_chinese_travels_as_it_is_and_never_escaped(gateway, wechat):
    await send_one(gateway)

    assert "新工单".encode() in wechat.server.asked[-1].body


async def test_a_batch_is_answered_in_its_order(gateway, wechat):
    results = await gateway.send([message(), message("oFAKE-stranger"), message(kind="OrderClosed")])

    assert [each.outcome for each in results] == [Outcome.SENT, Outcome.UNREACHABLE, Outcome.SENT]


@pytest.mark.parametrize(
    ("code", "outcome", "retry_after_s"),
    [
        (-1, Outcome.LATER, None),
        (45011, Outcome.LATER, 60),
        (45009, Outcome.LATER, (15 * 60 + 8) * 60 + 60),
        (44990, Outcome.LATER, 2),
        (40037, Outcome.REFUSED, None),
        (41030, Outcome.REFUSED, None),
        (47003, Outcome.REFUSED, None),
        (43101, Outcome.NO_CREDIT, None),
        (40003, Outcome.UNREACHABLE, None),
        (40013, Outcome.BROKEN, None),
        (40164, Outcome.BROKEN, None),
        (48001, Outcome.BROKEN, None),
        (42001, Outcome.BROKEN, None),
    ],
)
async def test_an_error_in_an_answer_of_status_200_has_its_consequence(gateway, wechat, code, outcome, retry_after_s):
    wechat.fixed_error = code, f"words about {OPENID}"

    result = await send_one(gateway)

    assert (result.outcome, result.code, result.retry_after_s) == (outcome, str(code), retry_after_s)
    assert OPENID not in result.detail


async def test_an_error_that_nobody_knows_is_tried_again_once(gateway, wechat):
    wechat.fixed_error = 99999, "new in this version"

    first, second = await send_one(gateway, attempt=1), await send_one(gateway, attempt=2)

    assert (first.outcome, second.outcome) == (Outcome.LATER, Outcome.REFUSED)
    assert (second.code, second.detail) == ("99999", "new in this version rid: 6745-fake")


@pytest.mark.parametrize(
    ("trouble", "outcome", "arrived"),
    [
        (DROPPED, Outcome.UNKNOWN, 1),
        (Trouble(is_cut=True), Outcome.UNKNOWN, 0),
        (Trouble(answer=Answer(body=b"<html>busy</html>", status=502)), Outcome.LATER, 0),
        (Trouble(answer=as_json({}, status=503)), Outcome.LATER, 0),
        (Trouble(answer=as_json({}, status=504), done=True), Outcome.UNKNOWN, 1),
        (Trouble(answer=Answer(body=b"<html>login</html>"), done=True), Outcome.UNKNOWN, 1),
        (Trouble(answer=Answer(body=b"not here", status=404)), Outcome.LATER, 0),
    ],
)
async def test_where_the_answer_is_lost_nothing_is_claimed(gateway, wechat, trouble, outcome, arrived):
    await send_one(gateway, message_id=1)
    wechat.server.troubles.planned.append(trouble)

    result = await send_one(gateway)

    assert (result.outcome, len(wechat.sent)) == (outcome, 1 + arrived)
    assert not gateway.repeats_safely


async def test_a_vendor_that_is_too_slow_may_have_sent_it(gateway, wechat):
    await send_one(gateway)
    gateway._client._http.timeout = 0.05
    wechat.server.troubles.planned.append(Trouble(wait_s=0.3, done=True))

    assert (await send_one(gateway)).outcome is Outcome.UNKNOWN


async def test_an_answer_that_comes_byte_by_byte_is_not_waited_for_to_its_end(gateway, wechat):
    await send_one(gateway)
    gateway._client._patience_s = 0.2
    wechat.server.troubles.planned.append(Trouble(byte_s=0.05, done=True))

    assert (await send_one(gateway)).outcome is Outcome.UNKNOWN


async def test_a_vendor_that_cannot_be_reached_got_nothing(gateway, wechat):
    await wechat.server.close()
    await wechat.server.start()

    result = await send_one(gateway)

    assert (result.outcome, result.code) == (Outcome.LATER, "ConnectError")


async def test_what_a_message_does_not_say_is_no_request(gateway, wechat):
    wechat.fixed_error = None
    result = await send_one(gateway, details=Details())

    assert (result.outcome, result.code, result.detail) == (Outcome.REFUSED, "unfilled", "character_string1")
    assert wechat.server.asked == []


async def test_a_kind_without_a_template_goes_another_way(wechat, database):
    chosen = settings.read(wechat.environment | {"YIMA_WECHAT_TEMPLATES": "{}"})
    gateway = WechatGateway(chosen, WechatClient(chosen, lambda: NOW), lambda: NOW)

    assert (await send_one(gateway)).code == "no-template"
    await gateway.close()


async def test_each_message_uses_up_an_agreement(gateway, wechat):
    await agree(2)

    await gateway.send([message(), message()])

    assert await agreed() == 0


async def test_whoever_has_no_agreement_left_is_not_asked_for(gateway, wechat):
    await agree(0)

    assert (await send_one(gateway)).outcome is Outcome.NO_CREDIT
    assert wechat.server.asked == []


async def test_a_refusal_by_the_vendor_ends_what_we_believed(gateway, wechat):
    await agree(3)
    wechat.credit.clear()

    assert (await send_one(gateway)).outcome is Outcome.NO_CREDIT
    assert await agreed() == 0


async def test_a_long_term_agreement_is_not_used_up(wechat, database):
    wechat.is_long_term = True
    chosen = settings.read(wechat.environment)
    gateway = WechatGateway(chosen, WechatClient(chosen, lambda: NOW), lambda: NOW)
    await agree(1)

    results = await gateway.send([message()] * 3)

    assert [each.outcome for each in results] == [Outcome.SENT] * 3
    assert await agreed() == 1
    await gateway.close()


async def test_neither_openid_nor_token_nor_secret_is_logged(gateway, wechat, caplog, capfd):
    caplog.set_level(logging.DEBUG, logger="httpx")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    wechat.server.troubles.planned.append(DROPPED)

    await send_one(gateway)
    await send_one(gateway, openid="oFAKE-stranger")

    written = caplog.text + "".join(capfd.readouterr())
    for secret in (OPENID, "oFAKE-stranger", "token-", "fake-secret"):
        assert secret not in written


async def test_two_workers_fetch_one_token(wechat, database):
    chosen = settings.read(wechat.environment)
    gateways = [WechatGateway(chosen, WechatClient(chosen, lambda: NOW), lambda: NOW) for _ in range(2)]

    results = await asyncio.gather(*(send_one(each) for each in gateways))

    assert [each.outcome for each in results] == [Outcome.SENT] * 2
    assert wechat.tokens_asked == 1
    for each in gateways:
        await each.close()


async def test_a_token_lies_sealed_in_the_database(gateway, wechat):
    await send_one(gateway)

    assert b"token-" not in await db.fetchval("SELECT sealed FROM vendor_token")


async def test_a_token_that_the_vendor_ended_is_replaced_once(gateway, wechat):
    await send_one(gateway)
    wechat.end_token()

    assert (await send_one(gateway)).outcome is Outcome.SENT
    assert wechat.tokens_asked == 2


async def test_a_token_that_is_refused_again_and_again_is_no_storm(gateway, wechat):
    wechat.fixed_error = 40001, "invalid credential"

    assert (await send_one(gateway)).outcome is Outcome.BROKEN
    assert len([each for each in wechat.server.asked if each.path.endswith("/send")]) == 2


async def test_wrong_credentials_rest_the_channel(wechat, database):
    chosen = settings.read(wechat.environment | {"YIMA_WECHAT_SECRET": "wrong"})
    gateway = WechatGateway(chosen, WechatClient(chosen, lambda: NOW), lambda: NOW)

    result = await send_one(gateway)

    assert (result.outcome, result.code) == (Outcome.BROKEN, "40125")
    await gateway.close()


async def test_a_token_is_renewed_before_its_end_and_the_old_one_serves_where_it_cannot(wechat, database):
    chosen, hour = settings.read(wechat.environment), timedelta(hours=1)
    at = NOW
    gateway = WechatGateway(chosen, WechatClient(chosen, lambda: at), lambda: at)
    await send_one(gateway)

    at = NOW + 2 * hour - timedelta(minutes=4)
    wechat.server.troubles.planned.append(Trouble(is_cut=True))
    assert (await send_one(gateway)).outcome is Outcome.SENT
    assert wechat.tokens_asked == 1

    wechat.now = at.timestamp
    assert (await send_one(gateway)).outcome is Outcome.SENT
    assert wechat.tokens_asked == 2
    await gateway.close()


async def test_a_token_that_ends_soon_is_not_fetched_for_every_message(gateway, wechat):
    wechat.expires_in = 300

    for _ in range(3):
        await send_one(gateway)

    assert wechat.tokens_asked == 1


async def test_an_order_reaches_its_handler_by_wechat_and_the_next_way_where_nothing_is_agreed(wechat, database):
    """The whole way: from the report over planning, claim and vendor to what is written down of it."""
    at = datetime.now(UTC) + timedelta(seconds=20)
    wechat.now = at.timestamp
    found = settings.read(wechat.environment)
    gateway = WechatGateway(found, WechatClient(found, lambda: at), lambda: at)
    town = await make_town(at)
    await link(town.handlers[0].account_id, "wechat", OPENID)
    await db.execute("UPDATE account SET phone = '13800000000' WHERE id = $1", town.handlers[0].account_id)
    await switch_on(Channel.WECHAT, Channel.SMS)
    wechat.credit[OPENID, ORDER_TEMPLATE] = 1

    for _ in range(2):
        await make_order(town, at)
        await deliver()
        await send_all(gateway, at)

    assert [each["data"]["phrase3"]["value"] for each in wechat.sent] == ["待接单"]
    ways = [way for way in await deliveries() if way[0] == "wechat"]
    assert ways == [("wechat", "sent", "sent"), ("wechat", "failed", "no_credit")]
    await gateway.close()
