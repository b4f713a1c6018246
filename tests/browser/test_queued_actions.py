"""Taps without network: kept on the phone, sent in order by themselves, or sent back with the reason."""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import Dialog, Page, expect

from backend import db
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from tests.browser.phones import Phones, sign_in
from tests.browser.photos import photo_file
from tests.makers.orders import make_accepted, make_on_site, state_of
from tests.makers.town import DOOR, FAR_AWAY, SmallTown

pytestmark = pytest.mark.browser
AT_THE_DOOR = {"longitude": DOOR.lng, "latitude": DOOR.lat, "accuracy": 12}
SOMEWHERE_ELSE = {"longitude": FAR_AWAY.lng, "latitude": FAR_AWAY.lat, "accuracy": 10}


async def test_a_whole_visit_without_network_is_sent_in_order_on_reconnect(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    order_id = await make_accepted(town, now)
    handler = await _offline_at(phones, town, order_id, AT_THE_DOOR)

    await handler.get_by_role("button", name="到场打卡").click()
    await expect(handler.locator("#queued-actions [data-state=queued]")).to_contain_text("到场打卡")
    await _finish(handler, tmp_path)
    await expect(handler.locator("#queued-actions [data-state=queued]")).to_have_count(2)
    await expect(handler.locator("#connection")).to_have_text("离线 · 2 条待发送")
    assert await state_of(order_id) == "accepted"
    await handler.context.set_offline(False)

    await expect(handler.locator("#queued-actions [data-state=sent]")).to_have_count(2)
    await expect(handler.locator("#live .tag", has_text="待核查")).to_be_visible()
    steps = await db.fetch("SELECT move, captured_at < at AS is_earlier FROM order_step ORDER BY id DESC LIMIT 2")
    assert [tuple(step) for step in steps] == [("finish", True), ("check_in", True)]


async def test_a_check_in_that_went_out_is_not_asked_for_again_while_the_page_cannot_be_read(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = await make_accepted(town, now)
    handler = await _offline_at(phones, town, order_id, AT_THE_DOOR)
    await handler.get_by_role("button", name="到场打卡").click()
    await expect(handler.locator("#next-action")).to_be_visible()
    await handler.route(f"**/o/{order_id}*", lambda route: route.abort())

    await handler.context.set_offline(False)
    await expect(handler.locator("#queued-actions [data-state=sent]")).to_have_count(1)
    await expect(handler.locator("#next-action")).to_be_visible()
    await expect(handler.locator("#by-code")).to_be_hidden()
    assert await state_of(order_id) == "on_site"

    await handler.unroute(f"**/o/{order_id}*")
    await handler.evaluate("window.dispatchEvent(new Event('online'))")
    await expect(handler.get_by_text("已到场", exact=True)).to_be_visible()
    await expect(handler.get_by_role("button", name="拍处置前照片")).to_be_visible()


async def test_a_tap_that_is_sent_back_says_why_and_photos_from_before_the_arrival_prove_nothing(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    order_id = await make_accepted(town, now)
    handler = await _offline_at(phones, town, order_id, SOMEWHERE_ELSE)
    await handler.get_by_role("button", name="到场打卡").click()
    await _finish(handler, tmp_path)

    await handler.context.set_offline(False)
    await expect(handler.locator("#queued-actions [data-state=rejected]").first).to_contain_text("距离现场")
    await expect(handler.locator("#queued-actions [data-state=rejected]").last).to_contain_text("请先到场打卡")
    await handler.get_by_label("门牌码").fill(town.code)
    await handler.get_by_role("button", name="打卡", exact=True).click()
    await expect(handler.get_by_text("已到场打卡")).to_be_visible()
    await handler.locator("#queued-actions [data-state=rejected]", has_text="处置完成").get_by_text("再发一次").click()

    await expect(handler.locator("#queued-actions [data-state=rejected]").last).to_contain_text("之前已上传")
    assert await state_of(order_id) == "on_site"


async def test_an_order_that_went_elsewhere_meanwhile_sends_the_tap_back(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = await make_accepted(town, now)
    handler = await _offline_at(phones, town, order_id, AT_THE_DOOR)
    await handler.get_by_role("button", name="到场打卡").click()
    await expect(handler.locator("#queued-actions [data-state=queued]")).to_be_visible()
    await orders.cancel(order_id, "误报", TransitionContext(actor=town.dispatcher, now=now))

    await handler.context.set_offline(False)

    await expect(handler.locator("#queued-actions [data-state=rejected]")).to_contain_text("派单员已先操作")
    await handler.locator("#queued-actions").get_by_role("button", name="删除").click()
    await expect(handler.locator("#queued-actions")).to_be_hidden()


async def test_what_was_made_safe_without_network_waits_on_the_list_too(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    order_id = await make_on_site(town, now)
    handler = await phones.staff(town.handlers[0])
    await handler.goto(f"/o/{order_id}")
    await handler.route("**/api/v1/**", lambda route: route.abort())
    await handler.locator("#move-make_safe summary").click()
    await handler.set_input_files("#photo_ids-camera", photo_file(tmp_path, shade=30))
    await expect(handler.locator("#photo_ids-thumbs img")).to_be_visible()

    await handler.locator("#move-make_safe button[type=submit]").click()
    await expect(handler.locator("#queued-actions")).to_contain_text("现场防护")
    await expect(handler.locator("#move-make_safe details")).to_be_hidden()
    await handler.goto("/work")
    await expect(handler.locator("#queued-actions")).to_contain_text("现场防护")
    await handler.unroute("**/api/v1/**")
    await handler.evaluate("window.dispatchEvent(new Event('online'))")

    await expect(handler.locator("#queued-actions [data-state=sent]")).to_contain_text("已送达")
    assert await db.fetchval("SELECT made_safe_at IS NOT NULL FROM work_order WHERE id = $1", order_id)


async def test_signing_out_with_unsent_taps_needs_the_network_and_warns_first(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = await make_accepted(town, now)
    handler = await _offline_at(phones, town, order_id, AT_THE_DOOR)
    await handler.get_by_role("button", name="到场打卡").click()
    await expect(handler.locator("#connection")).to_have_text("离线 · 1 条待发送")
    warnings: list[str] = []

    async def hear(dialog: Dialog) -> None:
        warnings.append(dialog.message)
        await dialog.dismiss()

    handler.on("dialog", hear)
    async with handler.expect_event("dialog"):
        await handler.get_by_text("更多", exact=True).click()
        await handler.get_by_role("button", name="退出").click()
    await handler.route("**/api/v1/**", lambda route: route.abort())
    await handler.context.set_offline(False)
    async with handler.expect_event("dialog"):
        await handler.get_by_role("button", name="退出").click()

    assert "没有网络,无法退出" in warnings[0]
    assert "1 条内容没有发送" in warnings[1]
    await expect(handler.locator("#queued-actions")).to_contain_text("到场打卡")


async def test_another_persons_taps_on_the_same_phone_are_not_shown_or_sent(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = await make_accepted(town, now)
    first = await phones.staff(town.handlers[0], geolocation=AT_THE_DOOR, permissions=["geolocation"])
    await first.route("**/api/v1/**", lambda route: route.abort())
    await first.goto(f"/o/{order_id}")
    await first.get_by_role("button", name="到场打卡").click()
    await expect(first.locator("#queued-actions")).to_contain_text("到场打卡")

    await first.context.clear_cookies()
    await sign_in(first, town.handlers[1])
    await first.unroute("**/api/v1/**")
    await first.goto("/work?tab=doing")

    await expect(first.locator("#connection")).to_have_text("在线")
    await expect(first.locator("#queued-actions")).to_be_hidden()
    assert await state_of(order_id) == "accepted"


async def test_a_form_of_the_desk_says_that_it_needs_the_network_and_keeps_its_words(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = await make_accepted(town, now)
    desk = await phones.staff(town.dispatcher)
    await desk.goto(f"/o/{order_id}")
    await desk.locator("#move-supervise summary").click()
    await desk.locator("#supervise-note").fill("盯紧")
    await desk.context.set_offline(True)

    await desk.locator("#move-supervise button").click()
    await expect(desk.locator("#move-supervise .form-message")).to_contain_text("没有提交成功")
    await desk.context.set_offline(False)
    await desk.locator("#move-supervise button").click()

    await expect(desk.get_by_text("已督办")).to_be_visible()
    assert await db.fetchval("SELECT note FROM order_step WHERE move = 'supervise'") == "盯紧"


async def _offline_at(phones: Phones, town: SmallTown, order_id: int, where: dict[str, float]) -> Page:
    handler = await phones.staff(town.handlers[0], geolocation=where, permissions=["geolocation"])
    await handler.goto(f"/o/{order_id}")
    await handler.context.set_offline(True)
    return handler


async def _finish(handler: Page, folder: Path) -> None:
    await handler.set_input_files("#before-camera", photo_file(folder, shade=40))
    await handler.set_input_files("#after-camera", photo_file(folder, shade=90))
    await expect(handler.locator("#after-thumbs img")).to_be_visible()
    await handler.fill("#note", "已扶正")
    await handler.get_by_role("button", name="提交处置结果").click()
