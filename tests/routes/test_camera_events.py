"""Cameras by signed webhooks: an event each, once; what is forged, stale, too large or broken files nothing."""

import json
from base64 import b64encode
from datetime import timedelta

import pytest

from backend import clock, db
from backend.intake.sources import service, signatures
from backend.intake.sources.structs import Credential, SourceKind
from tests.makers.accounts import bearer
from tests.makers.cameras import CAMERA
from tests.makers.intake import make_credential
from tests.makers.photos import jpeg
from tests.makers.town import make_town

_ORDERS = "SELECT count(*) FROM work_order"
_EVENTS = "SELECT detection_count FROM camera_event ORDER BY id"
_REFUSED = "SELECT reason, refusals FROM source_refusal"


def event(number: str, **changes: object) -> bytes:
    """Rubbish, seen by one camera."""
    said = {"camera_no": CAMERA, "event_no": number, "kind": "rubbish", "pictures": [base64(jpeg(shade=7))]}
    return json.dumps(said | changes).encode()


def base64(picture: bytes) -> str:
    return b64encode(picture).decode()


@pytest.fixture
def send(client):
    async def send(own: Credential, webhook_id: str, body: bytes, *, at=None, secret: str = "", signed: bytes = b""):
        headers = signatures.sign(secret or own.secret, webhook_id, at or clock.now(), signed or body)
        return await client.post(f"/api/v1/intake/{own.source.name}/camera-events", content=body, headers=headers)

    return send


async def refused() -> dict[str, int]:
    return {row["reason"]: row["refusals"] for row in await db.fetch(_REFUSED)}


async def test_of_an_unknown_camera_an_event_is_held_and_once_it_is_claimed_it_is_one_order_however_often_sent(
    client, send
):
    now = clock.now()
    town, own = await make_town(now), await make_credential(now, kind=SourceKind.CAMERAS)
    desk = bearer(town.dispatcher)

    held = await send(own, "msg_1", event("1"))
    assert (held.status_code, held.json()["fate"], held.json()["number"]) == (201, "held", None)
    [camera] = (await client.get("/api/v1/cameras?state=unknown", headers=desk)).json()["items"]
    where = {"place_id": town.place_id, "name": "弄堂口", "spot": "street"}
    await client.post(f"/api/v1/cameras/{camera['id']}/claim", json=where, headers=desk)

    envelope = b'{"type":"camera.event","timestamp":"2026-11-28T00:00:00Z","data":' + event("2", text="两袋") + b"}"
    filed = await send(own, "msg_2", envelope)
    assert (filed.status_code, filed.json()["fate"], filed.json()["is_new"]) == (201, "filed", True)
    for webhook_id in ("msg_2", "msg_3"):  # its answer was lost; the platform counts its messages anew
        again = await send(own, webhook_id, envelope, at=clock.now() + timedelta(seconds=30))
        assert (again.status_code, again.json()) == (200, filed.json() | {"is_new": False})

    assert (await db.fetchval(_ORDERS), [row["detection_count"] for row in await db.fetch(_EVENTS)]) == (1, [2])
    assert await db.fetchval("SELECT count(*) FROM photo_attachment") == 1
    assert await refused() == {"repeated": 2}


async def test_what_is_forged_stale_under_a_used_id_or_of_no_camera_source_is_refused_counted_and_files_nothing(send):
    now = clock.now()
    await make_town(now)
    own, system = await make_credential(now, kind=SourceKind.CAMERAS), await make_credential(now)
    other = await make_credential(now, kind=SourceKind.CAMERAS)

    forged = await send(own, "msg_1", event("1"), secret=other.secret)
    altered = await send(own, "msg_1", event("2"), signed=event("1"))
    assert [(each.status_code, each.json()["code"]) for each in (forged, altered)] == [(401, "webhook-forged")] * 2
    stale = await send(own, "msg_1", event("1"), at=now - timedelta(minutes=6))
    assert (stale.status_code, stale.json()["code"]) == (401, "webhook-stale")
    old = await send(own, "msg_1", event("1", at=(now - timedelta(hours=25)).isoformat()))
    assert (old.status_code, old.json()["code"]) == (422, "detection-stale")
    used = await send(own, "msg_1", event("1"))
    assert (used.status_code, used.json()["code"]) == (409, "webhook-id-used")
    elsewhere = await send(system, "msg_1", event("1"))
    assert (elsewhere.status_code, elsewhere.json()["code"]) == (403, "source-may-not")
    await service.close_source(own.source.name, None, now)
    assert (await send(own, "msg_2", event("1"))).status_code == 401

    for table in ("camera", "intake_record", "photo"):
        assert await db.fetchval(f"SELECT count(*) FROM {table}") == 0
    counted = {"webhook-forged": 3, "webhook-stale": 1, "webhook-id-used": 1, "detection-stale": 1}
    assert await refused() == counted | {"source-may-not": 1}


async def test_a_source_sends_so_many_bytes_beside_its_pictures_and_so_many_messages_a_minute(send):
    now = clock.now()
    await make_town(now)
    own = await make_credential(now, kind=SourceKind.CAMERAS, max_bytes=256, per_minute=1)

    large = await send(own, "msg_1", event("1", text="长" * 200))
    huge = await send(own, "msg_2", event("1", pictures=["A" * 8_000_000]))
    assert [(each.status_code, each.json()["code"]) for each in (large, huge)] == [(413, "message-too-large")] * 2
    assert len(event("1")) > 256
    assert (await send(own, "msg_3", event("1"))).status_code == 201
    over = await send(own, "msg_4", event("2"))
    assert (over.status_code, over.json()["code"]) == (429, "quota-used-up")

    assert [row["detection_count"] for row in await db.fetch(_EVENTS)] == [1]
    assert await refused() == {"message-too-large": 2, "quota-used-up": 1}


async def test_what_cannot_be_read_waits_for_a_person_without_its_pictures(send):
    now = clock.now()
    await make_town(now)
    own = await make_credential(now, kind=SourceKind.CAMERAS)

    other = await send(own, "msg_0", event("0", pictures=[base64(b"GIF89a")]))
    broken = await send(own, "msg_1", event("1", pictures=["?"]))
    assert (other.status_code, broken.status_code) == (415, 400)
    unread = [await send(own, "msg_2", body) for body in (event("2", kinds="rubbish"),) * 2]
    assert [(each.status_code, each.json()["is_new"]) for each in unread] == [(202, True), (200, False)]
    assert "kinds" in unread[0].json()["note"]
    nul = await send(own, "msg_3", event("3", text="a\x00b"))
    assert (nul.status_code, nul.json()["state"]) == (202, "unreadable")

    rows = await db.fetch("SELECT source_no, reason FROM intake_record WHERE reason = 'picture' ORDER BY id")
    assert [row["source_no"] for row in rows] == [f"{CAMERA}:0", f"{CAMERA}:1"]
    assert await db.fetchval("SELECT max(length(body)) FROM intake_message") < 300
    assert await db.fetchval("SELECT count(*) FROM camera_event") == 0
    assert (await refused())["repeated"] == 1
