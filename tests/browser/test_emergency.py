"""应急 end to end: begun on a page, a broadcast to two hundred, all are counted, ended with a report."""

import asyncio
from datetime import datetime

import pytest
from playwright.async_api import expect

from backend import clock, db
from backend.emergencies import loading, receipts
from backend.emergencies.structs import BroadcastAnswerInput
from tests.browser.phones import Phones
from tests.makers.emergencies import as_actor, make_group, make_head, make_people
from tests.makers.town import TOWN, SmallTown

pytestmark = pytest.mark.browser
PEOPLE = 199
"""Besides the deputy, who answers by page."""


async def test_an_emergency_with_two_hundred_receipts(phones: Phones, town: SmallTown, now: datetime) -> None:
    head, deputy = await make_head(), town.handlers[0]
    people = await make_people(PEOPLE)
    group_id = await make_group(head, deputy)
    await loading.load(loading.STANDARD.read_bytes(), TOWN, now)
    desk = await phones.take(width=1280, height=900)
    await phones.sign_in_at_once(desk, head)
    await desk.goto("/emergencies")
    await desk.get_by_label("类型与预案").select_option(label="防汛防台 · 防汛防台预案")
    await desk.get_by_label("范围").select_option(value=TOWN)
    await desk.locator("label.chip", has_text="Ⅱ级").click()
    await desk.get_by_label("原因").fill("台风登陆")
    await desk.get_by_role("button", name="启动", exact=True).click()
    await expect(desk.locator(".emergency-line")).to_contain_text("防汛防台")

    await desk.get_by_label("内容").fill("请确认所在点位是否安全")
    await desk.get_by_label("发给").select_option(value=str(group_id))
    await desk.locator("label.chip", has_text="选一项").click()
    await desk.get_by_label("选项").fill("安全\n需要支援")
    await desk.get_by_role("button", name="发送").click()
    await expect(desk.locator("[data-count=people]")).to_have_text("200")
    await expect(desk.locator("[data-count=silent]")).to_have_text("200")
    broadcast_id = await db.fetchval("SELECT id FROM broadcast")

    phone = await phones.take(java_script_enabled=False)
    await phones.sign_in_at_once(phone, deputy)
    await phone.goto(f"/broadcasts/{broadcast_id}")
    await phone.get_by_role("button", name="需要支援").click()
    await expect(phone.get_by_text("您已于")).to_be_visible()

    at = clock.now()
    safe = BroadcastAnswerInput(choice=0)
    turns = asyncio.Semaphore(8)

    async def answer(person: int) -> None:
        async with turns:
            await receipts.answer(broadcast_id, safe, as_actor(person), at)

    await asyncio.gather(*(answer(person) for person in people[:-4]))
    await expect(desk.locator("[data-count=answered]")).to_have_text("196")
    await expect(desk.locator("[data-count=silent]")).to_have_text("4")

    await desk.get_by_role("link", name="应急状态", exact=True).first.click()
    await desk.get_by_text("结束,转入常态").click()
    await desk.get_by_label("结束原因").fill("险情解除")
    await desk.get_by_role("button", name="结束应急状态").click()
    await expect(desk.get_by_text("已转入常态。")).to_be_visible()
    await expect(desk.get_by_text("已答复 196(98%)")).to_be_visible()
    await expect(desk.locator(".emergency-line")).to_have_count(0)
