"""What the two NB-IoT platforms push: who may, what becomes of it, and that they are answered as they want it."""

from datetime import datetime, timedelta

import pytest

from backend import clock, db
from backend.intake.sensors.pushes.tokens import Wire, token_of
from backend.intake.sources.structs import SourceKind
from tests.fakes.ctwing import FakeCtwing, report
from tests.fakes.onenet import FakeOneNet, Send
from tests.makers.intake import make_credential
from tests.makers.sensors import alarms, make_sensors
from tests.makers.town import make_town

IMEI = "861234567890123"


@pytest.fixture
def now() -> datetime:
    """The web has its own clock, and what was measured too long ago is not taken."""
    return clock.now()


@pytest.fixture
def send(client) -> Send:
    async def carry(method: str, address: str, body: bytes | None) -> tuple[int, str]:
        answer = await client.request(method, address, content=body, headers={"Content-Type": "application/json"})
        return answer.status_code, answer.text

    return carry


@pytest.fixture
async def secret(client, now) -> str:
    """Of a source with a smoke detector."""
    town, made = await make_town(now), await make_credential(now, name="nb-1", kind=SourceKind.SENSORS)
    await make_sensors(made.source, town.place_id, now, IMEI)
    return made.secret


def smoke(now, value: object = 1) -> dict[str, object]:
    params = {"smoke": {"value": value, "time": int(now.timestamp() * 1000)}}
    head = {"projectId": "1", "productId": "2", "deviceName": "n-1", "imei": IMEI, "messageType": "notify"}
    return head | {"notifyType": "property", "data": {"id": "9", "params": params}}


async def test_onenet_finds_the_address_ours_and_each_push_is_counted_once(send, secret, now):
    platform = FakeOneNet("/api/v1/intake/nb-1/onenet", token_of(secret, Wire.ONENET), send)

    assert await platform.validate()
    assert await platform.push(smoke(now)) == await platform.push(smoke(now)) == [200]
    assert await platform.push(smoke(now + timedelta(seconds=5))) == [200]
    assert await platform.push({"messageType": "notify", "notifyType": "odd", "deviceName": "n-1"}) == [200]

    assert [(row["device_no"], row["cause"], row["readings"]) for row in await alarms()] == [(IMEI, "smoke", 2)]
    assert await db.fetchval("SELECT state FROM intake_record") == "unreadable"


async def test_a_forged_push_files_nothing_and_is_counted(send, secret, now):
    forger = FakeOneNet("/api/v1/intake/nb-1/onenet", "x" * 32, send)
    nobody = FakeOneNet("/api/v1/intake/nobody/onenet", "x" * 32, send)

    assert not await forger.validate()
    assert await forger.push(smoke(now), tries=2) == [403, 403]
    assert await nobody.push(smoke(now), tries=1) == [404]
    assert not await FakeCtwing(f"/api/v1/intake/nb-1/ctwing/{'0' * 32}", send).push(report(IMEI, 1, {"smoke": 1}))

    assert await alarms() == []
    assert await db.fetchval("SELECT sum(refusals) FROM source_refusal WHERE reason = 'signature'") == 7


async def test_ctwing_pushes_to_an_address_that_ends_in_its_token(send, secret, now):
    address, at_ms = f"/api/v1/intake/nb-1/ctwing/{token_of(secret, Wire.CTWING)}", int(now.timestamp() * 1000)
    platform = FakeCtwing(address, send)

    assert (await send("GET", address, None))[0] == 200
    for payload in ({"smokeAlarm": 1}, {"smokeAlarm": 1}, {"APPdata": "UFUAPBAA"}, {"APPdata": "UFUAPBAB"}):
        assert await platform.push(report(IMEI, at_ms, payload))

    assert [(row["cause"], row["readings"]) for row in await alarms()] == [("smoke", 1)]
    kept = await db.fetch("SELECT source_no, messages FROM intake_record")
    assert [(row["source_no"], row["messages"]) for row in kept] == [(f"opaque-{IMEI}", 2)]
