"""A pickup is booked in four taps from the code of the shop; whoever is late for the last place sees what is near."""

from datetime import datetime, timedelta

import pytest
from playwright.async_api import expect

from backend import db
from backend.accounts.structs import Role
from shops.pickup.routes import running
from shops.pickup.routes.structs import PickupRouteDraft
from tests.browser.phones import Phones
from tests.makers.pickup import make_owned_shop, make_slot_of
from tests.makers.shops import make_shop_person, make_storefront_of
from tests.makers.town import TOWN, SmallTown, make_actor

pytestmark = pytest.mark.browser
_BOOKED = "SELECT slot_id FROM pickup_booking ORDER BY id"


async def test_an_owner_books_in_four_taps_and_who_is_late_takes_the_nearest(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    shop_id = await make_storefront_of(town)
    owner = await make_actor("店主", Role.SHOP_OWNER, "")
    await make_shop_person(shop_id, owner.account_id)
    _, late = await make_owned_shop("2")
    draft = PickupRouteDraft(code="r1", name="一线", unit_id=town.unit_id, area_code=TOWN, load_l=9_000)
    route_id = (await running.set_route(draft, None)).id
    last = await make_slot_of(route_id, now + timedelta(days=1), capacity=1)
    near = await make_slot_of(route_id, now + timedelta(days=1, hours=3))
    first, second = await phones.staff(owner), await phones.staff(late)
    await second.goto("/shop/pickup")
    await first.goto(f"/q/{town.code}")

    taps = (
        first.get_by_role("link", name="我的店铺").first,
        first.get_by_role("link", name="预约清运"),
        first.locator(f"button[name=slot][value='{last}']"),
        first.get_by_role("button", name="确认预约"),
    )
    for tap in taps:
        await tap.click()
    await expect(first.get_by_text("预约成功")).to_be_visible()

    await second.locator(f"button[name=slot][value='{last}']").click()
    await expect(second.get_by_role("alert")).to_contain_text("没有重复占用")
    await second.locator(f"section[aria-labelledby=nearest] button[value='{near}']").click()
    await second.get_by_role("button", name="确认预约").click()
    await expect(second.get_by_text("预约成功")).to_be_visible()
    assert [row["slot_id"] for row in await db.fetch(_BOOKED)] == [last, near]
