"""A handler in trouble: too far away, no position, no network, somebody faster. Each is told what to do next."""

from datetime import datetime

import pytest
from playwright.async_api import Page, expect

from tests.browser.phones import Phones
from tests.makers.orders import make_accepted, make_handled, make_order, state_of
from tests.makers.town import FAR_AWAY, SmallTown

pytestmark = pytest.mark.browser
SOMEWHERE_ELSE = {"longitude": FAR_AWAY.lng, "latitude": FAR_AWAY.lat, "accuracy": 10}


async def test_a_check_in_from_far_away_says_how_far_and_offers_the_code(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = await make_accepted(town, now)
    handler = await phones.staff(town.handlers[0], geolocation=SOMEWHERE_ELSE, permissions=["geolocation"])
    await handler.goto(f"/o/{order_id}")

    await handler.get_by_role("button", name="到场打卡").click()
    await expect(handler.locator("#form-message")).to_contain_text("距离现场")
    await handler.get_by_label("门牌码").fill(town.code)
    await handler.get_by_role("button", name="打卡", exact=True).click()

    await expect(handler.get_by_text("已到场打卡")).to_be_visible()
    assert await state_of(order_id) == "on_site"


async def test_a_check_in_without_position_points_to_the_code(phones: Phones, town: SmallTown, now: datetime) -> None:
    order_id = await make_accepted(town, now)
    handler = await phones.staff(town.handlers[0])
    await handler.goto(f"/o/{order_id}")

    await handler.get_by_role("button", name="到场打卡").click()

    await expect(handler.locator("#form-message")).to_contain_text("请用门牌码打卡")


async def test_an_action_without_network_is_honest(phones: Phones, town: SmallTown, now: datetime) -> None:
    order_id = (await make_order(town, now)).receipt.order_id
    handler = await phones.staff(town.handlers[0])
    await handler.goto(f"/o/{order_id}")
    await handler.context.set_offline(True)

    await handler.get_by_role("button", name="接单").click()
    await expect(handler.locator("#form-message")).to_contain_text("没有提交成功")
    await handler.context.set_offline(False)
    await handler.get_by_role("button", name="接单").click()

    await expect(handler.get_by_text("已接单,请前往现场")).to_be_visible()


async def test_the_slower_of_two_handlers_is_told_who_was_first(phones: Phones, town: SmallTown, now: datetime) -> None:
    order_id = (await make_order(town, now)).receipt.order_id
    fast, slow = await _two(phones, town, order_id)

    await fast.get_by_role("button", name="接单").click()
    await expect(fast.get_by_text("已接单,请前往现场")).to_be_visible()
    await slow.get_by_role("button", name="接单").click()

    await expect(slow.get_by_role("alert").first).to_contain_text("巡查员1先一步操作了")
    await expect(slow.get_by_role("button", name="接单")).to_have_count(0)


async def test_a_failed_check_sends_the_order_back_with_its_reason(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = await make_handled(town, now)
    verifier = await phones.staff(town.verifier)
    await verifier.goto(f"/o/{order_id}")

    await verifier.get_by_text("不通过", exact=True).click()
    await verifier.get_by_label("其他原因或说明").fill("还有两辆")
    await verifier.get_by_role("button", name="退回返工").click()

    await expect(verifier.get_by_text("还有两辆").first).to_be_visible()
    assert await state_of(order_id) == "accepted"


async def _two(phones: Phones, town: SmallTown, order_id: int) -> tuple[Page, Page]:
    """Two handlers before the same order; the second one's page hears no news, as on a bad line."""
    fast, slow = await phones.staff(town.handlers[0]), await phones.staff(town.handlers[1])
    await slow.route("**/live?**", lambda route: route.abort())
    for page in (fast, slow):
        await page.goto(f"/o/{order_id}")
    return fast, slow
