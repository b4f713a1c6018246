"""From a scan at a door to a rated order, over HTTP, by a running server, with the handler's page listening."""

from uuid import uuid4

import httpx
import pytest
from PIL import Image

from backend import clock
from backend.calendars.rules import SHANGHAI
from bench.parts.outside import PHONE_PHOTOS
from tests.makers.accounts import bearer, make_device
from tests.makers.listening import listening
from tests.makers.photos import camera_exif, jpeg
from tests.makers.town import DOOR, SmallTown, make_town

HERE = {"lng": DOOR.lng, "lat": DOOR.lat, "accuracy_m": 12, "datum": "wgs84"}


@pytest.fixture
async def web(server_url, database):
    async with httpx.AsyncClient(base_url=server_url, timeout=20) as opened:
        yield opened


@pytest.fixture
async def town(web) -> SmallTown:
    return await make_town(clock.now())


async def upload(web: httpx.AsyncClient, headers: dict[str, str], name: str, shade: int) -> str:
    """A real photo of a phone where the outside data is present, else one of our own."""
    real = PHONE_PHOTOS / name
    return await send(web, headers, name, real.read_bytes() if real.exists() else jpeg(640, 480, shade))


async def send(web: httpx.AsyncClient, headers: dict[str, str], name: str, content: bytes) -> str:
    answer = await web.post("/api/v1/photos", files={"file": (name, content, "image/jpeg")}, headers=headers)
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


def taken_here_and_now() -> Image.Exif:
    return camera_exif(clock.now().astimezone(SHANGHAI), at=DOOR)


async def ok(answer: httpx.Response) -> dict:
    assert answer.is_success, answer.text
    return answer.json()


async def test_a_stranger_s_scan_becomes_a_finished_order_that_its_reporter_rates(web, town):
    handler, verifier = bearer(town.handlers[0]), bearer(town.verifier)
    resident = {"Authorization": "Bearer " + (await ok(await web.post("/api/v1/sessions/device")))["access_token"]}
    place = (await ok(await web.get(f"/api/v1/codes/{town.code}")))["place"]
    report = {
        "client_id": str(uuid4()),
        "code": town.code,
        "item": "A101",
        "photo_ids": [await upload(web, resident, "DSCN0010.jpg", 1)],
        "point": HERE,
    }

    async with listening(web, handler) as heard:
        receipt = await ok(await web.post("/api/v1/reports", json=report, headers=resident))
        order = f"/api/v1/orders/{receipt['order_id']}"
        assert await heard.next() == {"type": "OrderDispatched", "id": receipt["order_id"], "version": 1}

        assert (await ok(await web.get(order, headers=handler)))["place"]["id"] == place["id"]
        assert (await ok(await web.post(f"{order}/accept", json={}, headers=handler)))["state"] == "accepted"
        assert (await ok(await web.post(f"{order}/check-in", json={"point": HERE}, headers=handler)))[
            "state"
        ] == "on_site"
        evidence = {
            "before_photo_ids": [await upload(web, handler, "DSCN0012.jpg", 2)],
            "photo_ids": [await send(web, handler, "after.jpg", jpeg(640, 480, 3, exif=taken_here_and_now()))],
            "note": "已摆正",
        }
        assert (await ok(await web.post(f"{order}/finish", json=evidence, headers=handler)))["state"] == "handled"
        verdict = {"result": "pass", "note": ""}
        assert (await ok(await web.post(f"{order}/verify", json=verdict, headers=verifier)))["state"] == "closed"

    tracking = f"/api/v1/tracking/{receipt['tracking_token']}"
    followed = await ok(await web.get(tracking))
    assert [step["move"] for step in followed["steps"]] == ["open", "accept", "check_in", "finish", "pass"]
    assert [photo["role"] for photo in followed["photos"]] == ["report", "after"]
    assert (await web.get(followed["photos"][0]["large_url"])).headers["content-type"].startswith("image/")
    before = next(p for p in (await ok(await web.get(order, headers=verifier)))["photos"] if p["role"] == "before")
    await ok(await web.post(f"{order}/photos/{before['id']}/release", json={"reason": "no faces"}, headers=verifier))
    assert [p["role"] for p in (await ok(await web.get(tracking)))["photos"]] == ["report", "before", "after"]
    assert (await ok(await web.post(f"{tracking}/rating", json={"score": 5})))["rating"] == 5
    assert (await web.post(f"{tracking}/rating", json={"score": 1})).status_code == 409


async def test_a_page_that_was_away_hears_what_it_missed(web, town):
    handler = bearer(town.handlers[0])
    async with listening(web, handler) as heard:
        cursor = heard.cursor
    opened = await report(web, town)

    async with listening(web, handler, since=cursor) as heard:
        assert (await heard.next())["id"] == opened


async def test_a_page_hears_what_happened_after_it_was_made_and_before_it_listened(web, town):
    made_at = int(clock.now().timestamp() * 1000)
    opened = await report(web, town)

    async with listening(web, bearer(town.handlers[0]), shown_at=made_at) as heard:
        assert (await heard.next())["id"] == opened
    async with listening(web, bearer(town.handlers[0]), shown_at=made_at + 60_000) as heard:
        assert heard.is_silent()


async def test_a_page_hears_nothing_from_beyond_its_scope(web, town):
    neighbour = bearer(await make_device())
    async with listening(web, neighbour) as strange, listening(web, bearer(town.handlers[0])) as heard:
        await report(web, town)

        assert await heard.next()
        assert strange.is_silent()


async def report(web: httpx.AsyncClient, town: SmallTown) -> int:
    resident = bearer(town.resident)
    photo = await upload(web, resident, "none.jpg", 5)
    body = {"client_id": str(uuid4()), "code": town.code, "item": "A101", "photo_ids": [photo]}
    return (await ok(await web.post("/api/v1/reports", json=body, headers=resident)))["order_id"]
