"""From a camera platform that speaks GA/T 1400 to an order, over the wire, with a running server."""

from typing import Any

import httpx
import pytest

from backend import clock
from backend.intake.sources import classes
from backend.intake.sources.structs import ClassRow, SourceKind
from tests.makers.accounts import bearer
from tests.makers.cameras import CAMERA, viid_images
from tests.makers.intake import make_credential
from tests.makers.town import make_town

TRIES = 10
VIID = {"Content-Type": "application/VIID+JSON;charset=UTF-8", "User-Identify": CAMERA}


@pytest.fixture
async def web(server_url, database):
    async with httpx.AsyncClient(base_url=server_url, timeout=60) as opened:
        yield opened


async def post_images(web: httpx.AsyncClient, content: bytes) -> list[dict[str, Any]]:
    """What became of each image. A busy machine says 1, "send it again", for a picture that it had no time for."""
    statuses: list[dict[str, Any]] = []
    for _ in range(TRIES):
        answer = await web.post("/VIID/Images", content=content, headers=VIID)
        statuses = answer.json()["ResponseStatusListObject"]["ResponseStatusObject"]
        if all(each["StatusCode"] != 1 for each in statuses):
            break
    return statuses


async def test_a_platform_registers_and_what_it_sees_is_an_order_once_somebody_has_claimed_the_camera(web):
    now = clock.now()
    town = await make_town(now)
    platform = await make_credential(now, name="video-platform", kind=SourceKind.CAMERAS)
    register = {"RegisterObject": {"DeviceID": CAMERA}}
    assert (await web.post("/VIID/Images", content=viid_images("1", at=now), headers=VIID)).status_code == 401
    wrong = httpx.DigestAuth("video-platform", "wrong")
    assert (await web.post("/VIID/System/Register", json=register, headers=VIID, auth=wrong)).status_code == 401
    proof = httpx.DigestAuth("video-platform", platform.secret)
    registered = await web.post("/VIID/System/Register", json=register, headers=VIID, auth=proof)
    assert registered.json()["ResponseStatusObject"]["StatusCode"] == 0

    [status] = await post_images(web, viid_images("1", at=now, FaceList={"Face": []}))
    assert (status["StatusCode"], status["Id"]) == (0, "1")
    assert "face data is not taken" in status["StatusString"]

    desk = bearer(town.dispatcher)
    [camera] = (await web.get("/api/v1/cameras?state=unknown", headers=desk)).json()["items"]
    where = {"place_id": town.place_id, "name": "弄堂口", "spot": "street"}
    claimed = await web.post(f"/api/v1/cameras/{camera['id']}/claim", json=where, headers=desk)
    assert claimed.json()["camera"]["state"] == "in_use"
    await classes.set_classes(platform.source.id, [ClassRow(class_code="21", class_name="垃圾", item_code="A301")])
    statuses = await post_images(web, viid_images("2", "2", "3", at=now))
    assert [each["StatusCode"] for each in statuses] == [0, 0, 0]

    alive = await web.post("/VIID/System/Keepalive", json={"KeepaliveObject": {"DeviceID": CAMERA}}, headers=VIID)
    assert alive.json()["ResponseStatusObject"]["StatusCode"] == 0
    [order] = (await web.get("/api/v1/orders", headers=desk)).json()["items"]
    detail = (await web.get(f"/api/v1/cameras/{camera['id']}", headers=desk)).json()
    event = detail["events"][0]
    assert (event["order_id"], event["number"], event["detection_count"]) == (order["id"], order["number"], 2)
    assert event["thumb_url"]

    [status] = await post_images(web, viid_images("4", at=now, picture=b"no picture"))
    assert (status["StatusCode"], "photo" in status["StatusString"]) == (8, True)
    ended = await web.post("/VIID/System/UnRegister", json={"UnRegisterObject": {"DeviceID": CAMERA}}, headers=VIID)
    assert ended.json()["ResponseStatusObject"]["StatusCode"] == 0
    assert (await web.post("/VIID/Images", content=viid_images("5", at=now), headers=VIID)).status_code == 401
