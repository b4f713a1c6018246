"""In a browser: a question is asked at a door, answered from a desk without a photo, and rated by whoever asked."""

import pytest
from playwright.async_api import expect

from backend import clock, db
from backend.accounts.structs import Role
from tests.browser.phones import Phones
from tests.makers.town import TOWN, SmallTown, make_actor, make_shift, make_unit

pytestmark = pytest.mark.browser


async def test_a_question_is_asked_answered_and_rated(phones: Phones, town: SmallTown) -> None:
    unit_id = await make_unit("business_service")
    handler = await make_actor("营商服务员", Role.HANDLER, TOWN, unit_id=unit_id)
    await make_shift(handler, unit_id, clock.now())
    asker, desk = await phones.take(), await phones.take(width=1280, height=900)
    await phones.sign_in_at_once(desk, handler)

    await asker.goto(f"/ask?code={town.code}&topic=F102")
    await asker.get_by_label("您的问题").fill("开面馆要先备案招牌吗?")
    await asker.get_by_role("button", name="提交咨询").click()
    await expect(asker.get_by_text("等待接单")).to_be_visible()
    order_id = await db.fetchval("SELECT id FROM work_order")
    await desk.goto(f"/o/{order_id}")
    await desk.get_by_role("button", name="接单").click()
    await desk.get_by_label("答复内容").fill("要,带执照到营商服务站。")
    await desk.get_by_role("button", name="发送答复").click()
    await expect(desk.get_by_text("已结案").first).to_be_visible()
    await asker.reload()
    await expect(asker.get_by_text("答复:要,带执照到营商服务站。")).to_be_visible()
    await asker.get_by_label("5 分").check()
    await asker.get_by_role("button", name="提交评价").click()
    await expect(asker.get_by_text("感谢您的评价")).to_be_visible()

    assert await db.fetchval("SELECT rating FROM work_order") == 5
