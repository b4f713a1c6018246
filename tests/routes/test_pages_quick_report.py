"""快速上报 as a plain form: a photo, a matter and a place, and on to the next with both; places found three ways."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from qr import runtime
from tests.makers.accounts import bearer
from tests.makers.orders import make_handled
from tests.makers.photos import jpeg
from tests.makers.qr import plate_photo
from tests.makers.town import DOOR, TOWN, SmallTown, make_actor, make_town

HTML = {"accept": "text/html"}
PAGE = "/quick-report"


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


@pytest.fixture
async def inspector(town: SmallTown) -> Actor:
    return await make_actor("监督员", Role.INSPECTOR, TOWN)


async def test_a_report_goes_on_with_the_same_matter_and_place_and_is_counted(
    client: httpx.AsyncClient, town: SmallTown, inspector: Actor
) -> None:
    answer = await _send(client, inspector, where=f"code:{town.code}", item="A301", then="again")

    asked = parse_qs(urlsplit(answer.headers["location"]).query)
    again = await _see(client, inspector, answer.headers["location"])
    number = await db.fetchval("SELECT number FROM work_order WHERE place_id = $1", town.place_id)
    assert answer.status_code == 303
    assert (asked["item"], asked["where"]) == (["A301"], [f"code:{town.code}"])
    assert f"已收到,编号 {number}" in again
    assert _checked(again, "where") == f"code:{town.code}"
    assert _checked(again, "item") == "A301"
    assert 'data-count="1"' in again


async def test_the_page_as_it_opens_may_be_kept_on_the_phone_and_no_page_with_a_place(
    client: httpx.AsyncClient, town: SmallTown, inspector: Actor
) -> None:
    for path in (PAGE, "/self-handling"):
        bare = await client.get(path, headers=HTML | bearer(inspector))
        placed = await client.get(f"{path}?code={town.code}", headers=HTML | bearer(inspector))

        assert bare.headers["cache-control"] == "private, no-cache"
        assert inspector.name not in bare.text and "莲安东路" not in bare.text
        assert placed.headers["cache-control"] == "no-store"
        assert _checked(placed.text, "where") == f"code:{town.code}"


async def test_what_was_used_last_comes_first_and_what_waits_is_counted(
    client: httpx.AsyncClient, town: SmallTown, inspector: Actor, now: datetime
) -> None:
    for number, item in enumerate(("A201", "A201", "A203")):
        await _send(client, inspector, where=f"code:{town.code}", item=item, client_id=f"report-{number}")
    await make_handled(town, now)

    page = await _see(client, inspector, PAGE)

    assert re.findall(r'type="radio" name="item" value="(\w+)"', page)[:2] == ["A203", "A201"]
    assert 'data-count="3"' in page
    assert re.search(r'href="/verify">待核查 <strong class="num">1<', page)


async def test_a_place_is_found_by_a_plates_photo_a_position_a_code_or_words_and_what_was_typed_stays(
    client: httpx.AsyncClient, town: SmallTown, inspector: Actor
) -> None:
    plate = plate_photo(runtime.current_runtime().payload.prefix, town.code)
    photo = {"photo": ("street.jpg", jpeg()), "plate": ("plate.jpg", plate)}
    door = f"door:{town.place_id}"

    by_photo = await _look(client, inspector, files=photo, description="堵住了楼道口")
    by_code = await _look(client, inspector, place_words=town.code)
    by_words = await _look(client, inspector, place_words="莲安东路")
    by_position = await _look(client, inspector, lng=DOOR.lng, lat=DOOR.lat, accuracy_m=12)
    vague = await _look(client, inspector, lng=DOOR.lng, lat=DOOR.lat, accuracy_m=90)
    nowhere = await _look(client, inspector, place_words="没有这条路")

    assert _checked(by_photo.text, "where") == _checked(by_code.text, "where") == f"code:{town.code}"
    assert "堵住了楼道口" in by_photo.text and "已收到 1 张,无需重选" in by_photo.text
    assert _checked(by_words.text, "where") == _checked(by_position.text, "where") == door
    assert _checked(vague.text, "where") is None and f'value="{door}"' in vague.text
    assert nowhere.status_code == 422 and "没有找到“没有这条路”" in nowhere.text


async def test_a_chosen_door_is_where_the_report_lies_and_without_a_place_nothing_is_filed(
    client: httpx.AsyncClient, town: SmallTown, inspector: Actor
) -> None:
    nowhere = await _send(client, inspector, item="A101")
    blurred = await _look(client, inspector, files={"plate": ("plate.jpg", jpeg())})
    assert (nowhere.status_code, blurred.status_code) == (422, 422)
    assert "请扫描门牌码或提供位置" in nowhere.text and "没有认出门牌码" in blurred.text
    assert await db.fetchval("SELECT count(*) FROM work_order") == 0

    sent = await _send(client, inspector, where=f"door:{town.place_id}", item="A101", then="")

    assert "where" not in sent.headers["location"]
    assert await db.fetchval("SELECT place_id FROM work_order") == town.place_id


async def test_it_is_a_page_of_those_who_walk_the_beat(client: httpx.AsyncClient, town: SmallTown) -> None:
    member = await make_actor("居委干部", Role.COMMITTEE, TOWN)

    answers = [await client.get(PAGE, headers=HTML | bearer(who)) for who in (member, town.handlers[0], town.resident)]

    assert [answer.status_code for answer in answers] == [200, 403, 403]
    assert "待核查" not in answers[0].text


async def _see(client: httpx.AsyncClient, who: Actor, path: str) -> str:
    return (await client.get(path, headers=HTML | bearer(who))).text


async def _send(client: httpx.AsyncClient, who: Actor, **typed: Any) -> httpx.Response:
    files = {"photo": ("street.jpg", jpeg())}
    return await client.post(PAGE, data={"client_id": "report-0001"} | typed, files=files, headers=HTML | bearer(who))


async def _look(
    client: httpx.AsyncClient, who: Actor, files: dict[str, Any] | None = None, **typed: Any
) -> httpx.Response:
    said = {name: str(value) for name, value in typed.items()}
    return await client.post(f"{PAGE}/place", data=said, files=files, headers=HTML | bearer(who))


def _checked(page: str, name: str) -> str | None:
    found = re.findall(rf'type="radio" name="{name}" value="([^"]+)"[^>]* checked>', page)
    return found[0] if found else None
