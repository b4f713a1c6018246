"""Somebody applies on the phone, a committee approves and confirms, and the hours stand in the volunteer's own page."""

from datetime import datetime, timedelta

import pytest
from playwright.async_api import expect

from backend.accounts import queries
from tests.browser.phones import Phones
from tests.makers.accounts import PASSWORD
from tests.makers.town import COMMITTEE, SmallTown
from tests.makers.volunteers import finish_patrol, id_number, make_committee_member

pytestmark = pytest.mark.browser


async def test_from_the_invitation_to_confirmed_hours(phones: Phones, town: SmallTown, now: datetime) -> None:
    phone, desk = await phones.take(), await phones.staff(await make_committee_member())
    await phone.goto(f"/volunteer/apply?committee={COMMITTEE}")
    await phone.get_by_label("姓名", exact=True).fill("王小明")
    await phone.get_by_label("身份证号").fill("310115199005170012")
    await phone.get_by_label("手机号", exact=True).fill("138 1234 5678")
    await phone.get_by_label("用户名").fill("wang.xm")
    await phone.get_by_label("密码").fill(PASSWORD)
    await phone.get_by_label("我已阅读并同意").check()
    await phone.get_by_role("button", name="提交申请").click()
    await expect(phone.get_by_text("校验位不符")).to_be_visible()
    await expect(phone.get_by_label("姓名", exact=True)).to_have_value("王小明")
    await phone.get_by_label("身份证号").fill(id_number())
    await phone.get_by_label("密码").fill(PASSWORD)
    await phone.get_by_role("button", name="提交申请").click()
    await expect(phone.get_by_text("申请已提交")).to_be_visible()

    await desk.goto("/committee/volunteers")
    await expect(desk.get_by_text("王小明")).to_have_count(0)
    await desk.get_by_role("button", name="打开实名信息核对证件").click()
    await expect(desk.get_by_text("王小明")).to_be_visible()
    await desk.get_by_role("button", name="通过", exact=False).first.click()
    await expect(desk.get_by_text("已通过")).to_be_visible()

    account_id = await queries.find_account_id("wang.xm")
    assert account_id is not None
    who = await queries.get_actor(account_id)
    await finish_patrol(who, 1, now, now + timedelta(minutes=90))
    await desk.goto("/committee/hours")
    await desk.get_by_role("button", name="确认勾选的时长").click()
    await expect(desk.get_by_text("已确认 1 条")).to_be_visible()

    await phone.goto("/sign-in?next=/volunteer/ledger")
    await phone.get_by_label("用户名").fill("wang.xm")
    await phone.get_by_label("密码").fill(PASSWORD)
    await phone.get_by_role("button", name="登录").click()
    await expect(phone.get_by_text("1.5 小时")).to_be_visible()
