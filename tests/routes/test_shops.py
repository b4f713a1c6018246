"""Shops as pages and answers: a claim by the code, the owner's home, the register of staff."""

from datetime import datetime

import httpx
import pytest

from backend import db
from backend.accounts.structs import Role
from qr import service as qr
from tests.makers.accounts import bearer, make_device, make_staff
from tests.makers.code_requests import DEMO_KEYS
from tests.makers.places import make_place
from tests.makers.shops import LICENCE, make_shop, make_shop_person, make_storefront_of
from tests.makers.town import TOWN, SmallTown, make_town

HTML = {"accept": "text/html"}
TYPED = {"role": "owner", "licence": LICENCE, "name": "王小宝", "phone": "138 1234 5678"}


@pytest.fixture
async def town(client: httpx.AsyncClient, now: datetime) -> SmallTown:
    return await make_town(now)


async def test_a_stranger_claims_a_shop_by_its_code_and_comes_home(client: httpx.AsyncClient, town: SmallTown) -> None:
    shop_id = await make_storefront_of(town)
    landing = await client.get(f"/q/{town.code}", headers=HTML)

    wrong = await client.post(f"/q/{town.code}/claim", data=TYPED | {"licence": LICENCE[:-1] + "X"}, headers=HTML)
    nameless = await client.post(f"/q/{town.code}/claim", data=TYPED | {"name": " "}, headers=HTML)
    claimed = await client.post(f"/q/{town.code}/claim", data=TYPED | {"licence": LICENCE.lower()}, headers=HTML)
    home = await client.get(claimed.headers["location"], headers=HTML)
    again = await client.get(f"/q/{town.code}", headers=HTML)

    assert f'href="/q/{town.code}/claim"' in landing.text
    assert wrong.status_code == 422 and "校验位不对" in wrong.text and f'value="{LICENCE[:-1]}X"' in wrong.text
    assert nameless.status_code == 400 and "请填写姓名" in nameless.text
    assert claimed.status_code == 303 and claimed.headers["location"] == f"/shop/{shop_id}?claimed=1"
    assert home.status_code == 200 and "认领成功" in home.text and LICENCE in home.text
    assert home.headers["cache-control"] == "no-store"
    assert f'href="/shop/{shop_id}"' in again.text and "/claim" not in again.text
    assert again.headers["cache-control"] == "no-store"
    assert (await client.get("/shop", headers=HTML)).text.count("阿宝面馆") > 0


async def test_a_contested_claim_waits_for_the_street_and_changes_the_owner(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    shop_id, wang, li = await make_storefront_of(town), await make_device(), await make_device()
    await make_shop_person(shop_id, wang.account_id)
    street, inspector = await make_staff(Role.STREET_ADMIN), await make_staff(Role.INSPECTOR)

    sent = await client.post(f"/q/{town.code}/claim", data=TYPED, headers=HTML | bearer(li))
    waits = await client.get(sent.headers["location"], headers=HTML | bearer(li))
    claim_id = await db.fetchval("SELECT id FROM shop_claim")
    form = {"decision": "grant"}
    forbidden = await client.post(f"/shops/{shop_id}/claims/{claim_id}", data=form, headers=HTML | bearer(inspector))
    listed = await client.get("/shops?tab=claims", headers=HTML | bearer(street))
    decided = await client.post(f"/shops/{shop_id}/claims/{claim_id}", data=form, headers=HTML | bearer(street))
    entry = await client.get(decided.headers["location"], headers=HTML | bearer(street))
    gone = await client.get(f"/shop/{shop_id}", headers=HTML | bearer(wang))

    assert sent.headers["location"] == "/shop?claimed=1" and "待街镇裁定" in waits.text
    assert forbidden.status_code == 403 and "街镇裁定" in forbidden.text
    assert f'href="/shops/{shop_id}"' in listed.text
    assert decided.status_code == 303 and "历任店主和店员" in entry.text
    assert "王*" in entry.text and "王小宝" not in entry.text
    assert gone.status_code == 404


async def test_an_owner_says_whether_the_shop_trades_and_not_that_nobody_is_there(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    shop_id, wang = await make_storefront_of(town), await make_device()
    await make_shop_person(shop_id, wang.account_id)
    sender = HTML | bearer(wang)

    for state, status in (("renovating", 303), ("vacant", 403), ("", 400)):
        answer = await client.post(f"/shop/{shop_id}/state", data={"state": state, "note": "换招牌"}, headers=sender)
        assert answer.status_code == status, state
    await client.post(f"/api/v1/shops/{shop_id}/state", json={"state": "renovating"}, headers=bearer(wang))

    history = (await client.get(f"/api/v1/shops/{shop_id}", headers=bearer(wang))).json()["states"]
    assert [(each["state"], each["note"]) for each in history] == [("renovating", "换招牌")]


async def test_staff_find_shops_register_one_by_its_code_and_correct_it(
    client: httpx.AsyncClient, town: SmallTown, now: datetime
) -> None:
    await db.execute("UPDATE place SET kind = 'storefront' WHERE id = $1", town.place_id)
    await make_shop(name="明月书店", uscc=None, key="2", area_code=TOWN)
    sender = HTML | bearer(await make_staff(Role.INSPECTOR))
    typed = {"code": town.code.lower(), "name": "阿宝面馆", "uscc": LICENCE, "trade_class": "H", "size_m2": "86"}
    typed |= {"opened_on": "2019年5月1日", "responsible_name": "王小宝", "responsible_phone": "13812345678"}

    unclear = await client.post("/shops", data=typed | {"size_m2": "很大"}, headers=sender)
    added = await client.post("/shops", data=typed, headers=sender)
    twice = await client.post("/shops", data=typed, headers=sender)
    shop_id = await db.fetchval("SELECT id FROM shop WHERE place_id = $1", town.place_id)
    corrected = await client.post(
        f"/shops/{shop_id}/entry", data={"name": "阿宝大面馆", "uscc": LICENCE, "seats": "24"}, headers=sender
    )
    found = {
        words: (await client.get("/shops", params={"q": words}, headers=sender)).text
        for words in ("阿宝", LICENCE[:6].lower(), "莲安东路100号", "没有这家")
    }
    warned = (await client.get("/shops?tab=warned", headers=sender)).text

    assert unclear.status_code == 400 and "size_m2" in unclear.text and "很大" in unclear.text
    assert added.headers["location"] == f"/shops/{shop_id}?done=registered"
    assert twice.status_code == 409 and "已有登记商户" in twice.text
    assert corrected.status_code == 303
    row = await db.fetchrow(
        "SELECT name, seats, size_m2, responsible_name IS NULL AS is_nameless FROM shop WHERE id = $1", shop_id
    )
    assert tuple(row) == ("阿宝大面馆", 24, None, False)
    assert [f"/shops/{shop_id}" in text for text in found.values()] == [True, True, True, False]
    assert "明月书店" in warned and "阿宝大面馆" not in warned


async def test_names_and_phones_are_shown_on_request_and_leave_a_trace(
    client: httpx.AsyncClient, town: SmallTown
) -> None:
    shop_id = await make_storefront_of(town)
    await client.post(f"/q/{town.code}/claim", data=TYPED, headers=HTML | bearer(await make_device()))
    inspector, verifier = await make_staff(Role.INSPECTOR), await make_staff(Role.VERIFIER)

    shown = await client.post(f"/shops/{shop_id}/contacts", headers=HTML | bearer(inspector))
    refused = await client.post(f"/shops/{shop_id}/contacts", headers=HTML | bearer(verifier))

    assert "王小宝 " in shown.text and "13812345678" in shown.text
    assert refused.status_code == 403
    traces = await db.fetch("SELECT body ->> 'by_id' AS by FROM event_log WHERE name = 'ShopContactRead'")
    assert [int(row["by"]) for row in traces] == [inspector.account_id]


async def test_an_entry_leads_to_pickups_only_whoever_may_read_them(client: httpx.AsyncClient, town: SmallTown) -> None:
    shop_id = await make_storefront_of(town)
    leads = {}
    for role in (Role.INSPECTOR, Role.VERIFIER):
        reader = HTML | bearer(await make_staff(role))
        entry = await client.get(f"/shops/{shop_id}", headers=reader)
        pickups = await client.get(f"/shops/{shop_id}/pickups", headers=reader)
        leads[role] = f'href="/shops/{shop_id}/pickups"' in entry.text, pickups.status_code

    assert leads == {Role.INSPECTOR: (True, 200), Role.VERIFIER: (False, 403)}


async def test_a_shop_front_without_an_entry_says_what_to_do(client: httpx.AsyncClient, now: datetime) -> None:
    await make_town(now)
    place_id = await make_place(key="new", area_code=TOWN)
    code = (await qr.mint_bound([place_id], keys=DEMO_KEYS, now=now))[place_id]

    page = await client.get(f"/q/{code}/claim", headers=HTML)
    sent = await client.post(f"/q/{code}/claim", data=TYPED, headers=HTML)

    assert page.status_code == 200 and "尚未登记" in page.text
    assert sent.status_code == 404 and "未找到该商户" in sent.text
