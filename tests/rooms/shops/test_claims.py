"""认领: who becomes one of a shop's people, at once or by somebody's word, and who answered for a shop on which day."""

import asyncio
from datetime import timedelta

import pytest

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from shops.register import changes, claims, deciding, details, people, queries
from shops.register.errors import (
    AlreadyOfShop,
    ClaimAnswered,
    ClaimForbidden,
    ClaimNotFound,
    LicenceInvalid,
    OwnerStays,
    PhoneInvalid,
    RefusalWithoutReason,
    ShopForbidden,
    ShopGone,
    ShopNotFound,
    ShopPersonUnknown,
)
from shops.register.structs import ClaimDecision, ClaimState, ShopClaimDraft, ShopRole
from tests.makers.accounts import make_device, make_staff
from tests.makers.places import TOWN, make_area
from tests.makers.refusals import refused_with
from tests.makers.shops import LICENCE, SEAL, claim_of, facts_of, make_shop, make_shop_person

GRANT = ClaimDecision(is_granted=True)
BY_LICENCE = claim_of(licence="９１３１０１１５ma1k35j18e")


async def make_town_shop(**said):
    await make_area(TOWN)
    return await make_shop(**said)


async def owner_of(shop_id, now):
    return await queries.find_owner_at(shop_id, now)


async def test_the_number_of_the_licence_makes_an_owner_at_once_whose_name_is_sealed(database, now):
    shop_id, wang = await make_town_shop(), await make_device()

    receipt = await claims.claim(shop_id, BY_LICENCE, wang.account_id, now, SEAL)
    again = await db.fetchrow("SELECT name, phone, proof FROM shop_claim")

    assert receipt.state is ClaimState.GRANTED
    assert await owner_of(shop_id, now) == wang.account_id
    assert (await accounts.get_actor(wang.account_id)).has_role(Role.SHOP_OWNER)
    assert again["proof"] == "licence"
    assert "王小宝".encode() not in again["name"]
    assert b"13812345678" not in again["phone"]
    shown = await details.get_detail(shop_id, await accounts.get_actor(wang.account_id), SEAL)
    assert [(each.name, each.phone) for each in shown.people] == [("王小宝", "138****5678")]
    assert await facts_of(shop_id) == ["ShopClaimGranted"]
    with pytest.raises(AlreadyOfShop):
        await claims.claim(shop_id, BY_LICENCE, wang.account_id, now, SEAL)


async def test_a_wrong_check_digit_or_phone_is_told_at_once_and_nothing_is_kept(database, now):
    shop_id, wang = await make_town_shop(), await make_device()

    with refused_with(LicenceInvalid, "check digit"):
        await claims.claim(shop_id, claim_of(licence=LICENCE[:-1] + "X"), wang.account_id, now, SEAL)
    with pytest.raises(PhoneInvalid):
        await claims.claim(shop_id, ShopClaimDraft(name="王", phone="12345"), wang.account_id, now, SEAL)

    assert await db.fetchval("SELECT count(*) FROM shop_claim") == 0


async def test_without_the_number_the_inspector_confirms(database, now):
    shop_id, wang, inspector = await make_town_shop(), await make_device(), await make_staff(Role.INSPECTOR)
    elsewhere, handler = await make_staff(Role.INSPECTOR, area="310104003"), await make_staff(Role.HANDLER)

    first = await claims.claim(shop_id, claim_of(), wang.account_id, now, SEAL)
    again = await claims.claim(shop_id, claim_of(), wang.account_id, now, SEAL)
    other_number = await claims.claim(shop_id, claim_of(licence="91440300708461136T"), wang.account_id, now, SEAL)

    assert first == again
    assert [first.state, other_number.state] == [ClaimState.OPEN, ClaimState.OPEN]
    for stranger in (elsewhere, handler, wang):
        with pytest.raises(ClaimNotFound):
            await deciding.decide(other_number.id, GRANT, stranger, now, SEAL)
    with pytest.raises(ClaimAnswered):
        await deciding.decide(first.id, GRANT, inspector, now, SEAL)
    await deciding.decide(other_number.id, GRANT, inspector, now, SEAL)
    await deciding.decide(other_number.id, GRANT, inspector, now, SEAL)

    assert await owner_of(shop_id, now) == wang.account_id
    assert await db.fetch("SELECT state, proof FROM shop_claim ORDER BY id") == [
        ("withdrawn", ""),
        ("granted", "inspector"),
    ]
    assert await facts_of(shop_id) == ["ShopClaimFiled", "ShopClaimFiled", "ShopClaimGranted"]


async def test_a_refusal_says_why_and_stays(database, now):
    shop_id, wang, inspector = await make_town_shop(), await make_device(), await make_staff(Role.INSPECTOR)
    claim = await claims.claim(shop_id, claim_of(), wang.account_id, now, SEAL)

    with pytest.raises(RefusalWithoutReason):
        await deciding.decide(claim.id, ClaimDecision(is_granted=False), inspector, now, SEAL)
    await deciding.decide(claim.id, ClaimDecision(is_granted=False, reason="店里没有此人"), inspector, now, SEAL)

    assert await owner_of(shop_id, now) is None
    assert [(each.state, each.reason) for each in await details.list_own_claims(wang.account_id)] == [
        (ClaimState.REFUSED, "店里没有此人")
    ]
    with pytest.raises(ClaimAnswered):
        await deciding.decide(claim.id, GRANT, inspector, now, SEAL)


async def test_a_claimed_shop_goes_to_the_street_and_the_former_owner_stays_in_the_history(database, now):
    shop_id, wang, li = await make_town_shop(), await make_device(), await make_device()
    inspector, street = await make_staff(Role.INSPECTOR), await make_staff(Role.STREET_ADMIN)
    later = now + timedelta(days=40)
    await claims.claim(shop_id, BY_LICENCE, wang.account_id, now, SEAL)

    contested = await claims.claim(shop_id, BY_LICENCE, li.account_id, later, SEAL)

    assert contested.state is ClaimState.CONTESTED
    body = await db.fetchval("SELECT account_ids FROM event_log WHERE name = 'ShopClaimContested'")
    assert body == [li.account_id, wang.account_id]
    for nobody in (inspector, await accounts.get_actor(wang.account_id)):
        with pytest.raises(ClaimForbidden):
            await deciding.decide(contested.id, GRANT, nobody, later, SEAL)
    await deciding.decide(contested.id, GRANT, street, later, SEAL)

    assert await owner_of(shop_id, later - timedelta(days=1)) == wang.account_id
    assert await owner_of(shop_id, later) == li.account_id
    assert not (await accounts.get_actor(wang.account_id)).has_role(Role.SHOP_OWNER)
    assert (await facts_of(shop_id))[-2:] == ["ShopHandedOver", "ShopClaimGranted"]


async def test_who_waits_goes_to_the_street_when_somebody_else_becomes_the_owner(database, now):
    shop_id, wang, li = await make_town_shop(), await make_device(), await make_device()
    await claims.claim(shop_id, claim_of(), wang.account_id, now, SEAL)

    await claims.claim(shop_id, BY_LICENCE, li.account_id, now, SEAL)

    assert [each.state for each in await details.list_own_claims(wang.account_id)] == [ClaimState.CONTESTED]
    assert (await facts_of(shop_id))[1:] == ["ShopClaimContested", "ShopClaimGranted"]


async def test_an_owner_lets_helpers_in_and_hands_the_shop_over(database, now):
    shop_id, wang, li = await make_town_shop(), await make_device(), await make_device()
    await claims.claim(shop_id, BY_LICENCE, wang.account_id, now, SEAL)
    wang = await accounts.get_actor(wang.account_id)
    helping = await claims.claim(shop_id, claim_of(ShopRole.STAFF, name="李四"), li.account_id, now, SEAL)
    assert helping.state is ClaimState.OPEN

    with pytest.raises(ShopPersonUnknown):
        await people.hand_over(shop_id, li.account_id, wang, now=now, seal=SEAL)
    await deciding.decide(helping.id, GRANT, wang, now, SEAL)
    assert [each.role for each in await queries.shops_of(li.account_id)] == [ShopRole.STAFF]
    li = await accounts.get_actor(li.account_id)
    with pytest.raises(ShopForbidden):
        await people.hand_over(shop_id, li.account_id, li, now=now, seal=SEAL)
    with pytest.raises(OwnerStays):
        await people.leave(shop_id, wang.account_id, wang, now, SEAL)
    later = now + timedelta(days=3)
    await people.hand_over(shop_id, li.account_id, wang, stays=True, now=later, seal=SEAL)

    assert [await owner_of(shop_id, each) for each in (now, later)] == [wang.account_id, li.account_id]
    shown = await details.get_detail(shop_id, li, SEAL)
    assert [(each.role, each.name) for each in shown.people] == [
        (ShopRole.OWNER, "李四"),
        (ShopRole.STAFF, "王小宝"),
    ]
    await people.leave(shop_id, wang.account_id, wang, later, SEAL)
    with pytest.raises(ShopNotFound):
        await details.get_detail(shop_id, wang, SEAL)


async def test_people_are_told_of_people_as_much_as_they_may_know(database, now):
    shop_id, wang, li = await make_town_shop(), await make_device(), await make_device()
    inspector, verifier = await make_staff(Role.INSPECTOR), await make_staff(Role.VERIFIER)
    await claims.claim(shop_id, BY_LICENCE, wang.account_id, now, SEAL)
    await make_shop_person(shop_id, li.account_id, "staff")

    masked = await details.get_detail(shop_id, inspector, SEAL)
    whole = await details.read_contacts(shop_id, inspector, SEAL, now)
    helpers = await details.get_detail(shop_id, li, SEAL)

    assert [(each.people[0].name, each.people[0].phone) for each in (masked, whole, helpers)] == [
        ("王*", "138****5678"),
        ("王小宝", "13812345678"),
        ("王*", "138****5678"),
    ]
    assert (await facts_of(shop_id))[-1] == "ShopContactRead"
    with pytest.raises(ShopForbidden):
        await details.read_contacts(shop_id, verifier, SEAL, now)
    with pytest.raises(ShopNotFound):
        await details.get_detail(shop_id, await make_device(), SEAL)


async def test_of_two_who_claim_at_once_one_is_the_owner_and_the_other_goes_to_the_street(database, now):
    shop_id = await make_town_shop()
    claimants = [await make_device() for _ in range(6)]

    receipts = await asyncio.gather(
        *(claims.claim(shop_id, BY_LICENCE, each.account_id, now, SEAL) for each in claimants)
    )

    assert sorted(receipt.state for receipt in receipts) == [ClaimState.CONTESTED] * 5 + [ClaimState.GRANTED]
    assert await db.fetchval("SELECT count(*) FROM shop_person WHERE until IS NULL") == 1


async def test_a_business_that_leaves_takes_its_people_and_claims_along(database, now):
    shop_id, wang, li = await make_town_shop(), await make_device(), await make_device()
    inspector = await make_staff(Role.INSPECTOR)
    await claims.claim(shop_id, BY_LICENCE, wang.account_id, now, SEAL)
    await claims.claim(shop_id, claim_of(ShopRole.STAFF), li.account_id, now, SEAL)

    await changes.end(shop_id, inspector, now, SEAL)

    assert await queries.shops_of(wang.account_id) == []
    assert await owner_of(shop_id, now - timedelta(seconds=0)) is None
    with pytest.raises(ShopGone):
        await claims.claim(shop_id, BY_LICENCE, li.account_id, now, SEAL)
    place_id = (await queries.get_shop(shop_id)).place_id
    assert await queries.find_at_place(place_id) is None
    assert await make_shop(name="新店", place_id=place_id) > shop_id
