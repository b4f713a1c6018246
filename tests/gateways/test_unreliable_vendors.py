"""Everything goes wrong by chance: nobody is shown a message twice, and what went wrong is known of the others."""

import random

import pytest

from push.gateways import Outcome
from push.gateways.fcm.gateway import Fcm
from push.gateways.fcm.settings import FcmSettings
from push.gateways.jpush.gateway import JPush
from push.gateways.jpush.settings import JPushSettings
from push.gateways.sms import aliyun, settings, tencent
from push.gateways.sms.gateway import Sms
from tests.fakes import jpush, sms_aliyun, sms_tencent
from tests.fakes.fcm import FcmFake
from tests.fakes.jpush import JPushFake
from tests.fakes.sms_aliyun import AliyunFake
from tests.fakes.sms_tencent import TencentFake
from tests.fakes.vendor import TroubleKind
from tests.makers.outgoing import NOW, make_outgoing

MESSAGES, CHANCE, ROUNDS = 60, 0.4, 20
AT_ONCE = tuple(trouble for trouble in TroubleKind if trouble is not TroubleKind.SLOW)
"""An answer that comes too late is one that was dropped, for whoever does not wait; no test depends on a clock."""
AGAIN = (Outcome.LATER, Outcome.UNKNOWN)


def unreliable(kind):
    return kind(chance=CHANCE, dice=random.Random(7), kinds=AT_ONCE).start_in_thread()


async def work_off(gateway, batch):
    """As a worker does, without its waiting. The last outcome of each message by its delivery."""
    last, left = {}, list(batch)
    for _ in range(ROUNDS):
        results = []
        for at in range(0, len(left), gateway.batch_max):
            results += await gateway.send(left[at : at + gateway.batch_max])
        last |= {each.delivery_id: result.outcome for each, result in zip(left, results, strict=True)}
        again = AGAIN if gateway.repeats_safely else (Outcome.LATER,)
        left = [each for each in left if last[each.delivery_id] in again]
    await gateway.close()
    return last


async def test_by_fcm_everybody_is_shown_one_message():
    fcm = unreliable(FcmFake)
    phones = [f"token-of-phone-{number}" for number in range(MESSAGES)]
    fcm.register(*phones)
    gateway = Fcm(FcmSettings(account=fcm.account(), base=fcm.base), lambda: NOW)

    last = await work_off(gateway, [make_outgoing(each) for each in phones])
    fcm.stop()

    assert set(last.values()) == {Outcome.SENT}
    assert [len(fcm.phones[each]) for each in phones] == [1] * MESSAGES


async def test_by_jpush_nobody_is_shown_two_and_who_may_have_none_is_known():
    fake = unreliable(JPushFake)
    phones = [f"1104a89792a{number:08}" for number in range(MESSAGES)]
    fake.register(*phones)
    gateway = JPush(JPushSettings(app_key=jpush.APP_KEY, secret=jpush.SECRET, base=fake.base), lambda: NOW)
    batch = [make_outgoing(each) for each in phones]

    last = await work_off(gateway, batch)
    fake.stop()

    shown = {each.delivery_id: len(fake.phones[each.address]) for each in batch}
    assert max(shown.values()) == 1
    assert {outcome for each, outcome in last.items() if not shown[each]} <= {Outcome.UNKNOWN}
    assert sum(outcome is Outcome.SENT for outcome in last.values()) > MESSAGES / 2


@pytest.mark.parametrize(
    ("kind", "keys", "client", "module"),
    [(AliyunFake, sms_aliyun, aliyun.Aliyun, aliyun), (TencentFake, sms_tencent, tencent.Tencent, tencent)],
)
async def test_by_text_message_nobody_gets_two_and_who_may_have_none_is_known(kind, keys, client, module):
    fake = unreliable(kind)
    given = settings.read(
        {
            "YIMA_SMS_VENDOR": "aliyun" if module is aliyun else "tencent",
            "YIMA_SMS_KEY_ID": keys.KEY_ID,
            "YIMA_SMS_KEY_SECRET": keys.KEY_SECRET,
            "YIMA_SMS_SIGN": keys.SIGN,
            "YIMA_SMS_TEMPLATE": keys.TEMPLATE,
            "YIMA_SMS_APP_ID": sms_tencent.APP_ID,
            "YIMA_SMS_BASE": fake.base,
        }
    )
    batch = [make_outgoing(f"138{number:08}") for number in range(MESSAGES)]

    last = await work_off(Sms(given, client(given), lambda: NOW), batch)
    fake.stop()

    came = [number.removeprefix("+86") for number, _, _ in fake.sent]
    assert len(came) == len(set(came))
    assert {last[each.delivery_id] for each in batch if each.address not in came} <= {Outcome.UNKNOWN}
    assert sum(outcome is Outcome.SENT for outcome in last.values()) > MESSAGES / 2
