"""JPush by its REST API, against a server that checks each request as its documents say."""

import logging

import httpx
import pytest

from backend.config import SettingMissing
from push.channels import Channel
from push.gateways import Outcome, registry
from push.gateways.jpush import errors, settings
from push.gateways.jpush import gateway as jpush_gateway
from push.gateways.jpush.gateway import JPush
from push.gateways.jpush.settings import JPushSettings
from tests.fakes.jpush import APP_KEY, SECRET, JPushFake
from tests.fakes.vendor import TroubleKind
from tests.makers.logged import said_anywhere
from tests.makers.outgoing import BODY, NOW, TITLE, make_outgoing

PHONE, OTHER, NOBODY = "1104a89792a1b2c3d4e", "1104a89792a1b2c3d4f", "1104a89792a00000000"


@pytest.fixture(scope="module")
def server():
    with JPushFake() as fake:
        yield fake


@pytest.fixture
def jpush(server):
    server.reset()
    server.slow_s = 2.0
    server.register(PHONE, OTHER)
    return server


@pytest.fixture
async def gateway(jpush):
    one = JPush(JPushSettings(app_key=APP_KEY, secret=SECRET, base=jpush.base, xiaomi_channel="115"), lambda: NOW)
    yield one
    await one.close()


async def outcomes(gateway, *batch):
    return [each.outcome for each in await gateway.send(batch)]


@pytest.mark.parametrize("platform", ["android", "ios", "hmos"])
async def test_an_order_is_shown_on_each_kind_of_phone(jpush, gateway, platform):
    each = make_outgoing(PHONE, platform=platform)

    [result] = await gateway.send([each])

    assert result.outcome is Outcome.SENT
    assert result.vendor_id.isdecimal()
    [shown] = jpush.phones[PHONE]
    assert shown["platform"] == [platform]
    assert shown["notification"][platform]["extras"]["url"] == each.url
    assert shown["options"]["time_to_live"] == 7200


async def test_an_order_is_a_service_message_at_every_maker_of_phones(jpush, gateway):
    await gateway.send([make_outgoing(PHONE)])

    [shown] = jpush.phones[PHONE]
    options = shown["options"]
    makers = options["third_party_channel"]
    assert options["classification"] == 1
    assert (makers["huawei"]["category"], makers["vivo"]["classification"]) == ("WORK", 1)
    assert makers["xiaomi"] == {"channel_id": "115"}


@pytest.mark.parametrize("words", ["长" * 900, "long " * 300, "", "\n\n"])
async def test_words_are_cut_to_what_the_strictest_maker_shows(jpush, gateway, words):
    title = words.strip() or "新工单"

    assert await outcomes(gateway, make_outgoing(PHONE, title=title, body=words)) == [Outcome.SENT]


@pytest.mark.parametrize("trouble", [TroubleKind.DROP, TroubleKind.HTML])
async def test_an_answer_that_does_not_come_is_asked_for_under_the_same_cid_and_shown_once(jpush, gateway, trouble):
    jpush.plan(trouble)

    assert await outcomes(gateway, make_outgoing(PHONE)) == [Outcome.SENT]
    pushes = [each.json()["cid"] for each in jpush.asked if each.path == "/v3/push"]
    assert len(pushes) == 2
    assert len(set(pushes)) == 1
    assert len(jpush.phones[PHONE]) == 1


async def test_where_it_never_comes_nobody_repeats_it(jpush, gateway):
    jpush.plan(TroubleKind.DROP, 2)

    assert await outcomes(gateway, make_outgoing(PHONE)) == [Outcome.UNKNOWN]
    assert not gateway.repeats_safely


async def test_an_answer_that_outlasts_every_timeout_is_left(jpush, gateway, monkeypatch):
    monkeypatch.setattr(jpush_gateway, "_LONGEST_S", 0.5)
    jpush.slow_s = 1.2
    jpush.plan(TroubleKind.SLOW, 2)

    assert (await gateway.send([make_outgoing(PHONE)]))[0].code == "TimeoutError"


async def test_a_server_without_cids_is_asked_once_alone(jpush, gateway):
    jpush.has_cids = False
    jpush.plan(TroubleKind.DROP)

    assert await outcomes(gateway, make_outgoing(PHONE)) == [Outcome.UNKNOWN]
    assert await outcomes(gateway, make_outgoing(PHONE)) == [Outcome.SENT]
    assert len([each for each in jpush.asked if each.path == "/v3/push"]) == 2


async def test_one_dead_phone_in_a_batch_costs_the_others_nothing(jpush, gateway):
    got = await outcomes(gateway, *map(make_outgoing, (PHONE, NOBODY, OTHER)))

    assert got == [Outcome.SENT, Outcome.UNREACHABLE, Outcome.SENT]


async def test_a_limit_is_waited_for_as_long_as_it_says(jpush, gateway):
    jpush.plan(TroubleKind.LIMIT)

    [result] = await gateway.send([make_outgoing(PHONE)])

    assert (result.outcome, result.code, result.retry_after_s) == (Outcome.LATER, "2002", 17.0)


@pytest.mark.parametrize("trouble", [TroubleKind.FAIL, TroubleKind.IN_200])
async def test_an_error_of_theirs_is_tried_again_later_whatever_the_status(jpush, gateway, trouble):
    jpush.plan(trouble)

    assert await outcomes(gateway, make_outgoing(PHONE)) == [Outcome.LATER]


async def test_it_says_what_arrived_when_it_is_asked(jpush, gateway):
    jpush.register("1104a89792a00000001", "1104a89792a00000002")
    batch = [make_outgoing(f"1104a89792a0000000{number}") for number in (1, 2)]
    there, not_there = [result.vendor_id for result in await gateway.send(batch)]
    jpush.received.add(there)

    assert await gateway.list_arrived([there, not_there]) == [there]


@pytest.mark.parametrize("numbers", [["no number"], [str(number) for number in range(101)]])
async def test_where_it_does_not_say_nothing_has_arrived_as_far_as_we_know(jpush, gateway, numbers):
    assert await gateway.list_arrived(numbers) == []


async def test_a_wrong_secret_is_one_refusal_for_the_whole_batch(jpush):
    gateway = JPush(JPushSettings(app_key=APP_KEY, secret="wrong", base=jpush.base), lambda: NOW)

    assert await outcomes(gateway, *map(make_outgoing, (PHONE, OTHER))) == [Outcome.BROKEN] * 2
    assert len(jpush.asked) == 1
    await gateway.close()


async def test_a_vendor_that_cannot_be_reached_is_tried_again_later():
    gateway = JPush(JPushSettings(app_key=APP_KEY, secret=SECRET, base="http://127.0.0.1:9"), lambda: NOW)

    assert await outcomes(gateway, make_outgoing(PHONE)) == [Outcome.LATER]
    await gateway.close()


async def test_nothing_personal_is_logged_or_stored(jpush, gateway, capfd, caplog):
    caplog.set_level(logging.DEBUG)
    for trouble in (TroubleKind.HTML, TroubleKind.FAIL, TroubleKind.IN_200, TroubleKind.DROP, TroubleKind.LIMIT):
        jpush.plan(trouble)

    results = await gateway.send([make_outgoing(each) for each in (PHONE, NOBODY, OTHER, PHONE, NOBODY, OTHER)])

    said = said_anywhere(capfd, caplog) + "".join(each.detail + each.code for each in results)
    assert [each for each in (PHONE, NOBODY, OTHER, TITLE, BODY, SECRET) if each in said] == []


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (400, 1003, Outcome.REFUSED),
        (400, 1005, Outcome.REFUSED),
        (400, 1008, Outcome.BROKEN),
        (400, 1011, Outcome.UNREACHABLE),
        (400, 1012, Outcome.REFUSED),
        (400, 9999, Outcome.REFUSED),
        (401, 1004, Outcome.BROKEN),
        (403, 1016, Outcome.BROKEN),
        (403, 2003, Outcome.BROKEN),
        (404, 1020, Outcome.BROKEN),
        (429, 2002, Outcome.LATER),
        (429, 1, Outcome.LATER),
        (500, 1000, Outcome.LATER),
        (503, 1030, Outcome.UNKNOWN),
        (200, 1011, Outcome.UNREACHABLE),
    ],
)
def test_what_an_error_means(status, code, outcome):
    answer = httpx.Response(status, json={"error": {"code": code, "message": "words"}})

    assert errors.result_of(answer, (), 2).outcome is outcome


def test_an_error_that_nobody_has_heard_of_is_tried_once_more():
    answer = httpx.Response(400, json={"error": {"code": 9999, "message": "words"}})

    assert [errors.result_of(answer, (), attempt).outcome for attempt in (1, 2)] == [Outcome.LATER, Outcome.REFUSED]


@pytest.mark.parametrize("body", [b"", b"<html>", b"{}", b"[]", b'{"msg_id": ""}', b'{"error": "words"}'])
def test_an_answer_that_says_nothing_may_have_been_taken(body):
    assert errors.result_of(httpx.Response(200, content=body), (), 1).outcome is Outcome.UNKNOWN


async def test_key_and_secret_set_it_up(jpush):
    env = {"YIMA_JPUSH_APPKEY": APP_KEY, "YIMA_JPUSH_SECRET": SECRET, "YIMA_JPUSH_BASE": jpush.base}

    [gateway] = [registry.gateways(env)[Channel.JPUSH]]

    assert await outcomes(gateway, make_outgoing(PHONE)) == [Outcome.SENT]
    await gateway.close()


@pytest.mark.parametrize(
    "env",
    [
        {"YIMA_JPUSH_APPKEY": "k"},
        {"YIMA_JPUSH_SECRET": "s"},
        {"YIMA_JPUSH_BASE": "https://x"},
        {"YIMA_JPUSH_APPKEY": "k", "YIMA_JPUSH_SECRET": "s", "YIMA_JPUSH_BASE": "x"},
    ],
)
def test_half_a_setup_is_said_at_the_start(env):
    with pytest.raises(SettingMissing, match="YIMA_JPUSH_"):
        settings.read(env)
