"""The staff app over HTTP: who is offered it, what it opens, and photos shared with it where no service worker is."""

import re
from datetime import datetime
from pathlib import Path

import httpx
import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from backend.routes.http import cookies
from tests.fixtures.client import running_client
from tests.makers.accounts import bearer, make_device, make_staff
from tests.makers.orders import make_accepted, make_handled, make_order
from tests.makers.photos import jpeg
from tests.makers.town import COMMITTEE, TOWN, SmallTown, make_actor, make_town

HTML = {"accept": "text/html"}
WECHAT = "Mozilla/5.0 (Linux; Android 11) Chrome/100 MicroMessenger/8.0"
WECOM = f"{WECHAT} wxwork/4.1"
LINK = re.compile(r'<link rel="manifest" href="([^"]+)">')
STAFF = [role for role in Role if role not in (Role.RESIDENT, Role.SHOP_OWNER)]


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


async def _one_of(role: Role, town: SmallTown) -> Actor:
    area = COMMITTEE if role is Role.COMMITTEE else TOWN
    return await make_staff(role, area=area, unit_id=town.unit_id if role is Role.HANDLER else None)


async def test_each_role_is_offered_its_app_and_all_that_the_app_leads_to_opens(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    refused: dict[str, str] = {}
    for role in STAFF:
        who = await _one_of(role, town)
        page = await client.get("/inbox", headers=HTML | bearer(who))
        said = await client.get(LINK.findall(page.text)[0])
        assert said.headers["content-type"].startswith("application/manifest+json")
        for path in [said.json()["start_url"], *(each["url"] for each in said.json()["shortcuts"])]:
            answer = await client.get(path, headers=HTML | bearer(who), follow_redirects=True)
            is_there = answer.status_code == 200 and answer.url.path.startswith(path.partition("?")[0])
            refused |= {} if is_there else {f"{role} {path}": f"{answer.status_code} {answer.url.path}"}

    assert refused == {}


async def test_nobody_else_is_asked_to_install_anything_nor_anybody_inside_wechat(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    handler, device = bearer(town.handlers[0]), bearer(await make_device())
    seen = {
        "stranger": await client.get(f"/q/{town.code}", headers=HTML),
        "device": await client.get("/", headers=HTML | device),
        "resident": await client.get("/inbox", headers=HTML | bearer(town.resident)),
        "shop": await client.get("/inbox", headers=HTML | bearer(await make_staff(Role.SHOP_OWNER))),
        "wechat": await client.get("/work", headers=HTML | handler | {"user-agent": WECHAT}),
        "wecom": await client.get("/work", headers=HTML | handler | {"user-agent": WECOM}),
    }

    assert [name for name, page in seen.items() if "manifest" in page.text or "install-app" in page.text] == []
    assert "install-app" in (await client.get(f"/q/{town.code}", headers=HTML | handler)).text


async def test_a_manifest_is_asked_for_again_and_a_browser_that_has_it_is_told_so(client: httpx.AsyncClient) -> None:
    first = await client.get("/app/handler.zh.webmanifest")
    again = await client.get("/app/handler.zh.webmanifest", headers={"if-none-match": first.headers["etag"]})

    assert first.headers["cache-control"] == "no-cache"
    assert (again.status_code, again.content) == (304, b"")
    assert (await client.get("/app/resident.zh.webmanifest")).status_code == 404


async def test_an_app_that_another_role_installed_leads_to_the_own_home(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    volunteer = await make_staff(Role.VOLUNTEER, area=COMMITTEE)
    opened = await client.get("/verify?from=app", headers=HTML | bearer(volunteer))
    desk = await client.get("/desk?from=app", headers=HTML | bearer(volunteer))
    plainly = await client.get("/desk", headers=HTML | bearer(volunteer))
    nobody = await client.get("/work?from=app", headers=HTML)

    assert opened.status_code == 200 or opened.headers["location"] == "/volunteer"
    assert (desk.status_code, desk.headers["location"]) == (303, "/volunteer")
    assert plainly.status_code == 403
    assert nobody.headers["location"].startswith("/sign-in?next=/work%3Ffrom")


async def test_the_number_on_the_icon_is_what_waits_for_each(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    await make_handled(town, now)
    await make_accepted(town, now)
    await make_order(town, now)

    async def number(who: Actor) -> int:
        return (await client.get("/api/v1/me/open-orders", headers=bearer(who))).json()["open_orders"]

    first, second = town.handlers
    assert [await number(who) for who in (first, second, town.verifier, town.dispatcher, town.resident)] == [
        2,
        1,
        1,
        0,
        0,
    ]


async def test_photos_shared_without_a_service_worker_stand_in_an_inspectors_quick_report(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    inspector = await make_actor("监督员", Role.INSPECTOR, TOWN)

    page = await _share(client, inspector, (jpeg(shade=20), jpeg(shade=80)), text="楼道堆物")
    kept = re.findall(r'name="photo_ids" value="([\w-]+)"', page.text)
    sent = await client.post(
        "/quick-report",
        data={
            "client_id": "shared-1",
            "photo_ids": kept,
            "item": "A101",
            "where": f"code:{town.code}",
            "description": "堆物",
        },
        headers=HTML | bearer(inspector),
    )

    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    assert len(kept) == 2 and "楼道堆物" in page.text
    assert sent.status_code == 303
    assert await db.fetchval("SELECT count(*) FROM photo_attachment") == 2


@pytest.mark.parametrize(
    "said", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "null"}]
)
async def test_a_form_of_another_site_stores_nothing_with_a_persons_cookies(
    client: httpx.AsyncClient, town: SmallTown, said: dict[str, str]
) -> None:
    token = bearer(town.handlers[0])["authorization"].removeprefix("Bearer ")
    own = HTML | {"cookie": f"{cookies.ACCESS}={token}"}
    sent = {"files": {"photo": ("a.jpg", jpeg(), "image/jpeg")}, "data": {"text": "堆物"}}

    for path in ("/share", "/share/code"):
        refused = await client.post(path, **sent, headers=own | said)
        assert refused.status_code == 403 and "堆物" not in refused.text
    assert await db.fetchval("SELECT count(*) FROM photo") == 0

    taken = await client.post("/share", **sent, headers=own | {"sec-fetch-site": "none", "origin": "null"})
    assert taken.status_code == 200 and await db.fetchval("SELECT count(*) FROM photo") == 1, "as of a share sheet"


async def test_others_say_where_it_was_by_a_code_or_an_area_and_nothing_is_lost_on_the_way(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    handler = town.handlers[0]
    page = await _share(client, handler, (jpeg(shade=20),), text="堆物")
    kept = re.findall(r'name="photo_ids" value="([\w-]+)"', page.text)
    brought = {"photo_ids": kept, "description": "堆物"}

    wrong = await client.post("/share/code", data=brought | {"code": "ABC"}, headers=HTML | bearer(handler))
    at_door = await client.post("/share/code", data=brought | {"code": town.code}, headers=HTML | bearer(handler))
    on_map = await client.post("/here", data=brought | {"area": COMMITTEE}, headers=HTML | bearer(handler))

    assert COMMITTEE in page.text and page.text.count('name="area"') >= 1
    assert wrong.status_code >= 400 and 'role="alert"' in wrong.text and 'value="ABC"' in wrong.text
    for answer in (wrong, at_door, on_map):
        assert f'value="{kept[0]}" checked' in answer.text and "堆物" in answer.text
    assert f'action="/q/{town.code}/report"' in at_door.text and 'action="/here/report"' in on_map.text
    assert at_door.headers["cache-control"] == "no-store"


async def test_what_a_form_refuses_is_refused_of_shared_photos_and_the_others_stay(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    inspector = await make_actor("监督员", Role.INSPECTOR, TOWN)
    four = (jpeg(shade=20), b"no picture", jpeg(shade=50), jpeg(shade=70), jpeg(shade=90))

    page = await _share(client, inspector, four)

    assert page.status_code >= 400
    assert page.text.count('name="photo_ids"') == 3
    assert "第 2 张" in page.text and "第 5 张" in page.text


async def test_a_session_that_has_ended_asks_to_sign_in_and_for_the_photos_again(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    shown = await client.get("/share?of=0123", headers=HTML)
    sent = await client.post("/share", files={"photo": ("a.jpg", jpeg(), "image/jpeg")}, headers=HTML)

    assert shown.headers["location"] == "/sign-in?next=/share%3Fof%3D0123"
    assert sent.status_code == 401 and "您写的内容还在" in sent.text


async def test_a_town_can_have_every_phone_drop_what_it_keeps(database: str, tmp_path: Path) -> None:
    async with running_client(database, tmp_path, YIMA_SERVICE_WORKERS="off") as client:
        for path in ("/sw.js", "/share-worker.js"):
            answer = await client.get(path)
            assert "unregister" in answer.text and "fetch" not in answer.text
            assert answer.headers["content-security-policy"] == "default-src 'self'"


async def test_the_worker_that_takes_shared_photos_is_asked_for_anew_each_time(client: httpx.AsyncClient) -> None:
    answer = await client.get("/share-worker.js")

    assert answer.headers["cache-control"] == "no-cache"
    assert "unregister" not in answer.text and "formData" in answer.text


async def _share(client: httpx.AsyncClient, who: Actor, photos: tuple[bytes, ...], text: str = "") -> httpx.Response:
    files = [("photo", (f"{number}.jpg", photo, "image/jpeg")) for number, photo in enumerate(photos)]
    return await client.post("/share", files=files, data={"text": text}, headers=HTML | bearer(who))
