"""By the register of shops it is known where a volunteer earns nothing, for as long as they act for the shop."""

from backend import db
from grab_orders.people import own_places
from shops.register import people
from shops.register.contacts import PersonContact
from shops.register.structs import ShopRole
from tests.makers.shops import SEAL, make_shop
from tests.makers.town import COMMITTEE, make_town
from tests.makers.volunteers import make_committee_member, make_volunteer
from tests.makers.worker import deliver


async def test_a_shop_is_ones_own_until_somebody_else_has_it(database, now):
    town = await make_town(now)
    who, heir = await make_volunteer(now), await make_volunteer(now, "李四")
    by = {"by_id": (await make_committee_member()).account_id, "now": now, "seal": SEAL}
    shop_id = await make_shop(area_code=COMMITTEE)
    place_id = await db.fetchval("SELECT place_id FROM shop WHERE id = $1", shop_id)
    await own_places.note(who.account_id, [town.place_id], now)
    async with db.transaction():
        shop = await people.lock_shop(shop_id)
        await people.admit(shop_id, who.account_id, ShopRole.OWNER, PersonContact(name="王", phone=""), **by)
        await people.pass_on(shop, heir.account_id, PersonContact(name="李", phone=""), stays=True, **by)
    await deliver()
    together = await own_places.list_all([who.account_id, heir.account_id])
    async with db.transaction():
        await people.end(shop_id, who.account_id, **by)
    await deliver_again()
    after = await own_places.list_all([who.account_id, heir.account_id])

    assert together == {(who.account_id, town.place_id), (who.account_id, place_id), (heir.account_id, place_id)}
    assert after == {(who.account_id, town.place_id), (heir.account_id, place_id)}


async def deliver_again() -> None:
    """Deliver the same facts once more: what counts is what the register says now."""
    await db.execute(
        "INSERT INTO event_pending (event_id, is_urgent) SELECT id, false FROM event_log ON CONFLICT DO NOTHING"
    )
    await deliver()
