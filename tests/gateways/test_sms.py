"""Text messages by the SDKs of both vendors, against servers that check signatures, signs, templates and values."""

import asyncio
import logging
import sys
from functools import partial

import pytest

from backend.config import SettingMissing
from push.channels import Channel
from push.gateways import Outcome, registry
from push.gateways.sms import aliyun, codes, settings, tencent
from push.gateways.sms import gateway as sms_gateway
from push.gateways.sms.gateway import Sms
from push.gateways.sms.variables import KNOWN, mainland_number, values_of
from push.structs import Details
from tests.fakes import sms_aliyun, sms_tencent
from tests.fakes.sms_aliyun import AliyunFake
from tests.fakes.sms_tencent import TencentFake
from tests.fakes.vendor import TroubleKind
from tests.makers.logged import said_anywhere
from tests.makers.outgoing import NOW, make_outgoing

NUMBER = "13800138000"
VENDORS = ("aliyun", "tencent")
FAKES = {"aliyun": (AliyunFake, sms_aliyun), "tencent": (TencentFake, sms_tencent)}
CLIENTS = {"aliyun": aliyun.Aliyun, "tencent": tencent.Tencent}


def env_of(vendor, base, **other):
    fake = FAKES[vendor][1]
    return {
        "YIMA_SMS_VENDOR": vendor,
        "YIMA_SMS_KEY_ID": fake.KEY_ID,
        "YIMA_SMS_KEY_SECRET": fake.KEY_SECRET,
        "YIMA_SMS_SIGN": f"【{fake.SIGN}】",
        "YIMA_SMS_TEMPLATE": fake.TEMPLATE,
        "YIMA_SMS_APP_ID": sms_tencent.APP_ID,
        "YIMA_SMS_BASE": base,
    } | {f"YIMA_SMS_{name}": value for name, value in other.items()}


def opened(vendor, base, **other):
    given = settings.read(env_of(vendor, base, **other))
    return Sms(given, CLIENTS[vendor](given), lambda: NOW)


@pytest.fixture(scope="module")
def servers():
    running = {vendor: FAKES[vendor][0]().start_in_thread() for vendor in VENDORS}
    yield running
    for each in running.values():
        each.stop()


@pytest.fixture(params=VENDORS)
def vendor(request):
    return request.param


@pytest.fixture
def sms(servers, vendor):
    fake = servers[vendor]
    fake.reset()
    fake.slow_s = 2.0
    return fake


@pytest.fixture
async def gateway(sms, vendor):
    one = opened(vendor, sms.base)
    yield one
    await one.close()


async def sent(gateway, address=NUMBER, **other):
    [result] = await gateway.send([make_outgoing(address, **other)])
    return result


@pytest.mark.parametrize("address", [NUMBER, f"+86{NUMBER}", f"0086 {NUMBER}", "138-0013-8000", f"86{NUMBER}"])
async def test_an_order_comes_as_a_text_message_however_the_number_was_written(sms, gateway, vendor, address):
    result = await sent(gateway, address)

    assert result.outcome is Outcome.SENT
    assert result.vendor_id
    [(number, _, values)] = sms.sent
    assert number == (NUMBER if vendor == "aliyun" else f"+86{NUMBER}")
    assert list(values.values() if vendor == "aliyun" else values) == [
        "新工单",
        "占道经营",
        "幸福路12号",
        "11-27 14:00",
        "20261127-0007" if vendor == "aliyun" else "20261127-00…",
    ]


@pytest.mark.parametrize("address", ["", "110", "+14155550100", "021-54312345", "12800138000", "138001380001"])
async def test_a_number_that_is_none_of_the_mainland_is_not_asked_for(sms, gateway, address):
    assert (await sent(gateway, address)).code == "number-not-mainland"
    assert sms.asked == []


async def test_links_and_long_or_empty_values_never_reach_a_template(sms, gateway):
    details = Details(item_zh="长" * 60, place="看 https://yima.example/o/7?t=x www.a.b", stage_zh="yima.gov.cn/7")

    assert (await sent(gateway, details=details)).outcome is Outcome.SENT


async def test_each_kind_has_the_template_that_was_approved_for_it(sms, vendor):
    own = {"TEMPLATES": f"OrderEscalated={FAKES[vendor][1].TEMPLATE}", "TEMPLATE": ""}
    gateway = opened(vendor, sms.base, **own)

    assert (await sent(gateway, kind="OrderEscalated")).outcome is Outcome.SENT
    assert (await sent(gateway, kind="OrderDispatched")).code == "no-template"
    await gateway.close()


@pytest.mark.parametrize("trouble", [TroubleKind.DROP, TroubleKind.HTML])
async def test_an_answer_that_does_not_come_is_unknown_and_was_asked_for_once(sms, gateway, trouble):
    sms.plan(trouble)

    assert (await sent(gateway)).outcome is Outcome.UNKNOWN
    assert len(sms.asked) == 1
    assert not gateway.repeats_safely


async def test_a_timeout_is_unknown_and_one_message(sms, vendor, monkeypatch):
    monkeypatch.setattr(aliyun, "_READ_MS", 500)
    monkeypatch.setattr(tencent, "_TIMEOUT_S", 0.5)
    gateway = opened(vendor, sms.base)
    sms.slow_s = 1.2
    sms.plan(TroubleKind.SLOW)

    assert (await sent(gateway)).outcome is Outcome.UNKNOWN
    await asyncio.to_thread(sms.settled)
    assert len(sms.asked) == len(sms.sent) == 1
    await gateway.close()


async def test_an_answer_that_outlasts_every_timeout_is_left(sms, gateway, monkeypatch):
    monkeypatch.setattr(sms_gateway, "_LONGEST_S", 0.2)
    sms.slow_s = 0.6
    sms.plan(TroubleKind.SLOW)

    assert (await sent(gateway)).code == "took-too-long"


async def test_without_a_connection_nothing_was_sent(vendor):
    gateway = opened(vendor, "http://127.0.0.1:9")

    assert (await sent(gateway)).outcome is Outcome.LATER
    await gateway.close()


async def test_an_error_of_theirs_in_an_answer_with_200_is_no_success(sms, gateway):
    sms.plan(TroubleKind.IN_200)

    assert (await sent(gateway)).outcome is Outcome.LATER
    assert sms.sent == []


async def test_a_limit_is_tried_again_a_minute_later(sms, gateway):
    sms.plan(TroubleKind.LIMIT)

    result = await sent(gateway)

    assert (result.outcome, result.retry_after_s) == (Outcome.LATER, 60.0)


async def test_one_number_in_a_batch_that_is_refused_costs_the_others_nothing(sms, gateway):
    batch = [make_outgoing(each) for each in (NUMBER, "110", "13900139000")]

    assert [each.outcome for each in await gateway.send(batch)] == [Outcome.SENT, Outcome.REFUSED, Outcome.SENT]


@pytest.mark.parametrize("wrong", [{"KEY_ID": "nobody"}, {"KEY_SECRET": "wrong"}, {"SIGN": "别人"}])
async def test_wrong_credentials_or_sign_let_the_channel_rest(sms, vendor, wrong):
    gateway = opened(vendor, sms.base, **wrong)

    assert (await sent(gateway)).outcome is Outcome.BROKEN
    assert sms.sent == []
    await gateway.close()


async def test_a_template_that_is_not_approved_is_said_once_and_stops_no_other(sms, vendor, capfd, caplog):
    gateway = opened(vendor, sms.base, TEMPLATES="OrderEscalated=999")

    results = [await sent(gateway, kind=kind) for kind in ("OrderEscalated", "OrderEscalated", "OrderDispatched")]

    assert [each.outcome for each in results] == [Outcome.REFUSED, Outcome.REFUSED, Outcome.SENT]
    assert said_anywhere(capfd, caplog).count("sms_template_refused") == 1
    await gateway.close()


async def test_variables_that_the_template_does_not_have_are_said(sms, vendor, capfd, caplog):
    gateway = opened(vendor, sms.base, VARIABLES="item place")

    assert (await sent(gateway)).outcome is Outcome.REFUSED
    assert "sms_template_refused" in said_anywhere(capfd, caplog)
    await gateway.close()


async def test_neither_number_nor_words_are_logged_or_stored(sms, gateway, vendor, capfd, caplog):
    caplog.set_level(logging.DEBUG)
    refused = "isv.BLACK_KEY_CONTROL_LIMIT" if vendor == "aliyun" else "FailedOperation.PhoneNumberInBlacklist"
    results = []
    for trouble in (TroubleKind.HTML, TroubleKind.FAIL, TroubleKind.IN_200, TroubleKind.DROP, TroubleKind.LIMIT):
        sms.plan(trouble)
        results.append(await sent(gateway))
    results.append(await sent(opened(vendor, "http://127.0.0.1:9")))
    sms.code = refused
    results.append(await sent(gateway))

    said = said_anywhere(capfd, caplog) + "".join(repr(each) for each in results)
    assert refused in said
    assert [each for each in (NUMBER, "幸福路12号", FAKES[vendor][1].KEY_SECRET) if each in said] == []


async def test_a_client_serves_a_second_loop(sms, gateway):
    """A worker has one loop; a command that asks a gateway has another."""
    await sent(gateway)

    second = await asyncio.to_thread(lambda: asyncio.run(sent(gateway)))

    assert second.outcome is Outcome.SENT


@pytest.mark.parametrize(
    ("code", "outcome", "needs_operator"),
    [
        ("isv.BUSINESS_LIMIT_CONTROL", Outcome.LATER, False),
        ("isv.MOBILE_NUMBER_ILLEGAL", Outcome.REFUSED, False),
        ("isv.SMS_TEMPLATE_ILLEGAL", Outcome.REFUSED, True),
        ("isv.SMS_SIGNATURE_ILLEGAL", Outcome.BROKEN, False),
        ("isv.TEMPLATE_MISSING_PARAMETERS", Outcome.REFUSED, True),
        ("isv.INVALID_JSON_PARAM", Outcome.REFUSED, True),
        ("isv.PARAM_NOT_SUPPORT_URL", Outcome.REFUSED, True),
        ("isv.PARAM_LENGTH_LIMIT", Outcome.REFUSED, True),
        ("isv.AMOUNT_NOT_ENOUGH", Outcome.BROKEN, False),
        ("isv.DAY_LIMIT_CONTROL", Outcome.BROKEN, False),
        ("isp.SYSTEM_ERROR", Outcome.LATER, False),
        ("isp.RAM_PERMISSION_DENY", Outcome.BROKEN, False),
        ("InvalidAccessKeyId.NotFound", Outcome.BROKEN, False),
        ("SignatureDoesNotMatch", Outcome.BROKEN, False),
        ("Throttling.User", Outcome.LATER, False),
        ("isv.SOMETHING_NEW", Outcome.REFUSED, False),
        ("", Outcome.UNKNOWN, False),
        ("None", Outcome.UNKNOWN, False),
    ],
)
def test_what_a_code_of_aliyun_means(code, outcome, needs_operator):
    result, operator = codes.of_aliyun(code, 2, "http-502")

    assert (result.outcome, operator) == (outcome, needs_operator)


@pytest.mark.parametrize(
    ("code", "outcome", "needs_operator"),
    [
        ("LimitExceeded.PhoneNumberThirtySecondLimit", Outcome.LATER, False),
        ("LimitExceeded.PhoneNumberDailyLimit", Outcome.REFUSED, False),
        ("LimitExceeded.PhoneNumberSameContentDailyLimit", Outcome.REFUSED, False),
        ("LimitExceeded.AppDailyLimit", Outcome.BROKEN, False),
        ("FailedOperation.InsufficientBalanceInSmsPackage", Outcome.BROKEN, False),
        ("FailedOperation.SignatureIncorrectOrUnapproved", Outcome.BROKEN, False),
        ("FailedOperation.TemplateIncorrectOrUnapproved", Outcome.REFUSED, True),
        ("FailedOperation.TemplateParamSetNotMatchApprovedTemplate", Outcome.REFUSED, True),
        ("FailedOperation.PhoneNumberInBlacklist", Outcome.REFUSED, False),
        ("InvalidParameterValue.IncorrectPhoneNumber", Outcome.REFUSED, False),
        ("AuthFailure.SignatureFailure", Outcome.BROKEN, False),
        ("UnauthorizedOperation.SmsSdkAppIdVerifyFail", Outcome.BROKEN, False),
        ("RequestLimitExceeded", Outcome.LATER, False),
        ("InternalError.Timeout", Outcome.UNKNOWN, False),
        ("InternalError.OtherError", Outcome.LATER, False),
        ("Something.New", Outcome.REFUSED, False),
        ("", Outcome.UNKNOWN, False),
    ],
)
def test_what_a_code_of_tencent_means(code, outcome, needs_operator):
    result, operator = codes.of_tencent(code, 2)

    assert (result.outcome, operator) == (outcome, needs_operator)


@pytest.mark.parametrize(
    "verdict", [lambda attempt: codes.of_aliyun("isv.NEW", attempt, ""), partial(codes.of_tencent, "N")]
)
def test_a_code_that_nobody_has_heard_of_is_tried_once_more(verdict):
    assert [verdict(attempt).result.outcome for attempt in (1, 2)] == [Outcome.LATER, Outcome.REFUSED]


def test_times_are_those_of_shanghai_and_words_those_of_the_language():
    each = make_outgoing(NUMBER, language="en", details=Details(item_zh="占道", item_en="Vending", due_by=NOW))

    assert values_of(each, ("item", "due", "place"), 20) == {"item": "Vending", "due": "11-27 10:00", "place": "-"}


@pytest.mark.parametrize(("phone", "number"), [("13800138000", "13800138000"), ("8613800138000", "13800138000")])
def test_a_number_has_one_form(phone, number):
    assert mainland_number(phone) == number


async def test_the_environment_sets_it_up(sms, vendor):
    gateway = registry.gateways(env_of(vendor, sms.base))[Channel.SMS]

    assert (await sent(gateway)).outcome is Outcome.SENT
    await gateway.close()


async def test_a_vendor_whose_package_is_not_installed_is_said_with_what_to_install(vendor, monkeypatch):
    monkeypatch.setitem(sys.modules, f"push.gateways.sms.{vendor}", None)

    with pytest.raises(SettingMissing, match=rf"yima\[{vendor}-sms\]"):
        registry.gateways(env_of(vendor, ""))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("VENDOR", "carrier-pigeon"),
        ("VENDOR", ""),
        ("KEY_ID", ""),
        ("KEY_SECRET", ""),
        ("SIGN", ""),
        ("TEMPLATE", ""),
        ("APP_ID", ""),
        ("TEMPLATES", "OrderDispatched"),
        ("VARIABLES", "item code"),
        ("BASE", "127.0.0.1:1"),
    ],
)
def test_half_a_setup_is_said_at_the_start(name, value):
    with pytest.raises(SettingMissing, match=f"YIMA_SMS_{name}"):
        settings.read(env_of("tencent", "") | {f"YIMA_SMS_{name}": value})


def test_without_settings_there_are_no_text_messages():
    assert settings.read({"YIMA_SMS_VENDOR": ""}) is None
    assert KNOWN == ("stage", "item", "place", "due", "number", "message")


def test_a_template_may_link_to_the_message_by_its_number():
    given = settings.read(env_of("tencent", "http://127.0.0.1:1", VARIABLES="stage message"))

    assert given.variables == ("stage", "message")
    assert values_of(make_outgoing(NUMBER, message_id=1234567), given.variables, 12)["message"] == "1234567"
    assert "message" not in settings.read(env_of("tencent", "http://127.0.0.1:1")).variables
