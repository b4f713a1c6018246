"""A report without a plate: begun anywhere, put right on a map that needs no script, and refused beyond the area."""

import re

import httpx
import pytest

from backend import clock, db
from tests.makers.orders import make_order
from tests.makers.photos import jpeg
from tests.makers.town import COMMITTEE, DOOR, FAR_AWAY, SmallTown, make_town

HTML = {"accept": "text/html"}
AT_THE_DOOR = {"lng": f"{DOOR.lng:.6f}", "lat": f"{DOOR.lat:.6f}"}


@pytest.fixture
async def town(client: httpx.AsyncClient, now) -> SmallTown:
    return await make_town(now)


def form(**changes: str) -> dict[str, str]:
    return {**AT_THE_DOOR, "where": f"{DOOR.lng},{DOOR.lat}", "item": "A101", "client_id": "map-report-1", **changes}


async def send(client: httpx.AsyncClient, data: dict[str, str]) -> httpx.Response:
    files = {"photo": ("street.jpg", jpeg(), "image/jpeg")}
    return await client.post("/here/report", data=data, files=files, headers=HTML)


def pin_of(page: str) -> tuple[float, float]:
    """Where the page's form has its pin."""
    (lng,), (lat,) = (
        re.findall(rf'id="place-choice">.*?name="{name}" value="([\d.]+)"', page, re.DOTALL) for name in ("lng", "lat")
    )
    return float(lng), float(lat)


def kept_in(page: str, name: str = "photo_ids") -> list[str]:
    """The photos that a form sends again."""
    return re.findall(rf'type="checkbox" name="{name}" value="([0-9a-f-]+)" checked', page)


async def test_a_code_that_leads_nowhere_offers_to_report_by_map(client, town):
    page = await client.get("/q/0000000000", headers=HTML)

    assert page.status_code == 404
    assert 'href="/here"' in page.text


async def test_whoever_gives_no_position_chooses_an_area_with_an_outline(client, town):
    page = await client.get("/here", headers=HTML)
    around = await client.get(f"/here?area={COMMITTEE}", headers=HTML)

    assert page.status_code == 200
    assert f'href="/here?area={COMMITTEE}"' in page.text
    assert 'src="data:image/svg+xml,' in around.text and 'name="where"' in around.text


async def test_the_form_offers_the_pin_and_the_places_around_it(client, town):
    page = await client.post("/here", data=AT_THE_DOOR, headers=HTML)

    assert page.status_code == 200
    assert page.text.count('name="where"') >= 2
    assert "%3Ccircle" in page.text


async def test_a_press_on_the_picture_moves_the_pin_so_many_metres(client, town):
    answer = await client.post("/here", data={**AT_THE_DOOR, "pin.x": "272", "pin.y": "136"}, headers=HTML)

    moved = pin_of(answer.text)
    east_m = await db.fetchval(
        "SELECT ST_Distance(ST_MakePoint($1, $2)::geography, ST_MakePoint($3, $4)::geography)",
        *(DOOR.lng, DOOR.lat, *moved),
    )
    assert east_m == pytest.approx(120, abs=0.5)
    assert moved[0] > DOOR.lng


async def test_a_press_by_keyboard_moves_nothing(client, town):
    answer = await client.post("/here", data={**AT_THE_DOOR, "pin.x": "0", "pin.y": "0"}, headers=HTML)

    assert pin_of(answer.text) == (DOOR.lng, DOOR.lat)


async def test_a_moved_pin_leaves_matter_photo_and_words_as_they_were(client, town):
    sent = form(item="A301", description="三辆车倒在路口", **{"pin.x": "200", "pin.y": "136"})
    files = {"photo": ("street.jpg", jpeg(), "image/jpeg")}
    moved = await client.post("/here", data=sent, files=files, headers=HTML)
    (photo_id,) = kept_in(moved.text)
    back = {**form(item="A301", description="三辆车倒在路口"), "photo_ids": photo_id}

    answer = await client.post("/here/report", data=back, files={"photo": ("", b"")}, headers=HTML)

    assert pin_of(moved.text)[0] > DOOR.lng
    assert '<option value="A301" selected>' in moved.text and "三辆车倒在路口" in moved.text
    assert answer.status_code == 303, answer.text
    assert str(await db.fetchval("SELECT photo_id FROM photo_attachment")) == photo_id


async def test_no_address_takes_or_shows_a_position(client, town):
    stripped = await client.get("/here", params=AT_THE_DOOR, headers=HTML)
    shown = await client.post("/here", data=AT_THE_DOOR, headers=HTML)

    assert (stripped.status_code, stripped.headers["location"]) == (303, "/here")
    addresses = re.findall(r'(?:href|src|action)="(/[^"]*)"', shown.text)
    assert [address for address in addresses if "121." in address] == []


async def test_a_stranger_reports_at_the_pin_and_follows_it(client, town):
    answer = await send(client, form())

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/r/")
    order = await db.fetchrow("SELECT item_id, place_id FROM work_order")
    assert order is not None
    assert order["item_id"] == "A101"
    assert order["place_id"] is not None


async def test_what_is_refused_is_said_with_the_words_kept(client, town):
    answer = await send(client, form(item="", description="三辆车倒在路口"))

    assert 400 <= answer.status_code < 500
    assert "三辆车倒在路口" in answer.text
    assert await db.fetchval("SELECT count(*) FROM work_order") == 0


async def test_a_point_beyond_the_area_is_refused_and_says_what_to_do(client, town):
    far = {"lng": f"{FAR_AWAY.lng + 5:.6f}", "lat": f"{FAR_AWAY.lat:.6f}"}

    page = await client.post("/here", data=far, headers=HTML)
    answer = await send(client, form(**far, where=f"{far['lng']},{far['lat']}"))

    assert "此处不在服务范围内" in page.text
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "point", [{"lng": "nan", "lat": "31"}, {"lng": "121"}, {"lng": "500", "lat": "31"}, {"lng": "1e400", "lat": "\x00"}]
)
async def test_a_position_that_is_none_leads_back_to_the_beginning(client, town, point):
    page = await client.post("/here", data=point, headers=HTML)

    assert page.status_code == 200
    assert 'id="locate"' in page.text and 'class="map"' not in page.text


@pytest.mark.parametrize("area", ["\x00", "31011510500100000", "九", "310115999999"])
async def test_an_area_that_is_none_leads_back_to_the_beginning(client, town, area):
    page = await client.get("/here", params={"area": area}, headers=HTML)

    assert page.status_code == 200
    assert 'id="locate"' in page.text


@pytest.mark.parametrize("corner", [("180", "90"), ("-180", "-90"), ("180", "-90")])
async def test_the_ends_of_the_earth_are_drawn_without_an_accident(client, town, corner):
    point = {"lng": corner[0], "lat": corner[1], "pin.x": "272", "pin.y": "1"}

    page = await client.post("/here", data=point, headers=HTML)

    assert page.status_code == 200 and "此处不在服务范围内" in page.text


async def test_what_is_reported_near_the_pin_is_joined_with_one_tap(client, town, now):
    first = await make_order(town, clock.now())
    page = await client.post("/here", data=AT_THE_DOOR, headers=HTML)
    order = str(first.receipt.order_id)

    answer = await client.post("/here/join", data={**AT_THE_DOOR, "order": order, "client_id": "join-1"}, headers=HTML)

    assert "附近已有人上报(1)" in page.text
    assert answer.status_code == 303
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1
    assert await db.fetchval("SELECT count(*) FROM order_follower WHERE order_id = $1", first.receipt.order_id) == 1


async def test_an_order_that_is_not_near_is_not_joined_by_its_number(client, town, now):
    first = await make_order(town, clock.now())
    far = {"lng": f"{DOOR.lng + 0.02:.6f}", "lat": f"{DOOR.lat:.6f}"}

    answer = await client.post("/here/join", data={**far, "order": str(first.receipt.order_id)}, headers=HTML)

    assert 400 <= answer.status_code < 500
    assert await db.fetchval("SELECT count(*) FROM order_follower") == 0


@pytest.mark.parametrize(("about", "shown"), [("3000", "3000"), ("9999999", "999999")])
async def test_a_vague_position_of_the_phone_is_put_right_by_hand_before_anything_is_sent(client, town, about, shown):
    page = await client.post("/here", data={**AT_THE_DOOR, "about": about}, headers=HTML)
    exact = await client.post("/here", data={**AT_THE_DOOR, "about": "12"}, headers=HTML)

    assert f"手机定位误差约 {shown} 米" in page.text
    assert " checked><span>" not in page.text
    assert " checked><span>" in exact.text


async def test_a_pin_that_the_phone_set_claims_no_door_beyond_its_accuracy(client, town):
    answers = [
        await send(client, form(about=about, where=where, client_id=f"map-report-{about}"))
        for about, where in (
            ("60", f"{AT_THE_DOOR['lng']},{AT_THE_DOOR['lat']}"),
            ("61", f"{DOOR.lng},{DOOR.lat + 1e-5}"),
        )
    ]

    assert [answer.status_code for answer in answers] == [303, 303]
    doors = await db.fetch("SELECT place_id IS NOT NULL AS has_door FROM work_order ORDER BY id")
    assert [row["has_door"] for row in doors] == [False, True]
    assert "按位置受理" in (await client.get(answers[0].headers["location"], headers=HTML)).text
