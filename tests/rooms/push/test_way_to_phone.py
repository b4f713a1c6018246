"""From a report to the screen of the handler's phone: every part of the product, and Google's in a fake."""

from datetime import timedelta

import pytest

from backend import clock, db
from push.channels import Channel
from push.gateways.fcm.gateway import Fcm
from push.gateways.fcm.settings import FcmSettings
from push.sending.sender import Sender
from tests.fakes.fcm import FcmFake
from tests.fakes.vendor import TroubleKind
from tests.makers.accounts import bearer
from tests.makers.gateways import deliveries, switch_on
from tests.makers.orders import make_order
from tests.makers.town import make_town
from tests.makers.worker import deliver

PHONE, DEAD = "token-of-the-phone", "token-of-a-dead-one"


@pytest.fixture
async def town(database):
    now = clock.now() + timedelta(seconds=20)
    made = await make_town(now)
    await switch_on(Channel.FCM)
    return made


async def register(client, town, *tokens):
    for token in tokens:
        body = {"channel": "fcm", "token": token, "platform": "android"}
        answer = await client.post("/api/v1/devices", json=body, headers=bearer(town.handlers[0]))
        assert answer.status_code == 201


async def send(fcm, *after_s):
    """Let a worker look so many seconds from now, each time until nothing is due."""
    for seconds in after_s:
        at = clock.now() + timedelta(seconds=20 + seconds)
        gateway = Fcm(FcmSettings(account=fcm.account(), base=fcm.base), lambda at=at: at)
        sender = Sender(gateway, "https://yima.example", lambda at=at: at)
        while await sender.send_once():
            pass
        await gateway.close()


async def test_an_order_lies_on_the_screen_once_though_the_first_answer_was_lost(client, town):
    await register(client, town, PHONE, DEAD)
    await make_order(town, clock.now())
    await deliver()
    with FcmFake() as fcm:
        fcm.register(PHONE)
        fcm.plan(TroubleKind.DROP, 2)

        await send(fcm, 0, 60)

    [shown] = fcm.phones[PHONE].values()
    assert shown["notification"]["title"].startswith("新工单")
    assert shown["data"]["url"].startswith("https://yima.example/inbox/")
    assert sorted(await deliveries()) == [("fcm", "failed", "unreachable"), ("fcm", "sent", "sent")]
    assert [row["token"] for row in await db.fetch("SELECT token FROM device")] == [PHONE]
