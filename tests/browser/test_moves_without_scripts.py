"""Scripts switched off: every further move of an order is a plain form, with what it offers to choose from."""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from backend import db
from backend.accounts.structs import Role
from tests.browser.phones import Phones
from tests.browser.photos import photo_file
from tests.makers.orders import make_accepted, make_closed, make_on_site, make_order, state_of
from tests.makers.town import TOWN, SmallTown, make_actor, make_unit

pytestmark = pytest.mark.browser


async def test_a_handler_asks_for_time_and_the_desk_grants_it(phones: Phones, town: SmallTown, now: datetime) -> None:
    order_id = await make_accepted(town, now)
    handler, desk = await _two(phones, town, order_id)

    await _open(handler, "ask_extension")
    await handler.get_by_label("2 小时").check()
    await handler.locator("#ask_extension-reason").fill("车多")
    await _send(handler, "ask_extension")
    await expect(handler.get_by_text("已申请延期,等待审批")).to_be_visible()
    await desk.reload()
    await expect(desk.get_by_role("heading", name="申请延期 2 小时")).to_be_visible()
    await desk.get_by_label("批准", exact=True).check()
    await desk.get_by_role("button", name="提交审批意见").click()

    await expect(desk.get_by_text("审批意见已提交")).to_be_visible()
    assert await db.fetchval("SELECT minutes FROM order_request WHERE is_granted") == 120


async def test_an_order_is_suspended_resumed_helped_with_and_given_back(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    helper = await make_unit("sanitation", TOWN)
    order_id = await make_accepted(town, now)
    handler, desk = await _two(phones, town, order_id)

    await _say(handler, "ask_suspension", "等配件")
    await desk.reload()
    await desk.get_by_label("批准", exact=True).check()
    await desk.get_by_role("button", name="提交审批意见").click()
    await handler.reload()
    await _open(handler, "resume")
    await _send(handler, "resume")
    await handler.locator("#move-co_handle a").click()
    await handler.get_by_label("哪个单位").select_option(str(helper))
    await handler.locator("#co_handle-reason").fill("需要清扫")
    await _send(handler, "co_handle")
    await expect(handler.get_by_text("已请另一单位协办")).to_be_visible()
    await _open(handler, "return")
    await handler.get_by_label("超出处置能力").check()
    await handler.get_by_label("我已确认").check()
    await _send(handler, "return")

    await expect(handler.get_by_text("已退单")).to_be_visible()
    assert handler.url.endswith("/work?done=return")
    moves = await db.fetch("SELECT move FROM order_step WHERE order_id = $1 AND move <> 'clock' ORDER BY id", order_id)
    assert [row["move"] for row in moves][2:] == ["ask_suspension", "grant_suspension", "resume", "co_handle", "return"]


async def test_the_desk_supervises_urges_and_reassigns_to_a_person(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = (await make_order(town, now)).receipt.order_id
    desk = await _at(phones, town, order_id)

    for move in ("supervise", "urge"):
        await _open(desk, move)
        await _send(desk, move)
    await desk.locator("#move-reassign a").click()
    await desk.locator("#reassign-reason").fill("就近")
    await desk.get_by_label("哪个单位").select_option(str(town.unit_id))
    await desk.get_by_role("button", name="显示该单位的人员").click()
    await expect(desk.locator("#reassign-reason")).to_have_value("就近")
    await desk.get_by_label("指定人员").select_option(label=town.handlers[1].name)
    await _send(desk, "reassign")

    await expect(desk.get_by_text("已改派")).to_be_visible()
    handler_id = await db.fetchval("SELECT handler_id FROM work_order WHERE id = $1", order_id)
    assert handler_id == town.handlers[1].account_id


async def test_orders_are_merged_parted_and_cancelled(phones: Phones, town: SmallTown, now: datetime) -> None:
    order_id, other = (await make_order(town, now)).receipt.order_id, await make_order(town, now)
    desk = await _at(phones, town, order_id)

    await desk.locator("#move-merge a").click()
    await desk.get_by_label(other.receipt.number).check()
    await desk.locator("#merge-reason").fill("同一件事")
    await desk.get_by_label("我已确认:两张").check()
    await _send(desk, "merge")
    await expect(desk.get_by_role("link", name="已并入另一工单")).to_be_visible()
    await _say(desk, "unmerge", "两件事")
    await _open(desk, "cancel")
    await desk.locator("#cancel-reason").fill("误报")
    await desk.get_by_label("我已确认:作废").check()
    await _send(desk, "cancel")

    await expect(desk.get_by_text("已作废,上报人会收到原因")).to_be_visible()
    assert await state_of(order_id) == "cancelled"


async def test_a_call_is_kept_and_what_was_made_safe_is_shown(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    closed, on_site = await make_closed(town, now), await make_on_site(town, now)
    desk = await _at(phones, town, closed)
    handler = await phones.staff(town.handlers[0], java_script_enabled=False)
    await handler.goto(f"/o/{on_site}")

    await _open(desk, "follow_up")
    await desk.get_by_label("未接通").check()
    await _send(desk, "follow_up")
    await _open(handler, "make_safe")
    await handler.set_input_files("#photo_ids-camera", photo_file(tmp_path, shade=20))
    await _send(handler, "make_safe")

    await expect(desk.get_by_text("回访结果已登记")).to_be_visible()
    await expect(handler.get_by_text("已记录现场防护")).to_be_visible()


async def test_an_inspector_reports_and_closes_at_the_door_with_one_form(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    inspector = await phones.staff(await make_actor("监督员", Role.INSPECTOR, TOWN), java_script_enabled=False)
    await inspector.goto(f"/q/{town.code}")
    await inspector.get_by_role("link", name="自处理:当场已解决").click()
    await inspector.set_input_files("#before_photo_ids-camera", photo_file(tmp_path, shade=20))

    await inspector.get_by_role("button", name="上报并结案").click()
    await expect(inspector.get_by_role("alert").first).to_contain_text("还缺:处置后照片")
    assert await db.fetchval("SELECT count(*) FROM work_order") == 0
    await expect(inspector.get_by_text("已收到 1 张,无需重选")).to_be_visible()
    await inspector.set_input_files("#after_photo_ids-camera", photo_file(tmp_path, shade=80))
    await inspector.get_by_role("button", name="上报并结案").click()

    await expect(inspector.get_by_text("已自行处理,工单已结案")).to_be_visible()
    assert await db.fetchval("SELECT state FROM work_order") == "closed"


async def test_a_reporter_urges_and_reopens_by_the_link(phones: Phones, town: SmallTown, now: datetime) -> None:
    fresh, closed = await make_order(town, now), await make_closed(town, now)
    token = await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", closed)
    resident = await phones.take(java_script_enabled=False)

    await resident.goto(f"/r/{fresh.receipt.tracking_token}")
    await resident.get_by_text("催一催").click()
    await resident.get_by_role("button", name="催办").click()
    await expect(resident.get_by_text("后可以再催")).to_be_visible()
    await resident.goto(f"/r/{token}")
    await resident.get_by_text("问题没有解决?").click()
    await resident.get_by_label("哪里没有解决?").fill("还在")
    await resident.get_by_role("button", name="未解决,重新办理").click()

    await expect(resident.get_by_text("已重新办理,有人接单后")).to_be_visible()
    assert await state_of(closed) == "dispatched"


async def _two(phones: Phones, town: SmallTown, order_id: int) -> tuple[Page, Page]:
    handler = await phones.staff(town.handlers[0], java_script_enabled=False)
    await handler.goto(f"/o/{order_id}")
    return handler, await _at(phones, town, order_id)


async def _at(phones: Phones, town: SmallTown, order_id: int) -> Page:
    desk = await phones.staff(town.dispatcher, java_script_enabled=False, width=1280)
    await desk.goto(f"/o/{order_id}")
    return desk


async def _open(page: Page, move: str) -> None:
    await page.locator(f"#move-{move} summary").click()


async def _send(page: Page, move: str) -> None:
    await page.locator(f"#move-{move} form > button[type=submit]").click()


async def _say(page: Page, move: str, reason: str) -> None:
    await _open(page, move)
    await page.locator(f"#{move}-reason").fill(reason)
    await _send(page, move)
