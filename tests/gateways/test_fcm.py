"""FCM by firebase-admin against a server that checks each request as Google's documents say."""

import asyncio
import json
import logging
import threading
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from firebase_admin import exceptions, messaging

from backend.config import SettingMissing
from push.channels import Channel
from push.gateways import Outcome, registry
from push.gateways.fcm import client, settings
from push.gateways.fcm.errors import result_of
from push.gateways.fcm.gateway import Fcm
from push.gateways.fcm.settings import FcmSettings
from tests.fakes.fcm import AUDIENCE, EMAIL, SCOPE, FcmFake
from tests.fakes.vendor import TroubleKind
from tests.makers.logged import said_anywhere
from tests.makers.outgoing import BODY, NOW, TITLE, make_outgoing

PHONE, IPHONE, OTHER = "token-of-android", "token-of-an-iphone", "token-of-another"


@pytest.fixture(scope="module")
def server():
    with FcmFake() as fake:
        yield fake


@pytest.fixture
def fcm(server):
    server.reset()
    server.slow_s = 2.0
    server.register(PHONE, IPHONE, OTHER)
    server.iphones.add(IPHONE)
    return server


@pytest.fixture(scope="module")
async def gateway(server):
    """One for all, as in a worker: a client of TLS takes a while to make."""
    async with opened(server) as one:
        yield one


@pytest.fixture
async def fresh(fcm):
    async with opened(fcm) as one:
        yield one


@asynccontextmanager
async def opened(fcm, base=None, **other):
    one = Fcm(FcmSettings(account=fcm.account() | other, base=base or fcm.base), lambda: NOW)
    yield one
    await one.close()


async def outcomes(gateway, *batch):
    return [each.outcome for each in await gateway.send(batch)]


def sends(fcm):
    return [each.json()["message"] for each in fcm.asked if each.path.endswith(":send")]


async def test_an_urgent_order_comes_at_once_and_leads_to_its_page(fcm, gateway):
    each = make_outgoing(PHONE)

    [result] = await gateway.send([each])

    assert (result.outcome, result.vendor_id) == (Outcome.SENT, "0:1")
    [shown] = fcm.phones[PHONE].values()
    assert shown["notification"] == {"title": TITLE, "body": BODY}
    assert shown["data"]["url"] == each.url
    assert (shown["android"]["priority"], shown["android"]["ttl"]) == ("high", "7200s")
    headers = shown["apns"]["headers"]
    assert (headers["apns-priority"], headers["apns-expiration"]) == ("10", str(int(each.expires_at.timestamp())))


async def test_what_can_wait_lets_the_phone_sleep(fcm, gateway):
    await gateway.send([make_outgoing(PHONE, is_urgent=False)])

    [shown] = fcm.phones[PHONE].values()
    assert (shown["android"]["priority"], shown["apns"]["headers"]["apns-priority"]) == ("normal", "5")


async def test_what_has_expired_is_shown_at_once_or_never(fcm, gateway):
    await gateway.send([make_outgoing(PHONE, expires_at=NOW - timedelta(hours=1))])

    [shown] = fcm.phones[PHONE].values()
    assert (shown["android"]["ttl"], shown["apns"]["headers"]["apns-expiration"]) == ("0s", "0")


@pytest.mark.parametrize("phone", [PHONE, IPHONE])
async def test_a_repeat_takes_the_place_of_the_first_one(fcm, gateway, phone):
    fcm.plan(TroubleKind.DROP)
    each = make_outgoing(phone)

    first, second = [await outcomes(gateway, each) for _ in range(2)]

    assert (first, second) == ([Outcome.UNKNOWN], [Outcome.SENT])
    assert len(sends(fcm)) == 2
    assert len(fcm.phones[phone]) == 1
    assert gateway.repeats_safely


async def test_an_installation_is_named_as_one(fcm, gateway):
    fcm.register("installation-22-chars")
    each = make_outgoing("installation-22-chars", address_kind="fid")

    assert await outcomes(gateway, each) == [Outcome.SENT]
    assert [("fid" in each, "token" in each) for each in sends(fcm)] == [(True, False)]


async def test_a_browser_gets_its_own_part(fcm, gateway):
    await gateway.send([make_outgoing(PHONE, platform="web")])

    [shown] = fcm.phones[PHONE].values()
    assert shown["webpush"]["headers"]["TTL"] == "7200"
    assert shown["webpush"]["fcm_options"]["link"].startswith("https://")


async def test_a_message_without_an_order_and_with_very_many_words_fits(fcm, gateway):
    each = make_outgoing(PHONE, order_id=None, title="长" * 900, body="句" * 5000)

    assert await outcomes(gateway, each) == [Outcome.SENT]


async def test_one_dead_phone_in_a_batch_costs_the_others_nothing(fcm, gateway):
    fcm.of_other_senders.add("token-of-another-project")
    batch = [
        make_outgoing(each) for each in (PHONE, "token-of-nobody", "token-of-another-project", "not a token", OTHER)
    ]

    assert await outcomes(gateway, *batch) == [
        Outcome.SENT,
        Outcome.UNREACHABLE,
        Outcome.UNREACHABLE,
        Outcome.UNREACHABLE,
        Outcome.SENT,
    ]


@pytest.mark.parametrize("trouble", [TroubleKind.HTML, TroubleKind.IN_200, TroubleKind.DROP])
async def test_one_answer_that_says_nothing_costs_the_others_nothing(fcm, gateway, trouble):
    fcm.plan(trouble)

    got = await outcomes(gateway, *[make_outgoing(each) for each in (PHONE, IPHONE, OTHER)])

    assert sorted(got) == sorted([Outcome.UNKNOWN, Outcome.SENT, Outcome.SENT])


@pytest.mark.parametrize(
    ("trouble", "status"), [(TroubleKind.LIMIT, 429), (TroubleKind.FAIL, 503), (TroubleKind.FAIL, 500)]
)
async def test_a_busy_vendor_is_asked_once_and_waited_for_as_long_as_it_says(fcm, gateway, trouble, status):
    fcm.plan(trouble, status=status, retry_after="40")

    [result] = await gateway.send([make_outgoing(PHONE)])

    assert (result.outcome, result.retry_after_s) == (Outcome.LATER, 40.0)
    assert len(sends(fcm)) == 1


async def test_a_date_in_retry_after_is_read_as_well(fcm, gateway):
    fcm.plan(TroubleKind.FAIL, retry_after="Fri, 27 Nov 2026 02:01:30 GMT")

    [result] = await gateway.send([make_outgoing(PHONE)])

    assert result.retry_after_s == 90.0


async def test_an_answer_that_does_not_come_is_unknown(fcm, gateway, monkeypatch):
    monkeypatch.setattr(gateway._client.connection._http, "timeout", httpx.Timeout(0.2))
    fcm.slow_s = 0.6
    fcm.plan(TroubleKind.SLOW)

    assert await outcomes(gateway, make_outgoing(PHONE)) == [Outcome.UNKNOWN]


async def test_an_answer_that_outlasts_every_timeout_is_left(fcm, gateway, monkeypatch):
    monkeypatch.setattr(client, "LONGEST_S", 0.2)
    fcm.slow_s = 0.6
    fcm.plan(TroubleKind.SLOW)

    assert (await gateway.send([make_outgoing(PHONE)]))[0].code == "took-too-long"


async def test_a_404_that_does_not_speak_of_the_app_forgets_no_phone_and_says_so_once(fcm, fresh, capfd, caplog):
    fcm.knows_project = False

    got = await outcomes(fresh, make_outgoing(PHONE), make_outgoing(OTHER))

    assert got == [Outcome.REFUSED, Outcome.REFUSED]
    assert said_anywhere(capfd, caplog).count("fcm_settings_refused") == 1


async def test_a_missing_key_for_apple_stops_iphones_alone(fcm, fresh, capfd, caplog):
    fcm.has_apns_key = False

    got = await outcomes(fresh, make_outgoing(IPHONE), make_outgoing(PHONE))

    assert got == [Outcome.REFUSED, Outcome.SENT]
    assert "fcm_settings_refused" in said_anywhere(capfd, caplog)


async def test_one_token_serves_many_messages(fcm, fresh):
    for _ in range(3):
        await fresh.send([make_outgoing(PHONE), make_outgoing(OTHER)])

    assert len([each for each in fcm.asked if each.path == "/token"]) == 1


async def test_the_loop_goes_on_while_a_token_is_fetched(fcm, fresh):
    fcm.gate = threading.Event()
    sending = asyncio.create_task(fresh.send([make_outgoing(PHONE)]))
    await asyncio.to_thread(fcm.is_waited_for.wait, 5)
    fcm.gate.set()

    [result] = await sending
    assert result.outcome is Outcome.SENT


async def test_a_token_that_is_refused_is_fetched_anew_the_next_time(fcm, fresh):
    fcm.takes_for_s = -1
    assert await outcomes(fresh, make_outgoing(PHONE)) == [Outcome.BROKEN]
    fcm.takes_for_s = 3600

    assert await outcomes(fresh, make_outgoing(PHONE)) == [Outcome.SENT]
    assert len(sends(fcm)) == 2


async def test_credentials_that_google_does_not_know_are_one_refusal_and_no_request_for_each_message(fcm):
    with FcmFake(rsa.generate_private_key(65537, 2048)) as stranger:
        key = stranger.account()["private_key"]

    async with opened(fcm, private_key=key) as gateway:
        [first, second] = await gateway.send([make_outgoing(PHONE), make_outgoing(OTHER)])

    assert first.outcome is second.outcome is Outcome.BROKEN
    assert "invalid_grant" in first.detail
    assert len(fcm.asked) == 1


async def test_a_token_endpoint_that_is_away_is_asked_again_later(fcm):
    async with opened(fcm, token_uri="http://127.0.0.1:9/token") as gateway:
        assert await outcomes(gateway, make_outgoing(PHONE)) == [Outcome.LATER]


async def test_a_vendor_that_cannot_be_reached_is_tried_again_later(fcm):
    async with opened(fcm, base="http://127.0.0.1:9") as gateway:
        assert await outcomes(gateway, make_outgoing(PHONE)) == [Outcome.LATER]


async def test_nothing_personal_is_logged_or_stored(fcm, gateway, capfd, caplog):
    caplog.set_level(logging.DEBUG)
    for trouble in (TroubleKind.HTML, TroubleKind.FAIL, TroubleKind.IN_200, TroubleKind.DROP, TroubleKind.LIMIT):
        fcm.plan(trouble)
    addresses = (PHONE, "token-of-nobody", "not a token", OTHER, IPHONE, PHONE)

    results = await gateway.send([make_outgoing(each) for each in addresses])

    said = said_anywhere(capfd, caplog) + "".join(each.detail + each.code for each in results)
    assert [each for each in (*addresses, TITLE, BODY, "ya29.") if each in said] == []


def error(kind, status=None, **details):
    response = httpx.Response(status, json=details) if status else None
    return kind("words", cause=None, http_response=response)


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (error(messaging.UnregisteredError, 404), Outcome.UNREACHABLE),
        (error(messaging.SenderIdMismatchError, 403), Outcome.UNREACHABLE),
        (error(messaging.QuotaExceededError, 429), Outcome.LATER),
        (error(messaging.ThirdPartyAuthError, 401), Outcome.REFUSED),
        (error(exceptions.UnauthenticatedError, 401), Outcome.BROKEN),
        (error(exceptions.PermissionDeniedError, 403), Outcome.BROKEN),
        (error(exceptions.InvalidArgumentError, 400), Outcome.REFUSED),
        (error(exceptions.NotFoundError, 404), Outcome.REFUSED),
        (error(exceptions.ResourceExhaustedError, 429), Outcome.LATER),
        (error(exceptions.UnavailableError), Outcome.LATER),
        (error(exceptions.InternalError, 500), Outcome.LATER),
        (error(exceptions.DeadlineExceededError), Outcome.UNKNOWN),
        (error(exceptions.UnknownError, 502), Outcome.UNKNOWN),
        (error(exceptions.CancelledError), Outcome.UNKNOWN),
        (error(exceptions.UnknownError, 413), Outcome.LATER),
    ],
)
def test_what_an_error_means(given, outcome):
    assert result_of(given, (), NOW).outcome is outcome


def test_an_error_that_nobody_has_heard_of_is_tried_once_more():
    given = error(exceptions.AlreadyExistsError, 409)

    assert [result_of(given, (), NOW, attempt).outcome for attempt in (1, 2)] == [Outcome.LATER, Outcome.REFUSED]


def test_without_the_setting_there_is_no_gateway():
    assert registry.gateways({}) == {}


async def test_the_path_of_a_service_account_sets_it_up(fcm, tmp_path):
    file = tmp_path / "account.json"
    file.write_text(json.dumps(fcm.account()))

    gateways = registry.gateways({"YIMA_FCM_CREDENTIALS": str(file), "YIMA_FCM_BASE": fcm.base + "/"})

    assert await outcomes(gateways[Channel.FCM], make_outgoing(PHONE)) == [Outcome.SENT]
    await gateways[Channel.FCM].close()


@pytest.mark.parametrize(
    ("text", "base"), [("[]", ""), ("no JSON", ""), ('{"type": "service_account"}', ""), (None, "http://127.0.0.1:9")]
)
def test_half_a_setup_is_said_at_the_start(tmp_path: Path, text, base):
    file = tmp_path / "account.json"
    if text is not None:
        file.write_text(text)

    with pytest.raises(SettingMissing, match="YIMA_FCM_CREDENTIALS"):
        settings.read({"YIMA_FCM_CREDENTIALS": str(file) if text is not None else "", "YIMA_FCM_BASE": base})


@pytest.mark.parametrize(
    "change", [{"exp": -10}, {"aud": "http://elsewhere"}, {"iss": "somebody@else"}, {"scope": "mail"}]
)
def test_the_fake_gives_no_token_for_a_wrong_assertion(fcm, change):
    at = int(datetime.now(UTC).timestamp())
    claims = {"iss": EMAIL, "aud": AUDIENCE, "scope": SCOPE, "iat": at, "exp": at + 3600} | change
    form = {
        "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer",
        "assertion": jwt.encode(claims, fcm.account()["private_key"], "RS256"),
    }

    assert httpx.post(fcm.base + "/token", data=form).status_code == 400


@pytest.mark.parametrize(
    "message",
    [
        {"token": PHONE, "notification": {"titel": "x"}},
        {"token": PHONE, "data": {"order_id": 1}},
        {"token": PHONE, "fid": PHONE},
        {"token": PHONE, "android": {"ttl": "900"}},
        {"token": PHONE, "apns": {"headers": {"apns-collapse-id": "x" * 65}}},
        {"token": PHONE, "notification": {"body": "句" * 1400}},
        {},
    ],
)
def test_the_fake_refuses_what_the_documents_refuse(fcm, message):
    fcm.tokens["t"] = 9e12
    answer = httpx.post(
        f"{fcm.base}/v1/projects/yima-test/messages:send",
        json={"message": message},
        headers={"authorization": "Bearer t"},
    )

    assert (answer.status_code, answer.json()["error"]["status"]) == (400, "INVALID_ARGUMENT")
