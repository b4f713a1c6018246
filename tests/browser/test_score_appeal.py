"""A handler appeals against a late case on the phone, the centre grants it, and the figure says so."""

import os
from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from backend.accounts.structs import Role
from tests.browser.phones import Phones
from tests.makers.accounts import make_staff
from tests.makers.evaluation import make_late_case
from tests.makers.town import TOWN, SmallTown

pytestmark = pytest.mark.browser


async def test_a_late_case_is_appealed_granted_and_left_out(phones: Phones, town: SmallTown, now: datetime) -> None:
    await make_late_case(town, now)
    office = await make_staff(Role.STREET_ADMIN, area=TOWN, name="街镇管理员")
    days = f"first={now.date().replace(day=1)}&last={now.date()}"
    handler, desk = await phones.staff(town.handlers[0]), await phones.staff(office, width=1280, height=900)

    await handler.goto(f"/evaluation/me?{days}")
    await expect(handler.get_by_role("row", name="按期处置率")).to_contain_text("0/1")
    assert await handler.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await _look(handler, "me_375")
    await handler.locator("#cases ~ .over").get_by_role("link", name="申诉").click()
    await handler.get_by_label("理由").fill("现场已封路,车进不去")
    await handler.get_by_label("依据").fill("9:10 与交警通话")
    await _look(handler, "ask_375")
    await handler.get_by_role("button", name="提交申诉").click()
    await expect(handler.locator(".note.good")).to_contain_text("申诉已提交")

    await desk.goto("/evaluation/appeals")
    await desk.get_by_role("link", name="按期处置率").click()
    await expect(desk.locator("dl")).to_contain_text("9:10 与交警通话")
    await desk.get_by_label("决定的理由").fill("属实")
    await _look(desk, "decide_1280")
    await desk.get_by_role("button", name="同意,不计入").click()
    await expect(desk.locator(".note.good")).to_contain_text("已同意")

    await handler.goto(f"/evaluation/me?{days}")
    await expect(handler.get_by_role("row", name="按期处置率")).to_contain_text("申诉后已剔除 1 件")
    await expect(handler.locator("#appeals ~ ul .tag.good")).to_have_text("同意")


async def _look(page: Page, name: str) -> None:
    if folder := os.environ.get("EVALUATION_LOOKS"):
        await page.screenshot(path=Path(folder) / f"evaluation_{name}.png", full_page=True)
