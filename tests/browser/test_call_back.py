"""A number that is left on a phone, and the call that follows."""

from datetime import datetime

import pytest
from playwright.async_api import expect

from backend import db
from backend.reports import service as reports
from backend.reports.structs import Rating
from tests.browser.phones import Phones
from tests.makers.orders import make_closed
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser


async def test_a_number_is_left_and_the_call_is_made(phones: Phones, town: SmallTown, now: datetime) -> None:
    order_id = await make_closed(town, now)
    token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id)
    await reports.rate(token, Rating(score=1, comment="车还在"), idempotency_key=None, now=now)
    phone, desk = await phones.take(), await phones.staff(town.dispatcher)

    await phone.goto(f"/r/{token}")
    await phone.get_by_label("手机号,或带区号的固定电话").fill("138 1234 5678")
    await phone.get_by_label("我同意为回访保存这个号码").check()
    await phone.get_by_role("button", name="留下号码").click()
    await expect(phone.get_by_role("heading", name="已留回访电话 138****5678")).to_be_visible()

    await desk.goto("/desk/calls")
    await desk.get_by_role("button", name="查看号码并拨打").click()
    await expect(desk.get_by_role("link", name="拨打 13812345678")).to_have_attribute("href", "tel:13812345678")
    await desk.get_by_label("回访记录").fill("已挪走")
    await desk.get_by_role("button", name="满意", exact=True).click()
    await expect(desk.get_by_text("回访结果已保存")).to_be_visible()

    await phone.reload()
    await expect(phone.get_by_text("工作人员查看过 1 次")).to_be_visible()
    assert "13812345678" not in phone.url + desk.url
