"""The register as other parts read it."""

from datetime import UTC, datetime, timedelta

import pytest

from backend import db
from shops.register import queries
from shops.register.errors import ShopNotFound
from shops.register.structs import ShopRole
from tests.makers.accounts import make_device
from tests.makers.places import TOWN, make_area
from tests.makers.shops import make_shop, make_shop_person

NOW = datetime(2026, 12, 1, tzinfo=UTC)


async def test_a_shop_lies_where_its_place_lies_and_its_people_act_for_it_until_they_end(database):
    await make_area(TOWN)
    shop_id, owner, helper, stranger = await make_shop(), await make_device(), await make_device(), await make_device()
    await make_shop_person(shop_id, owner.account_id)
    await make_shop_person(shop_id, helper.account_id, "staff")

    shop = await queries.get_shop(shop_id)
    assert (shop.area_code, shop.address, shop.name) == (TOWN, "莲安东路128号", "阿宝面馆")
    assert await queries.find_at_place(shop.place_id) == shop
    assert [held.role for held in await queries.shops_of(owner.account_id)] == [ShopRole.OWNER]
    people = [queries.is_person_of(shop_id, each.account_id) for each in (owner, helper, stranger)]
    assert [await each for each in people] == [True, True, False]

    await db.execute("UPDATE shop_person SET until = since WHERE account_id = $1", helper.account_id)
    assert not await queries.is_person_of(shop_id, helper.account_id)
    assert [each.account_id for each in (await queries.list_holders([shop_id]))[shop_id]] == [owner.account_id]


async def test_who_was_owner_when_is_remembered(database):
    await make_area(TOWN)
    shop_id, first, second = await make_shop(), await make_device(), await make_device()
    await make_shop_person(shop_id, first.account_id)
    await db.execute("UPDATE shop_person SET since = $1, until = $2", NOW, NOW + timedelta(days=30))
    await make_shop_person(shop_id, second.account_id)
    await db.execute("UPDATE shop_person SET since = $1 WHERE until IS NULL", NOW + timedelta(days=30))

    days = (-1, 0, 29, 30, 400)
    owners = [await queries.find_owner_at(shop_id, NOW + timedelta(days=each)) for each in days]

    assert owners == [None, first.account_id, first.account_id, second.account_id, second.account_id]


async def test_a_shop_that_is_not_there(database):
    with pytest.raises(ShopNotFound):
        await queries.get_shop(4711)
