"""来件台 by keyboard alone: a digit, Enter, and the next one is there."""

import asyncio
from datetime import datetime

import pytest
from playwright.async_api import Route, expect

from backend import db
from backend.intake.records import receiving
from backend.intake.structs import Clues
from tests.browser.phones import Phones
from tests.makers.intake import make_source, told, wire
from tests.makers.town import SmallTown

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("intake")]


WORDS = "小区门口道路塌陷积水严重,电动车没法通行,希望尽快修复路面"


async def test_two_records_are_decided_by_keys_alone(phones: Phones, town: SmallTown, now: datetime) -> None:
    await _receive(town, now, 2)
    desk = await phones.staff(town.dispatcher)
    await desk.goto("/desk/intake/next")
    chips = desk.locator("#item-chips input[name=item]")
    chosen = await chips.nth(1).get_attribute("value")
    await desk.keyboard.press("2")
    await expect(chips.nth(1)).to_be_checked()
    await desk.keyboard.press("Enter")
    await expect(desk.get_by_text("上一件已立案,工单")).to_be_visible()
    await desk.keyboard.press("/")
    await expect(desk.get_by_label("按名称或编号查找")).to_be_focused()
    await desk.keyboard.press("Escape")
    await desk.keyboard.press("Enter")
    await expect(desk.get_by_text("没有待处理的来件")).to_be_visible()
    assert await db.fetchval("SELECT item_id FROM work_order ORDER BY id LIMIT 1") == chosen
    assert await db.fetchval("SELECT count(*) FROM work_order") == 2


async def test_keys_that_are_faster_than_the_page_are_not_lost(phones: Phones, town: SmallTown, now: datetime) -> None:
    await _receive(town, now, 1)
    desk = await phones.staff(town.dispatcher, service_workers="block")
    may_come = asyncio.Event()

    async def hold_back(route: Route) -> None:
        await may_come.wait()
        await route.continue_()

    await desk.route("**/static/intake.*.js", hold_back)
    await desk.goto("/desk/intake/next", wait_until="commit")
    chips = desk.locator("#item-chips input[name=item]")
    await expect(desk.get_by_text("键盘:数字选事项")).to_be_visible()
    await desk.keyboard.press("2")
    await desk.keyboard.press("/")
    assert not await chips.nth(1).is_checked()
    may_come.set()

    await expect(desk.get_by_label("按名称或编号查找")).to_be_focused()
    await expect(chips.nth(1)).to_be_checked()


async def test_enter_that_is_held_down_decides_nothing(phones: Phones, town: SmallTown, now: datetime) -> None:
    await _receive(town, now, 2)
    desk = await phones.staff(town.dispatcher)
    await desk.goto("/desk/intake/next")

    await desk.keyboard.down("Enter")
    await expect(desk.get_by_text("上一件已立案,工单")).to_be_visible()
    await desk.keyboard.down("Enter")
    await desk.keyboard.up("Enter")
    await desk.keyboard.press("/")

    await expect(desk.get_by_label("按名称或编号查找")).to_be_focused()
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1


async def _receive(town: SmallTown, now: datetime, count: int) -> None:
    """Records of which the rules are not sure."""
    source = await make_source(now)
    for nr in range(count):
        incoming = told(f"K-{nr}", text=WORDS, title="路面", clues=Clues(code=town.code), item_code="", class_code="")
        await receiving.receive(source, incoming, wire(incoming), now=now)
    assert await db.fetchval("SELECT count(*) FROM intake_record WHERE state = 'unsure'") == count
