"""Claims of shops become messages: to whoever confirms, to both who say to be the owner, and to nobody else."""

from backend import db
from backend.accounts.structs import Role
from push import queries
from push.channels import Channel
from shops.register import claims, deciding, people
from shops.register.structs import ClaimDecision, ShopRole
from tests.makers.accounts import make_device, make_staff
from tests.makers.gateways import deliveries, link, switch_on
from tests.makers.places import TOWN, make_area
from tests.makers.shops import LICENCE, SEAL, claim_of, make_shop, make_shop_person
from tests.makers.worker import deliver


async def told(actor):
    """What somebody was told, the latest first, with the page that it leads to."""
    messages = (await queries.list_messages(actor.account_id, limit=50)).items
    return [(message.title_zh.partition(":")[0], message.path) for message in messages]


async def test_a_contested_claim_is_told_to_both_and_to_the_street_and_its_end_to_both(database, now):
    await make_area(TOWN)
    shop_id, wang, li = await make_shop(), await make_device(), await make_device()
    street, inspector = await make_staff(Role.STREET_ADMIN), await make_staff(Role.INSPECTOR)
    await make_shop_person(shop_id, wang.account_id)
    await switch_on(Channel.WECHAT)
    await link(wang.account_id, "wechat")

    contested = await claims.claim(shop_id, claim_of(licence=LICENCE), li.account_id, now, SEAL)
    await deliver()

    assert await told(wang) == [("有人认领您的店铺", f"/shop/{shop_id}/people")]
    assert await deliveries() == [("wechat", "queued", "")], "an account that is a phone is reached where it signed in"
    assert await told(li) == [], "whoever claims reads the same on the page at once"
    assert await told(street) == [("店主认领有争议", f"/shops/{shop_id}")]
    assert await told(inspector) == []

    await deciding.decide(contested.id, ClaimDecision(is_granted=True), street, now, SEAL)
    await deliver()
    await db.execute("INSERT INTO event_pending (event_id) SELECT id FROM event_log")
    await deliver()

    assert [title for title, _ in await told(wang)] == ["店铺已移交", "有人认领您的店铺"]
    assert [title for title, _ in await told(li)] == ["认领成功", "店铺已移交"]
    assert len(await told(street)) == 1


async def test_a_claim_without_the_number_is_told_to_the_inspectors_and_a_helpers_to_the_owner(database, now):
    await make_area(TOWN)
    shop_id, wang, li = await make_shop(), await make_device(), await make_device()
    inspector, street = await make_staff(Role.INSPECTOR), await make_staff(Role.STREET_ADMIN)

    claim = await claims.claim(shop_id, claim_of(), wang.account_id, now, SEAL)
    await deliver()
    assert [await told(inspector), await told(street)] == [[("请确认店主", f"/shops/{shop_id}")], []]

    refusal = ClaimDecision(is_granted=False, reason="店里没有此人")
    await deciding.decide(claim.id, refusal, inspector, now, SEAL)
    await make_shop_person(shop_id, li.account_id)
    await claims.claim(shop_id, claim_of(ShopRole.STAFF), wang.account_id, now, SEAL)
    await deliver()

    assert [title for title, _ in await told(wang)] == ["认领未通过"]
    assert await told(li) == [("请确认店员", f"/shop/{shop_id}/people")]


async def test_who_is_taken_out_is_told_and_who_goes_is_not(database, now):
    await make_area(TOWN)
    shop_id, wang, li = await make_shop(), await make_device(), await make_device()
    inspector = await make_staff(Role.INSPECTOR)
    await make_shop_person(shop_id, wang.account_id)
    await make_shop_person(shop_id, li.account_id, "staff")

    await people.leave(shop_id, li.account_id, li, now, SEAL)
    await people.leave(shop_id, wang.account_id, inspector, now, SEAL)
    await deliver()

    assert [title for title, _ in await told(wang)] == ["您已不在该店名单中"]
    assert await told(li) == []
