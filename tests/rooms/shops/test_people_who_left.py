"""Whose account is closed: the shop has no owner then, and the next one who proves it becomes one."""

from backend import db
from backend.accounts.structs import Role
from backend.duty import service as duty
from shops.register import changes, claims, queries
from shops.register.structs import ClaimState, ShopRole
from tests.makers.accounts import make_device, make_staff
from tests.makers.places import TOWN, make_area
from tests.makers.shops import SEAL, claim_of, facts_of, make_shop, make_shop_person
from tests.makers.worker import deliver

BY_LICENCE = claim_of(licence="91310115MA1K35J18E")


async def test_a_closed_account_acts_for_no_shop_and_claims_none(database, now):
    await make_area(TOWN)
    shop_id, gone, stays = await make_shop(), await make_device(), await make_device()
    await make_shop_person(shop_id, gone.account_id)
    await make_shop_person(shop_id, stays.account_id, ShopRole.STAFF)

    await duty.deactivate(gone.account_id, now)
    await deliver()

    assert not await queries.is_person_of(shop_id, gone.account_id)
    assert await queries.is_person_of(shop_id, stays.account_id)
    assert await db.fetchval("SELECT count(*) FROM role_grant WHERE account_id = $1", gone.account_id) == 0
    assert await facts_of(shop_id) == ["ShopPersonLeft"]

    receipt = await claims.claim(shop_id, BY_LICENCE, (await make_device()).account_id, now, SEAL)
    assert receipt.state is ClaimState.GRANTED


async def test_what_waits_of_a_closed_account_is_withdrawn_and_a_shop_that_ended_is_left_alone(database, now):
    await make_area(TOWN)
    shop_id, gone = await make_shop(), await make_device()
    await claims.claim(shop_id, claim_of(), gone.account_id, now, SEAL)
    ended_id, keeper = await make_shop(name="旧铺", uscc=None, key="shop-2"), await make_staff(Role.STREET_ADMIN)
    await make_shop_person(ended_id, gone.account_id)
    await changes.end(ended_id, keeper, now, SEAL)

    await duty.deactivate(gone.account_id, now)
    await deliver()

    assert await db.fetchval("SELECT state FROM shop_claim") == "withdrawn"
    assert "ShopPersonLeft" not in await facts_of(ended_id)
