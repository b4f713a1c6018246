"""The pages of patrols as plain forms: walked without scripts, and what is refused comes back with all that came."""

import re

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.calendars.rules import shanghai_date
from qr import codes
from qr import service as qr
from tests.makers.accounts import bearer, signed_in
from tests.makers.patrols import make_beat, make_entry, make_places, make_template
from tests.makers.photos import jpeg
from tests.makers.town import COMMITTEE, DEMO_SECRET, TOWN, make_actor, make_town


@pytest.fixture
async def beat(client):
    await make_town(clock.now())
    return await make_beat(clock.now())


async def page(client, who, path, status=200):
    answer = await client.get(path, headers=bearer(await signed_in(who.account_id)))
    assert answer.status_code == status, answer.text
    return answer.text


async def send(client, who, path, data=None, **more):
    headers = bearer(await signed_in(who.account_id)) | {"origin": str(client.base_url)}
    return await client.post(path, headers=headers, data=data or {}, **more)


async def test_a_walk_without_scripts_from_claim_to_finding_to_end(client, beat):
    walk = f"/patrols/{beat.task_id}"
    minted = await qr.mint_bound(beat.places, keys=codes.keyring(DEMO_SECRET), now=clock.now())
    listed = await page(client, beat.volunteer, "/patrols")
    assert f'href="{walk}"' in listed and "已到 0 / 3 个点位" in listed
    before = await page(client, beat.volunteer, walk)
    assert "领取并开始巡查" in before and "巡查路1号" not in before

    assert (await send(client, beat.volunteer, f"{walk}/claim")).headers["location"] == f"{walk}?done=claim"
    assert "已有人在走这条路线" in (await send(client, beat.other, f"{walk}/claim")).text
    assert "巡查路1号" not in await page(client, beat.other, walk)
    mine = await page(client, beat.volunteer, f"{walk}?done=claim")
    assert re.search(r'id="stop-1" data-stop open', mine) and mine.count("<circle class") == 0
    assert mine.count("</circle>") + mine.count('r="') >= 3

    wrong = await send(client, beat.volunteer, f"{walk}/stops/1/proof", {"code": minted[beat.places[1]]})
    assert wrong.status_code == 409 and "这不是现场的门牌码" in wrong.text
    right = await send(client, beat.volunteer, f"{walk}/stops/1/proof", {"code": minted[beat.places[0]]})
    assert right.headers["location"] == f"{walk}?done=prove"

    found = {"item": "B101", "description": "楼道堆物", "key": "finding-1"}
    refused = await send(client, beat.volunteer, f"{walk}/stops/1/findings", found)
    assert refused.status_code == 422 and "楼道堆物" in refused.text
    files = {"photo": ("a.jpg", jpeg(), "image/jpeg")}
    for _ in range(2):
        sent = await send(client, beat.volunteer, f"{walk}/stops/1/findings", found, files=files)
        assert sent.headers["location"] == f"{walk}?done=found"
    orders = await db.fetch("SELECT o.place_id, o.item_id FROM patrol_finding f JOIN work_order o ON o.id = f.order_id")
    assert [tuple(order) for order in orders] == [(beat.places[0], "B101")]

    assert (await send(client, beat.volunteer, f"{walk}/finish")).headers["location"] == f"{walk}?done=finish"
    overseen = await page(client, beat.committee, walk)
    assert "漏巡 2" in overseen and "王小明" in overseen and "没有当场扫码的记录" in overseen


async def test_whoever_scans_a_plate_of_the_own_walk_is_led_to_its_stop(client, beat):
    minted = await qr.mint_bound(beat.places, keys=codes.keyring(DEMO_SECRET), now=clock.now())
    await send(client, beat.volunteer, f"/patrols/{beat.task_id}/claim")

    scanned = await page(client, beat.volunteer, f"/q/{minted[beat.places[1]]}")
    assert f"/patrols/{beat.task_id}" not in await page(client, beat.other, f"/q/{minted[beat.places[1]]}")
    link = re.search(rf'href="(/patrols/{beat.task_id}\?code=[^"]+)"', scanned)
    assert link
    walk = await page(client, beat.volunteer, link[1].replace("&amp;", "&"))
    nonce = re.search(r'name="nonce" value="([^"]+)"', walk)
    assert 'id="stop-2" data-stop open' in walk and nonce
    said = {"code": minted[beat.places[1]], "nonce": nonce[1]}
    await send(client, beat.volunteer, f"/patrols/{beat.task_id}/stops/2/proof", said)

    assert await db.fetchval("SELECT grade FROM patrol_stop WHERE task_id = $1 AND seq = 2", beat.task_id) == "strong"


async def test_a_committee_lays_down_a_route_line_by_line_and_is_told_which_lines_name_nothing(client, database):
    now = clock.now()
    await make_town(now)
    committee = await make_actor("居委干部", Role.COMMITTEE, COMMITTEE)
    template_id = await make_template()
    await make_entry(template_id, committee, shanghai_date(now))
    await make_places(3)
    said = {"committee": COMMITTEE, "template": str(template_id), "name": "一线", "is_on": "1"}

    refused = await send(client, committee, "/patrols/routes", said | {"lines": "巡查路1号\n\n没有这里"})
    assert refused.status_code == 422
    assert "第 3 行:该居村没有叫这个名称或地址的点位" in refused.text and "没有这里</textarea>" in refused.text
    saved = await send(client, committee, "/patrols/routes", said | {"lines": "巡查路2号\r\n巡查路1号\r\n"})
    assert saved.headers["location"] == f"/patrols/routes?committee={COMMITTEE}&done=1"
    listed = await page(client, committee, "/patrols/routes")
    route = re.search(r"/patrols/routes/(\d+)", listed)
    assert route and "2 个点位" in listed and "使用中" in listed
    assert "巡查路2号\n巡查路1号</textarea>" in await page(client, committee, route[0])
    changed = {"committee": COMMITTEE, "template": str(template_id), "name": "一线改", "lines": "巡查路3号"}
    await send(client, committee, route[0], changed)
    assert "已停用" in await page(client, committee, "/patrols/routes")

    volunteer = await make_actor("志愿者", Role.VOLUNTEER, COMMITTEE)
    await page(client, volunteer, "/patrols/routes", 403)
    await page(client, volunteer, f"/patrols/routes/new?committee={COMMITTEE}", 403)
    await page(client, volunteer, "/patrols/coverage", 403)


async def test_coverage_names_what_was_visited_and_what_was_not(client, beat):
    town = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    await send(client, beat.volunteer, f"/patrols/{beat.task_id}/claim")
    minted = await qr.mint_bound(beat.places, keys=codes.keyring(DEMO_SECRET), now=clock.now())
    await send(client, beat.volunteer, f"/patrols/{beat.task_id}/stops/1/proof", {"code": minted[beat.places[0]]})
    await send(client, beat.volunteer, f"/patrols/{beat.task_id}/finish")

    for who in (town, beat.committee):
        shown = await page(client, who, "/patrols/coverage?days=7")
        assert "33%" in shown and "n=3" in shown and "1/3" in shown and "没有到过" in shown
    for area in (TOWN, COMMITTEE, "310112"):
        assert "33%" in await page(client, town, f"/patrols/coverage?area={area}&days=7")


async def test_the_first_day_of_all_days_has_no_walks_nor_has_the_last(client, beat):
    headers = bearer(await signed_in(beat.volunteer.account_id))
    for day in ("0001-01-01", "9999-12-31"):
        assert "今天" in await page(client, beat.volunteer, f"/patrols?day={day}")
        assert (await client.get(f"/api/v1/patrols?day={day}", headers=headers)).json()["items"] == []
