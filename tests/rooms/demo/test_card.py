"""The demo's codes are signed and printed as the settings of the town say, like any other plate."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec

from backend import config, db
from backend.accounts import queries as accounts
from backend.demo.load import load_demo
from bench.parts import filling
from qr import codes
from qr import queries as qr
from shops.pickup.kinds import WasteKind
from shops.pickup.slots import reading as slots
from shops.pickup.slots.reading import SlotAsker
from shops.register import licences
from shops.register import queries as shops
from tests.fixtures.client import running_client
from tests.makers.worker import deliver


async def test_the_card_shows_what_the_settings_say_and_who_owns_which_shop(
    database: str, tmp_path: Path, now: datetime
):
    settings = config.from_environment(
        {
            "DATABASE_URL": database,
            "YIMA_MODE": "demo",
            "YIMA_STATE": str(tmp_path),
            "YIMA_CODE_PREFIX": "https://q.example.gov.cn/q/",
            "YIMA_CODE_KEYS": "0:the first secret of the town,1:the second secret of the town",
        }
    )

    await load_demo(settings, "http://127.0.0.1:8000", now)

    card = msgspec.json.decode((tmp_path / "demo.json").read_bytes())
    assert card["codes"][0]["url"] == f"https://q.example.gov.cn/q/{card['codes'][0]['code']}"
    assert card["base_url"] == "http://127.0.0.1:8000"
    assert codes.judge(card["codes"][0]["code"], codes.keyring("", settings.code_keys)) == codes.CodeVerdict.GENUINE
    await check_start_page(card, database, tmp_path)
    await check_shops(card)
    await check_volunteers(card)
    await check_pickups(card, now)
    before = await db.fetchrow(_COUNTS)
    await load_demo(settings, "http://127.0.0.1:8000", now)
    assert tuple(before) == tuple(await db.fetchrow(_COUNTS)) == (10, 1800, 41, 41, 4, 28, 52, 4)
    await check_past(now)


async def check_past(now: datetime) -> None:
    """What benches fill in stands beside the orders that a demo has already, those that nobody opened included."""
    async with db.connection() as connection:
        assert await filling.fill(connection, now, orders=200) >= 200
    assert await db.fetchval("SELECT count(*) FROM report WHERE client_id LIKE 'past-order-%'") == 200


async def check_start_page(card: dict[str, Any], database: str, state: Path) -> None:
    """In demo mode the start page leads to codes, accounts and two photos; in production none of that is there."""
    assert {role: account["home"] for role, account in card["accounts"].items()}["handler"] == "/work"
    async with running_client(database, state) as reader:
        page = await reader.get("/")
        photos = [await reader.get(photo["path"]) for photo in card["photos"]]
        assert (await reader.get("/demo-photos/demo.json")).status_code == 404
    assert all(f'href="{photo["path"]}" download' in page.text for photo in card["photos"])
    assert codes.grouped(card["codes"][0]["code"]) in page.text and "接单、到场打卡" in page.text
    assert [(each.headers["content-type"], each.content[:2]) for each in photos] == [("image/jpeg", b"\xff\xd8")] * 2
    assert photos[0].content != photos[1].content
    production = {"YIMA_MODE": "production", "YIMA_SECRET": "a secret of more than thirty letters"}
    async with running_client(database, state, **production) as reader:
        assert [(await reader.get(photo["path"])).status_code for photo in card["photos"]] == [404, 404]
        assert "demo-photos" not in (await reader.get("/")).text


async def check_shops(card: dict[str, Any]) -> None:
    """Forty owners have their shops, and one shop waits to be claimed by the licence on the card."""
    owners = {owner["username"]: owner["shop_id"] for owner in card["shop_owners"]}
    assert {f"shop{number}" for number in range(1, 41)} | {"shop_owner"} == owners.keys()
    assert len(set(owners.values())) == 41
    account_id = await accounts.find_account_id("shop7")
    assert [shop.id for shop in await shops.shops_of(account_id)] == [owners["shop7"]]
    free = await qr.get_place(codes.parse(card["unclaimed_shop"]["code"]))
    shop = await shops.find_at_place(free.id)
    assert (shop.uscc, (await shops.list_holders([shop.id]))[shop.id]) == (card["unclaimed_shop"]["licence"], [])
    assert licences.fault_of(shop.uscc) is None


async def check_pickups(card: dict[str, Any], now: datetime) -> None:
    """An owner of the card finds free slots of each kind that is booked, for a week."""
    shop = await shops.get_shop(card["shop_owners"][0]["shop_id"])
    asker = SlotAsker(shop_id=shop.id, area_code=shop.area_code, account_id=0)
    listed = await slots.list_slots(asker, None, now, now)
    assert {slot.kind for slot in listed if slot.free} == set(WasteKind)
    assert len({slot.starts_at.date() for slot in listed}) >= 7


async def check_volunteers(card: dict[str, Any]) -> None:
    """Fifty of one committee, which is that of the card's doors; all can be called, and there is something to grab."""
    await deliver()
    committees = {volunteer["area_code"] for volunteer in card["volunteers"]}
    door = await qr.get_place(codes.parse(card["codes"][0]["code"]))
    assert len({volunteer["username"] for volunteer in card["volunteers"]}) == 50
    assert committees == {door.area_code}
    assert await db.fetchval("SELECT count(*) FROM on_call WHERE area_code = $1", door.area_code) == 50
    offers = await db.fetch("SELECT closes_at - opens_at AS window FROM offer WHERE state = 'open'")
    assert [row["window"] for row in offers] == [timedelta(hours=2)] * 8
    assert await db.fetchval("SELECT count(*) FROM offer_policy") == 0
    states = (
        "SELECT array_agg(status || n ORDER BY status) FROM (SELECT status, count(*) n FROM volunteer GROUP BY 1) s"
    )
    assert await db.fetchval(states) == ["applied2", "approved50"]


_COUNTS = """SELECT (SELECT count(*) FROM work_order) AS orders, (SELECT count(*) FROM shop) AS shops,
    (SELECT count(*) FROM shop_person) AS people, (SELECT count(*) FROM shop_claim) AS claims,
    (SELECT count(*) FROM checklist) AS lists,
    (SELECT count(*) FROM checklist_point WHERE legal_basis <> '') AS points,
    (SELECT count(*) FROM volunteer) AS volunteers, (SELECT count(*) FROM reward_goods) AS goods"""
