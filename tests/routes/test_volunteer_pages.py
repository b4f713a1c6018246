"""Pages about volunteers over HTTP: apply, decide, confirm hours, take the list, exchange points, look at pairs."""

import io
import re
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from backend import clock, db
from backend.accounts.structs import Role
from backend.calendars.rules import SHANGHAI
from grab_orders.ledgers.hours import confirming
from grab_orders.ledgers.queries import hours_of, points_of
from tests.makers.accounts import PASSWORD, bearer
from tests.makers.orders import make_closed
from tests.makers.town import COMMITTEE, TOWN, make_actor, make_town
from tests.makers.volunteers import (
    entry_of,
    finish_patrol,
    finish_take,
    id_number,
    make_committee_member,
    make_volunteer,
)

APPLY = "/volunteer/apply"


def form(**changes):
    return {
        "committee": COMMITTEE,
        "real_name": "王小明",
        "id_number": id_number(),
        "phone": "13812345678",
        "username": "wang.xm",
        "password": PASSWORD,
        "skills": ["repair"],
        "agrees": "1",
        "key": "phone-1-apply",
        **changes,
    }


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
async def town(client, now):
    return await make_town(now)


async def test_a_door_code_leads_to_the_committee_and_an_application_to_an_account(client, town):
    asked = await client.get(APPLY)
    found = await client.get(APPLY, params={"code": town.code})
    typed = form(own_codes=town.code)
    sent = await client.post(APPLY, data=typed)
    again = await client.post(APPLY, data=typed)
    shown = await client.get(sent.headers["location"])

    assert "要加入哪个居委会" in asked.text
    assert "第一居委" in found.text
    assert (sent.status_code, again.status_code) == (303, 303)
    assert "申请已提交" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert await db.fetchval("SELECT count(*) FROM volunteer") == 1
    assert await db.fetchval("SELECT place_id FROM own_place") == town.place_id


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"id_number": "310115199005170012"}, 422, "校验位不符"),
        ({"agrees": ""}, 422, "需要您同意"),
        ({"password": "short"}, 422, ""),
        ({"committee": f"{TOWN}999"}, 404, "没有找到这个居委"),
        ({"own_codes": "NOSUCHCODE00"}, 404, ""),
    ],
)
async def test_what_is_refused_keeps_what_was_written_but_for_the_password(client, town, changes, status, says):
    refused = await client.post(APPLY, data=form(**changes))

    assert refused.status_code == status
    assert says in refused.text
    assert PASSWORD not in refused.text
    assert "王小明" in refused.text or status == 404
    assert await db.fetchval("SELECT count(*) FROM account WHERE username = 'wang.xm'") == 0


async def test_codes_are_tried_out_here_as_little_as_anywhere(client, town):
    for _ in range(2):
        wrong = await client.get(APPLY, params={"code": "NOSUCHCODE00"})

    assert wrong.status_code == 404
    used = await db.fetchval("SELECT count(*) FROM quota_use WHERE key LIKE 'code-miss-address:%'")
    assert used == 1, "each miss is charged to whoever types it"


async def test_a_committee_decides_and_the_applicant_reads_how(client, town):
    keeper = bearer(await make_committee_member())
    await client.post(APPLY, data=form())
    volunteer_id = await db.fetchval("SELECT id FROM volunteer")
    listed = await client.get("/committee/volunteers", headers=keeper)
    opened = await client.post(f"/committee/volunteers/{volunteer_id}/details", headers=keeper)
    no_reason = await client.post(f"/committee/volunteers/{volunteer_id}", data={"act": "refused"}, headers=keeper)
    refused = await client.post(
        f"/committee/volunteers/{volunteer_id}", data={"act": "refused", "reason": "证件不符"}, headers=keeper
    )
    twice = await client.post(f"/committee/volunteers/{volunteer_id}", data={"act": "approved"}, headers=keeper)
    signed_in = await client.post("/sign-in", data={"username": "wang.xm", "password": PASSWORD})
    told = await client.get(APPLY, params={"committee": COMMITTEE})

    assert "王**" in listed.text and "王小明" not in listed.text
    assert f"{APPLY}?committee={COMMITTEE}" in listed.text
    assert "王小明" in opened.text and opened.headers["cache-control"] == "no-store"
    assert (no_reason.status_code, refused.status_code, twice.status_code) == (400, 303, 409)
    assert signed_in.status_code == 303
    assert "证件不符" in told.text


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        (Role.VOLUNTEER, "/committee/volunteers", 403),
        (Role.STREET_ADMIN, "/committee/volunteers", 403),
        (Role.VOLUNTEER, "/committee/hours", 403),
        (Role.VOLUNTEER, "/committee/pairs", 403),
        (Role.HANDLER, "/committee/goods", 403),
        (Role.HANDLER, "/volunteer/ranking", 403),
        (Role.STREET_ADMIN, "/committee/hours", 200),
        (Role.STREET_ADMIN, "/committee/goods", 200),
        (Role.STREET_ADMIN, "/committee/pairs", 200),
        (Role.HANDLER, "/volunteer/ledger", 200),
        (Role.HANDLER, "/volunteer/goods", 200),
    ],
)
async def test_each_page_is_for_whoever_it_is_for(client, town, role, path, status):
    assert (await client.get(path, headers=bearer(await make_actor("某人", role, TOWN)))).status_code == status


async def test_approving_oneself_is_forbidden(client, town):
    keeper = await make_committee_member()
    await client.post(APPLY, data=form(), headers=bearer(keeper))
    volunteer_id = await db.fetchval("SELECT id FROM volunteer WHERE account_id = $1", keeper.account_id)
    approved = await client.post(
        f"/committee/volunteers/{volunteer_id}", data={"act": "approved"}, headers=bearer(keeper)
    )

    assert approved.status_code == 403
    assert "不能处理自己" in approved.text


async def test_ticked_hours_count_and_others_wait(client, town, now):
    who, keeper = await make_volunteer(now), bearer(await make_committee_member())
    await finish_patrol(who, 1, now - timedelta(hours=1), now)
    entry_id = await entry_of(who)
    nothing = await client.post("/committee/hours", data={}, headers=keeper)
    done = await client.post("/committee/hours", data={"id": [str(entry_id), "abc"]}, headers=keeper)
    reversed_ = await client.post(
        f"/committee/hours/{entry_id}/reverse", data={"reason": "登记重复", "tab": "settled"}, headers=keeper
    )
    own = await client.get("/volunteer/ledger", headers=bearer(who))

    assert nothing.headers["location"].endswith("confirmed=0")
    assert done.headers["location"].endswith("confirmed=1")
    assert reversed_.status_code == 303
    assert (await hours_of(who.account_id)).confirmed == 0
    assert "登记重复" in own.text


async def test_the_citys_list_is_the_same_as_csv_and_as_a_workbook(client, town, now):
    who, keeper = await make_volunteer(now), await make_committee_member()
    begin = now - timedelta(days=2)
    await finish_patrol(who, 1, begin, begin + timedelta(minutes=45))
    await confirming.confirm(await entry_of(who), keeper, now)
    month = f"{begin.astimezone(SHANGHAI):%Y-%m}"
    csv, xlsx, bad, far = [
        await client.get(f"/committee/hours/export/{kind}", params={"month": said}, headers=bearer(keeper))
        for kind, said in (("csv", month), ("xlsx", month), ("csv", "2026-13"), ("csv", "9999-12"))
    ]
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(xlsx.content)).get_sheet_by_index(0).to_python()
    lines = csv.content.decode("utf-8-sig").splitlines()

    assert (
        sheet[0]
        == lines[0].split(",")
        == [
            *("姓名", "证件号摘要(SHA-256)", "服务项目", "服务日期", "开始时间", "结束时间", "服务时长(小时)"),
        ]
    )
    assert [str(cell) for cell in sheet[1]] == lines[1].split(",")
    assert (sheet[1][0], sheet[1][-1], re.fullmatch("[0-9a-f]{64}", sheet[1][1]) is not None) == ("王小明", 0.75, True)
    assert (bad.status_code, far.status_code) == (400, 400)
    assert csv.headers["cache-control"] == "no-store"


async def test_points_are_exchanged_fetched_and_given_back(client, town, now):
    who, keeper = await make_volunteer(now), await make_committee_member()
    await finish_take(who, await make_closed(town, now), now, now + timedelta(minutes=1), points=30)
    added = await client.post(
        "/committee/goods",
        data={"area_code": COMMITTEE, "name_zh": "<香皂>", "points": "10", "stock": "2"},
        headers=bearer(keeper),
    )
    wrong = await client.post("/committee/goods", data={"area_code": COMMITTEE}, headers=bearer(keeper))
    goods_id = await db.fetchval("SELECT id FROM reward_goods")
    shop = await client.get("/volunteer/goods", headers=bearer(who))
    for key in ("key-number-1", "key-number-1", "key-number-2"):
        await client.post(f"/volunteer/goods/{goods_id}", data={"key": key}, headers=bearer(who))
    gone = await client.post(f"/volunteer/goods/{goods_id}", data={"key": "key-number-3"}, headers=bearer(who))
    first, second = [row["id"] for row in await db.fetch("SELECT id FROM exchange ORDER BY id")]
    handed = await client.post(f"/committee/exchanges/{first}", data={"act": "handed_over"}, headers=bearer(keeper))
    await client.post(f"/volunteer/exchanges/{second}/cancel", headers=bearer(who))
    more = await client.post(
        f"/committee/goods/{goods_id}", data={"act": "more", "change": "5"}, headers=bearer(keeper)
    )

    assert (added.status_code, wrong.status_code, gone.status_code) == (303, 400, 409)
    assert "&lt;香皂&gt;" in shop.text
    assert handed.headers["location"].endswith("handed_over")
    assert (await points_of(who.account_id)).balance == 20
    assert more.status_code == 303
    assert await db.fetchval("SELECT stock FROM reward_goods") == 6


async def test_the_same_is_had_without_pages(client, town, now):
    who, keeper = await make_volunteer(now), await make_committee_member()
    auth, committee = bearer(who), bearer(keeper)
    await finish_take(who, await make_closed(town, now), now, now + timedelta(minutes=30), points=30)
    draft = {"area_code": COMMITTEE, "name_zh": "香皂", "points": "10", "stock": "2"}
    await client.post("/committee/goods", data=draft, headers=committee)

    [waiting] = (await client.get("/api/v1/volunteer-hours", headers=committee)).json()["items"]
    at = f"/api/v1/volunteer-hours/{waiting['id']}"
    counted = await client.post(f"{at}/confirm", headers=committee)
    own_word = await client.post(f"{at}/reverse", json={"reason": " "}, headers=committee)
    [goods] = (await client.get("/api/v1/volunteers/me/goods", headers=auth)).json()["items"]
    key = {**auth, "Idempotency-Key": "phone-1-soap"}
    paid = [
        await client.post("/api/v1/volunteers/me/exchanges", json={"goods_id": goods["id"]}, headers=key)
        for _ in range(2)
    ]
    back = await client.post(f"/api/v1/volunteers/me/exchanges/{paid[0].json()['id']}/cancel", headers=auth)
    again = await client.post(f"/api/v1/volunteers/me/exchanges/{paid[0].json()['id']}/cancel", headers=auth)
    [hours] = (await client.get("/api/v1/volunteers/me/hours", headers=auth)).json()["items"]
    points = (await client.get("/api/v1/volunteers/me/points", headers=auth)).json()["items"]
    ranking = (await client.get("/api/v1/volunteers/me/ranking", headers=auth)).json()

    assert (counted.json(), own_word.status_code) == ({"counted": 30}, 400)
    assert [answer.status_code for answer in (*paid, back, again)] == [201, 201, 200, 409]
    assert paid[0].json() == paid[1].json() and back.json()["state"] == "cancelled"
    assert (hours["state"], hours["counted"]) == ("confirmed", 30)
    assert [line["points"] for line in points] == [10, -10, 30]
    assert (ranking["items"], ranking["own_orders"]) == ([], 1)


async def test_a_pair_is_shown_with_its_orders_and_points_are_taken_back(client, town, now):
    who, keeper = await make_volunteer(now), await make_committee_member()
    order_ids = [await make_closed(town, now) for _ in range(3)]
    for order_id in order_ids:
        await finish_take(who, order_id, now, now + timedelta(minutes=1))
    page = await client.get("/committee/pairs", headers=bearer(keeper))
    taken = await client.post(
        "/committee/pairs",
        data={"account_id": str(who.account_id), "order_id": [str(each) for each in order_ids], "reason": "串通"},
        headers=bearer(keeper),
    )
    nobodys = {"account_id": "王", "order_id": ["x", "9" * 5000], "reason": "串通"}
    nothing = await client.post("/committee/pairs", data=nobodys, headers=bearer(keeper))

    assert "王**" in page.text and f"/o/{order_ids[0]}" in page.text
    assert taken.headers["location"].endswith("taken=1")
    assert nothing.headers["location"].endswith("taken=0")
    assert (await points_of(who.account_id)).balance == 0


async def test_a_town_lays_down_its_rules_and_a_committee_does_not(client, town):
    admin, keeper = await make_actor("街镇", Role.STREET_ADMIN, TOWN), await make_committee_member()
    rules = {"hours_day_most": "240", "points_day_most": "50", "points_report": "3", "ranked_from": "4"}
    answers = [
        await client.post("/committee/rewards", data={"area_code": TOWN, **rules, **more}, headers=bearer(by))
        for by, more in ((admin, {}), (keeper, {}), (admin, {"hours_day_most": "9999"}))
    ]
    shown = await client.get("/volunteer/ledger", headers=bearer(await make_volunteer(clock.now())))

    assert [answer.status_code for answer in answers] == [303, 422, 400]
    assert "4 小时、50 积分" in shown.text
