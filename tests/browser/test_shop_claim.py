"""An owner claims a shop by its code in the phone's browser, lets a helper in, and hands the shop over."""

import pytest
from playwright.async_api import expect

from tests.browser.phones import Phones
from tests.makers.shops import LICENCE, make_storefront_of
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser


async def test_an_owner_claims_a_shop_by_its_code_and_hands_it_over(phones: Phones, town: SmallTown) -> None:
    await make_storefront_of(town)
    wang, li = await phones.take(), await phones.take()

    await wang.goto(f"/q/{town.code}")
    await wang.get_by_role("link", name="我是店主或店员").click()
    await wang.get_by_label("统一社会信用代码").fill(LICENCE[:-1] + "X")
    await expect(wang.locator("#licence-fault")).to_contain_text("校验位不对")
    await wang.get_by_label("您的姓名").fill("王小宝")
    await wang.get_by_label("联系电话").fill("13812345678")
    await wang.get_by_role("button", name="提交认领").click()
    await expect(wang.get_by_text("校验位不对")).to_be_visible()
    await wang.get_by_label("统一社会信用代码").fill(LICENCE)
    await expect(wang.locator("#licence-fault")).to_be_hidden()
    await wang.get_by_role("button", name="提交认领").click()
    await expect(wang.get_by_text("认领成功")).to_be_visible()

    await li.goto(f"/q/{town.code}/claim")
    await li.get_by_label("店员", exact=True).check(force=True)
    await li.get_by_label("您的姓名").fill("李四")
    await li.get_by_label("联系电话").fill("13912345678")
    await li.get_by_role("button", name="提交认领").click()
    await expect(li.get_by_text("待核实", exact=True)).to_be_visible()

    await wang.reload()
    await wang.get_by_role("link", name="管理人员、移交店铺").click()
    await wang.get_by_role("button", name="是本店店员,确认").click()
    await wang.get_by_text("移交店铺给此人").click()
    await wang.get_by_label("我确定移交").check()
    await wang.get_by_role("button", name="移交", exact=True).click()
    await expect(wang.get_by_text("店铺已移交")).to_be_visible()

    await li.goto(f"/q/{town.code}")
    await li.get_by_role("link", name="我的店铺").first.click()
    await expect(li.get_by_text("营业 · 店主")).to_be_visible()
