"""Where a check-in fails the page lays open the appeal; the verifier then sees what the arrival rests on."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from backend import db
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from tests.browser.phones import Phones
from tests.browser.photos import photo_file
from tests.makers.orders import make_accepted, state_of
from tests.makers.town import DOOR, SmallTown

pytestmark = pytest.mark.browser
KM_NORTH = {"longitude": DOOR.lng, "latitude": DOOR.lat + 0.01, "accuracy": 10}


async def test_too_far_away_then_an_appeal_with_a_photo_then_the_verifier_sees_it(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    order_id = await make_accepted(town, now)
    handler = await phones.staff(town.handlers[0], geolocation=KM_NORTH, permissions=["geolocation"])
    await handler.goto(f"/o/{order_id}")

    await handler.get_by_role("button", name="到场打卡", exact=True).click()
    await expect(handler.locator("#form-message")).to_contain_text("距离现场 1109 米,需在 80 米以内")
    await _appeal(handler, photo_file(tmp_path, shade=20))

    await expect(handler.get_by_text("已到场打卡")).to_be_visible()
    verifier = await phones.staff(town.verifier)
    await verifier.goto(f"/o/{order_id}")
    card = verifier.locator(".arrival")
    await expect(card).to_contain_text("申诉到场")
    await expect(card).to_contain_text("1109 米(需在 80 米内)")
    await expect(card).to_contain_text("地库没有信号")
    await expect(card.locator("img")).to_have_count(1)


async def test_without_a_position_the_appeal_stands_by_its_photo(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    order_id = await make_accepted(town, now)
    handler = await phones.staff(town.handlers[0])
    await handler.goto(f"/o/{order_id}")

    await handler.get_by_role("button", name="到场打卡", exact=True).click()
    await expect(handler.locator("#form-message")).to_contain_text("可拍照申诉")
    await _appeal(handler, photo_file(tmp_path, shade=20))

    await expect(handler.get_by_text("已到场打卡")).to_be_visible()
    assert await db.fetchval("SELECT method FROM check_in WHERE order_id = $1", order_id) == "appeal"


async def test_an_appeal_is_a_plain_form_and_what_is_missing_is_said_with_the_words_kept(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    order_id = await make_accepted(town, now)
    handler = await phones.staff(town.handlers[0], java_script_enabled=False)
    await handler.goto(f"/o/{order_id}")
    await handler.get_by_text("拍照申诉").first.click()
    await handler.get_by_label("为什么无法打卡").fill("地库没有信号")

    await handler.get_by_role("button", name="提交申诉并到场").click()
    await expect(handler.get_by_role("alert").first).to_contain_text("现场照片 1 张")
    await expect(handler.get_by_label("为什么无法打卡")).to_have_value("地库没有信号")
    await handler.set_input_files("#arrival-camera", photo_file(tmp_path, shade=20))
    await handler.get_by_role("button", name="提交申诉并到场").click()

    await expect(handler.get_by_text("已到场打卡")).to_be_visible()
    assert await state_of(order_id) == "on_site"


async def test_news_waits_while_an_appeal_is_open(phones: Phones, town: SmallTown, now: datetime) -> None:
    """Whoever comes back from the camera finds the words that were written before."""
    order_id = await make_accepted(town, now)
    handler = await phones.staff(town.handlers[0])
    await handler.goto(f"/o/{order_id}")
    await handler.get_by_text("拍照申诉").first.click()
    await handler.get_by_label("为什么无法打卡").fill("地库没有信号")
    await handler.get_by_label("为什么无法打卡").blur()

    await orders.supervise(order_id, "盯一下", TransitionContext(actor=town.dispatcher, now=now))
    await handler.evaluate("window.dispatchEvent(new Event('online'))")
    await expect(handler.get_by_label("为什么无法打卡")).to_have_value("地库没有信号")
    async with handler.expect_request(f"**/o/{order_id}"):
        await handler.get_by_label("为什么无法打卡").fill("")
        await handler.get_by_label("为什么无法打卡").blur()

    await expect(handler.get_by_text("盯一下")).to_be_visible()


async def test_the_code_behind_which_the_page_was_opened_is_the_stronger_proof(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = await make_accepted(town, now - timedelta(minutes=5))
    handler = await phones.staff(town.handlers[0])
    await handler.goto(f"/q/{town.code}")

    await handler.get_by_role("link", name="此处有您的工单").click()
    await handler.get_by_role("button", name="用此码到场打卡").click()

    await expect(handler.locator(".arrival")).to_contain_text("扫码为证")
    assert await db.fetchval("SELECT grade FROM check_in WHERE order_id = $1", order_id) == "strong"


async def _appeal(handler: Page, photo: Path) -> None:
    await handler.get_by_label("为什么无法打卡").fill("地库没有信号")
    await handler.set_input_files("#arrival-camera", photo)
    await expect(handler.locator("#arrival-thumbs li")).to_have_count(1)
    await handler.get_by_role("button", name="提交申诉并到场").click()
