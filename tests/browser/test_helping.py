"""协助: somebody who helps at an order for two says on the own phone that they are there."""

from datetime import datetime

import pytest
from playwright.async_api import expect

from tests.browser.phones import Phones
from tests.makers.duty import make_volunteer
from tests.makers.pool import grab, make_offer, make_pool_town, takes_of
from tests.makers.town import DOOR

pytestmark = pytest.mark.browser
AT_THE_DOOR = {"longitude": DOOR.lng, "latitude": DOOR.lat, "accuracy": 10}


async def test_a_helper_checks_in_by_position(phones: Phones, now: datetime) -> None:
    town, _ = await make_pool_town(now, volunteers=0)
    lead, helper = [await make_volunteer(now, name) for name in ("王小明", "李四")]
    offer_id = await make_offer(town, now, needed=2)
    await grab(offer_id, lead, now)
    await grab(offer_id, helper, now)
    phone = await phones.staff(helper, geolocation=AT_THE_DOOR, permissions=["geolocation"])

    await phone.goto("/volunteer")
    await phone.get_by_role("link", name="我到了").click()
    await expect(phone.get_by_role("heading", name="协助到场打卡")).to_be_visible()
    await phone.get_by_role("button", name="打卡").first.click()
    await expect(phone.get_by_text("已记录到场")).to_be_visible()

    assert await takes_of(offer_id) == [(lead.account_id, "held"), (helper.account_id, "arrived")]
