"""What the two NB-IoT platforms push: who may, what becomes of it, and that they are answered as they want it."""

from datetime import datetime, timedelta

import httpx
import msgspec
import pytest

from backend import clock, db
from backend.intake.sensors import unread
from backend.intake.sensors.pushes.tokens import Wire, token_of
from backend.intake.sources.structs import SourceDraft, SourceKind
from tests.fakes.ctwing import FakeCtwing, report
from tests.fakes.onenet import FakeOneNet, Send
from tests.fixtures.client import running_client
from tests.makers.intake import make_credential
from tests.makers.sensors import alarms, make_sensors
from tests.makers.town import TOWN, make_town

IMEI = "861234567890123"
KEY = "2345678901abcdef"


@pytest.fixture
def now() -> datetime:
    """The web has its own clock, and what was measured too long ago is not taken."""
    return clock.now()


@pytest.fixture
def send(client) -> Send:
    return sender(client)


def sender(client: httpx.AsyncClient) -> Send:
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


async def test_a_push_that_is_sealed_with_another_key_is_refused_for_the_platform_to_repeat_and_not_kept(
    database, tmp_path, now
):
    town = await make_town(now)
    async with running_client(database, tmp_path, YIMA_ONENET_AES_KEYS=f"nb-2={KEY}") as client:
        made = await make_credential(now, name="nb-2", kind=SourceKind.SENSORS)
        await make_sensors(made.source, town.place_id, now, IMEI)
        address, token = "/api/v1/intake/nb-2/onenet", token_of(made.secret, Wire.ONENET)

        other = FakeOneNet(address, token, sender(client), aes_key="another_key_1234")
        assert await other.push(smoke(now), tries=2) == [403, 403]
        assert await refused() == {"sealed-otherwise": 2}
        assert await FakeOneNet(address, token, sender(client), aes_key=KEY).push(smoke(now)) == [200]

    assert [row["readings"] for row in await alarms()] == [1]
    assert await db.fetchval("SELECT count(*) FROM intake_record") == 0


async def test_pushes_beyond_the_sources_limit_are_put_off_and_counted(client, send, now):
    town, made = await make_town(now), await make_credential(now, name="nb-1", kind=SourceKind.SENSORS, per_minute=3)
    await make_sensors(made.source, town.place_id, now, IMEI)
    platform = FakeOneNet("/api/v1/intake/nb-1/onenet", token_of(made.secret, Wire.ONENET), send)
    telecom = f"/api/v1/intake/nb-1/ctwing/{token_of(made.secret, Wire.CTWING)}"

    answered = [await platform.push(smoke(now + timedelta(seconds=each)), tries=1) for each in range(4)]
    put_off = await client.post(telecom, json=report(IMEI, int(now.timestamp() * 1000), {"smoke": 1}))

    assert answered == [[200], [200], [200], [429]]
    assert put_off.status_code == 429 and int(put_off.headers["retry-after"]) > 0
    assert [row["readings"] for row in await alarms()] == [3]
    assert await refused() == {"quota-used-up": 2}


async def test_what_nobody_can_read_is_never_more_at_the_desk_than_somebody_can_look_at(client, send, now, monkeypatch):
    monkeypatch.setattr(unread, "WAITING_MOST", 3)
    made = await make_credential(now, name="nb-1", kind=SourceKind.SENSORS)
    address = f"/api/v1/intake/nb-1/ctwing/{token_of(made.secret, Wire.CTWING)}"

    for body in [b"[1", b"[2", b"[3", b"[1", *(b"{%d" % each for each in range(40))]:
        assert (await send("POST", address, body))[0] == 200

    kept = await db.fetch("SELECT source_no, messages, state FROM intake_record ORDER BY id")
    assert [(row["messages"], row["state"]) for row in kept] == [*[(1, "unreadable")] * 3, (40, "unreadable")]
    assert kept[3]["source_no"].startswith("unread-beyond-")
    assert await db.fetchval("SELECT count(*) FROM intake_message") == 3 + 20
    assert await refused() == {"unreadable-folded": 40}


def test_a_source_of_sensors_may_send_a_thousand_in_a_second_unless_told_otherwise():
    sensors = SourceDraft(name="nb-9", kind=SourceKind.SENSORS, title_zh="烟感", title_en="Smoke", area_code=TOWN)

    assert sensors.per_minute == 60_000
    assert msgspec.structs.replace(sensors, per_minute=7).per_minute == 7
    assert msgspec.structs.replace(sensors, kind=SourceKind.SYSTEM, per_minute=120).per_minute == 120


async def refused() -> dict[str, int]:
    return {row["reason"]: row["refusals"] for row in await db.fetch("SELECT reason, refusals FROM source_refusal")}
