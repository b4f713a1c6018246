"""What everybody is told of a shop behind its code: what the register says, and what its town publishes."""

import re

import pytest

from backend import clock, db
from backend.accounts.structs import Role
from shops.grades import settings
from shops.grades.structs import GradeSettings
from shops.inspections import rectifying
from shops.inspections.states import FindingMove
from shops.inspections.structs import FindingAct
from tests.makers.accounts import bearer
from tests.makers.inspections import inspect, make_checklist
from tests.makers.orders import make_photos
from tests.makers.shops import make_shop_person, make_storefront_of
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.worker import deliver

FORM = {"sec-fetch-site": "same-origin", "accept": "text/html"}
LINK = "https://kitchen.example-live.cn/1"


@pytest.fixture
async def scene(client):
    now = clock.now()
    town = await make_town(now)
    shop_id = await make_storefront_of(town)
    owner = await make_actor("店主王小宝", Role.SHOP_OWNER, "")
    await make_shop_person(shop_id, owner.account_id)
    return town, shop_id, owner


async def public(client, town):
    client.cookies.clear()
    return await client.get(f"/q/{town.code}/shop", headers=FORM)


async def set_link(client, shop_id, owner, url=LINK):
    return await client.post(f"/shops/{shop_id}/kitchen/link", data={"url": url}, headers=FORM | bearer(owner))


async def decide(client, shop_id, who, verdict, url=LINK, reason=""):
    said = {"verdict": verdict, "url": url, "reason": reason}
    return await client.post(f"/shops/{shop_id}/kitchen/decision", data=said, headers=FORM | bearer(who))


async def test_by_default_only_the_register_speaks_and_nobody_is_named(client, scene):
    town, shop_id, _ = scene
    await db.execute(
        "INSERT INTO shop_grade (shop_id, grade, since, counted_on) VALUES ($1, 'C', now(), now())", shop_id
    )

    page = await public(client, town)

    assert page.status_code == 200
    assert "阿宝面馆" in page.text and "营业" in page.text
    assert f'href="/q/{town.code}/complain"' in page.text and f'href="/q/{town.code}"' in page.text
    for secret in ("王小宝", "91310115MA1K35J18E", "C 级", "检查与整改", "明厨亮灶"):
        assert secret not in page.text
    landing = await client.get(f"/q/{town.code}", headers=FORM)
    assert f'href="/q/{town.code}/shop"' in landing.text


async def test_a_town_shows_grades_and_what_was_put_right_with_released_photos_alone(client, scene):
    town, shop_id, owner = scene
    now = clock.now()
    admin = await make_actor("街镇", Role.STREET_ADMIN, TOWN)
    inspector = await make_actor("检查员李四", Role.INSPECTOR, TOWN)
    await db.execute(
        "INSERT INTO shop_grade (shop_id, grade, since, counted_on) VALUES ($1, 'B', now(), now())", shop_id
    )
    made, _ = await inspect(shop_id, inspector, await make_checklist(now), now, points=(1, 2), note="后厨张三说")
    fixed, still_open = made.finding_ids
    [photo] = await make_photos(owner)
    await rectifying.make_move(fixed, FindingMove.ANSWER, FindingAct(photo_ids=[photo], note="已换"), owner, now=now)
    await rectifying.make_move(fixed, FindingMove.PASS, FindingAct(), inspector, now=now)
    hidden = (await public(client, town)).text
    await settings.set_for(TOWN, GradeSettings(is_public=True, shows_rectifications=True), admin, now)

    before = (await public(client, town)).text
    path = f"/findings/{fixed}/photos/{photo}"
    refused = await client.post(f"{path}/release", data={"reason": "无人像"}, headers=FORM | bearer(owner))
    silent = await client.post(f"{path}/release", data={}, headers=FORM | bearer(inspector))
    released = await client.post(f"{path}/release", data={"reason": "无人像"}, headers=FORM | bearer(inspector))
    after = (await public(client, town)).text
    await client.post(f"{path}/withhold", data={"reason": "拍到人了"}, headers=FORM | bearer(inspector))

    assert "检查与整改" not in hidden
    assert before.count("灭火器过期") == 1, "what is not put right yet is not told"
    assert "<img" not in before and str(photo) in after
    assert (refused.status_code, silent.status_code, released.status_code) == (403, 422, 303)
    for secret in ("张三", "李四", "王小宝", "已换"):
        assert secret not in after
    assert "<img" not in (await public(client, town)).text
    assert f"/findings/{still_open}" not in after


async def test_a_kitchen_link_is_shown_once_somebody_else_has_followed_it(client, scene):
    town, shop_id, owner = scene
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    far = await make_actor("别的居委", Role.COMMITTEE, f"{TOWN}002")
    await db.execute(
        "INSERT INTO role_grant (account_id, role, area_code) VALUES ($1, 'inspector', $2)", owner.account_id, TOWN
    )

    set_first = await set_link(client, shop_id, owner)
    waiting = await public(client, town)
    listed = await client.get("/shops", headers=FORM | bearer(committee))
    refused = [await decide(client, shop_id, who, "confirm") for who in (far, owner, town.dispatcher)]
    stale = await decide(client, shop_id, committee, "confirm", url="https://other.cn/")
    confirmed = await decide(client, shop_id, committee, "confirm")
    shown = await public(client, town)
    await deliver()

    assert set_first.status_code == 303
    assert LINK not in waiting.text and f"/shops/{shop_id}/kitchen" in listed.text
    assert [each.status_code for each in refused] == [404, 403, 403]
    assert (stale.status_code, confirmed.status_code) == (409, 303)
    [anchor] = re.findall(rf'<a [^>]*href="{LINK}"[^>]*>', shown.text)
    assert "noopener noreferrer" in anchor and "<iframe" not in shown.text
    assert "离开本平台" in shown.text and "kitchen.example-live.cn" in shown.text
    assert (
        await db.fetchval("SELECT path FROM message WHERE kind = 'KitchenLinkDecided'") == f"/shops/{shop_id}/kitchen"
    )


async def test_a_link_that_is_broken_old_or_changed_is_not_shown(client, scene):
    town, shop_id, owner = scene
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    await set_link(client, shop_id, owner)
    await decide(client, shop_id, committee, "confirm")

    reasonless = await decide(client, shop_id, committee, "break")
    await decide(client, shop_id, committee, "break", reason="打不开")
    broken = (await public(client, town)).text
    await decide(client, shop_id, committee, "confirm")
    await db.execute("UPDATE kitchen_link SET valid_until = now() - interval '1 second'")
    old = (await public(client, town)).text
    await decide(client, shop_id, committee, "confirm")
    await set_link(client, shop_id, owner, "https://kitchen.example-live.cn/2")
    changed = (await public(client, town)).text
    await set_link(client, shop_id, owner, "")

    assert reasonless.status_code == 422
    assert all("明厨亮灶" not in text for text in (broken, old, changed))
    assert await db.fetchval("SELECT count(*) FROM kitchen_link") == 0


async def test_the_owner_alone_sets_it_and_a_bad_address_stays_in_the_form(client, scene):
    town, shop_id, owner = scene
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)

    bad = await set_link(client, shop_id, owner, "http://192.168.1.8/live")
    foreign = await set_link(client, shop_id, committee)
    home = await client.get(f"/shop/{shop_id}", headers=FORM | bearer(owner))

    assert bad.status_code == 422 and 'value="http://192.168.1.8/live"' in bad.text
    assert foreign.status_code == 403
    assert f'href="/q/{town.code}/shop"' in home.text
    assert await db.fetchval("SELECT count(*) FROM kitchen_link") == 0


async def test_a_door_that_is_no_shop_and_a_shop_that_left_have_no_such_page(client, scene):
    town, shop_id, _ = scene
    await db.execute("UPDATE shop SET ended_at = now() WHERE id = $1", shop_id)
    left = await public(client, town)
    await db.execute("UPDATE place SET kind = 'doorplate' WHERE id = $1", town.place_id)

    assert left.status_code == 404
    assert (await public(client, town)).status_code == 422
    assert (await client.get("/q/%00/shop", headers=FORM)).status_code in (400, 404)


async def test_a_link_that_does_not_answer_is_told_to_everybody_and_its_owner_and_stays(client, scene):
    town, shop_id, owner = scene
    committee = await make_actor("居委", Role.COMMITTEE, COMMITTEE)
    await set_link(client, shop_id, owner)
    await decide(client, shop_id, committee, "confirm")
    mine, page = FORM | bearer(owner), f"/shops/{shop_id}/kitchen"
    said = {}
    for failures in (0, 2, 3):
        since = clock.now() if failures else None
        await db.execute(
            "UPDATE kitchen_link SET failures = $1, failing_since = $2, checked_at = now()", failures, since
        )
        said[failures] = ((await public(client, town)).text, (await client.get(page, headers=mine)).text)

    assert ["打不开" in everybody for everybody, _ in said.values()] == [False, False, True]
    assert all(f'href="{LINK}"' in everybody for everybody, _ in said.values())
    for failures, words in ((0, "检查时能打开"), (2, "最近一次检查没有响应"), (3, "公示页上已写明打不开")):
        assert words in said[failures][1]
