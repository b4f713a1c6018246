"""The wall at the centre: it follows what happens, and leads to an order in three taps."""

from datetime import datetime

import pytest
from playwright.async_api import expect

from backend.accounts.structs import Role
from tests.browser.phones import Phones
from tests.makers.accounts import make_staff
from tests.makers.orders import make_order
from tests.makers.town import TOWN, SmallTown

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("wide", [375, 1920])
async def test_what_is_reported_appears_by_itself_and_its_order_is_three_taps_away(
    phones: Phones, town: SmallTown, now: datetime, wide: int
) -> None:
    await make_order(town, now)
    admin = await make_staff(Role.STREET_ADMIN, area=TOWN, name="街镇管理员")
    wall = await phones.staff(admin, width=wide, height=1080)
    await wall.goto("/board")
    is_open = wall.locator("section.figure", has=wall.get_by_role("heading", name="在办", exact=True)).locator("a.num")
    await expect(is_open).to_have_text("1")

    await make_order(town, now)

    await expect(is_open).to_have_text("2")
    await is_open.click()
    await wall.locator(".order-table a[href^='/o/']").first.click()
    await expect(wall.get_by_role("heading", level=1)).to_contain_text("非机动车乱停放")
    assert await wall.evaluate("document.documentElement.scrollWidth <= innerWidth")
