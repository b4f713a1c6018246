"""A dispatcher sees who has not looked and sends it once more; a handler says when the phone is to be silent."""

from datetime import datetime

import pytest
from playwright.async_api import expect

from push.channels import Channel
from tests.browser.phones import Phones
from tests.makers.gateways import Vendor, link, send_all, switch_on
from tests.makers.orders import make_order
from tests.makers.town import SmallTown
from tests.makers.worker import deliver

pytestmark = pytest.mark.browser


async def test_a_dispatcher_sends_once_more_what_nobody_has_looked_at(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    await switch_on(Channel.WECOM)
    await link(town.handlers[0].account_id, "wecom")
    order_id = (await make_order(town, now)).receipt.order_id
    await deliver()
    await send_all(Vendor(Channel.WECOM), now.replace(year=now.year + 1))
    desk = await phones.staff(town.dispatcher)

    await desk.goto(f"/o/{order_id}")
    await desk.get_by_role("link", name="通知记录").click()
    await expect(desk.get_by_text("还没看")).to_be_visible()
    await desk.get_by_role("button", name="再发一次").click()

    await expect(desk.get_by_text("已重新排队,几秒内发出。")).to_be_visible()
    await expect(desk.get_by_role("button", name="再发一次")).to_have_count(0)


async def test_a_handler_says_when_and_for_what_the_phone_rings(phones: Phones, town: SmallTown) -> None:
    phone = await phones.staff(town.handlers[0])

    await phone.goto("/inbox")
    await phone.get_by_role("link", name="通知设置").click()
    await phone.get_by_label("从").fill("22:00")
    await phone.get_by_label("到", exact=True).fill("07:00")
    await phone.get_by_label("收到评价").uncheck()
    await phone.get_by_role("button", name="保存").click()

    await expect(phone.get_by_text("已保存")).to_be_visible()
    await expect(phone.get_by_label("从")).to_have_value("22:00")
    await expect(phone.get_by_label("收到评价")).not_to_be_checked()
