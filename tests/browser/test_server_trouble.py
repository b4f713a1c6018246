"""A server in trouble, or a network that answers in its place, is never called a missing network; nothing is lost."""

import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from backend import db
from backend.accounts.structs import Role
from backend.duty import service as duty
from tests.browser.phones import Phones
from tests.browser.photos import photo_file
from tests.makers.duty import make_volunteer
from tests.makers.orders import make_accepted, make_order, state_of
from tests.makers.pool import make_offer, make_pool_town
from tests.makers.town import COMMITTEE, DOOR, SmallTown, make_actor

pytestmark = pytest.mark.browser
AT_THE_DOOR = {"longitude": DOOR.lng, "latitude": DOOR.lat, "accuracy": 12}
ON_PHONE = re.compile(r"服务器暂时有问题,不是您的网络。文字和照片都在手机里,\d\d:\d\d 自动再发。")


async def test_a_report_waits_for_a_server_in_trouble_and_says_so(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    """First a portal answers for the server with a page of its own, then the server fails, then it works."""
    phone = await phones.take()
    await phone.route("**/api/v1/photos", _portal)
    await phone.route("**/api/v1/reports", _fail)
    await phone.goto(f"/q/{town.code}")
    await phone.set_input_files("#photo-album", photo_file(tmp_path, shade=30))
    await expect(phone.locator("#photo-thumbs img")).to_be_visible()

    await phone.get_by_role("button", name="提交").click()
    await expect(phone.locator("#outbox")).to_contain_text(ON_PHONE)
    await phone.unroute("**/api/v1/photos")
    async with phone.expect_response("**/api/v1/reports") as answered:
        await _try_again(phone)
    assert (await answered.value).status == 500
    await expect(phone.locator("#outbox [data-state=queued]")).to_contain_text(ON_PHONE)
    await expect(phone.locator("#outbox")).not_to_contain_text("网络恢复")
    await phone.unroute("**/api/v1/reports")
    await _try_again(phone)

    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    assert await db.fetchval("SELECT count(*) FROM photo") == 1


async def test_a_kept_tap_and_one_that_cannot_be_kept_say_who_has_the_trouble(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    waiting, accepted = (await make_order(town, now)).receipt.order_id, await make_accepted(town, now)
    handler = await phones.staff(town.handlers[0], geolocation=AT_THE_DOOR, permissions=["geolocation"])
    await handler.route("**/api/v1/orders/**", _portal)
    await handler.goto(f"/o/{waiting}")

    await handler.get_by_role("button", name="接单").click()
    await expect(handler.locator("#form-message")).to_contain_text("服务器忙或出了问题")
    await handler.goto(f"/o/{accepted}")
    await handler.get_by_role("button", name="到场打卡").click()

    await expect(handler.locator("#queued-actions")).to_contain_text("服务器暂时有问题(不是您的网络)")
    await expect(handler.locator("#queued-actions")).to_contain_text("自动再发")
    await handler.unroute("**/api/v1/orders/**")
    await _try_again(handler)
    await expect(handler.locator("#queued-actions [data-state=sent]")).to_be_visible()
    assert await state_of(accepted) == "on_site"


async def test_a_grab_that_fails_is_no_missing_network(phones: Phones, now: datetime) -> None:
    town, _ = await make_pool_town(now, volunteers=0)
    await duty.go_on_call(await make_actor("居委", Role.COMMITTEE, COMMITTEE), COMMITTEE, now)
    offer_id = await make_offer(town, now)
    volunteer = await phones.staff(await make_volunteer(now, "王小明"))
    await volunteer.goto("/hall")
    await volunteer.route("**/api/v1/offers/**", _fail)
    card = volunteer.locator(f"#offer-{offer_id}")

    await card.get_by_role("button", name="抢单").click()
    await expect(card).to_contain_text("服务器暂时有问题")
    await volunteer.route("**/hall", _fail)
    await volunteer.evaluate("window.dispatchEvent(new Event('online'))")

    await expect(volunteer.locator("#hall-server")).to_be_visible()
    await expect(volunteer.locator("#hall-offline")).to_be_hidden()


async def test_a_map_that_the_server_does_not_draw_is_no_missing_network(phones: Phones, town: SmallTown) -> None:
    phone = await phones.take()
    await phone.goto("/here")
    await phone.locator(".rows a").first.click()
    await phone.route("**/here", _fail)

    await phone.locator("input.map").click(position={"x": 160, "y": 136})

    await expect(phone.locator("#locate-message")).to_contain_text("服务器暂时有问题,地图没有更新")


async def _try_again(phone: Page) -> None:
    await phone.evaluate("window.dispatchEvent(new Event('online'))")


async def _portal(route: Route) -> None:
    await route.fulfill(status=200, body="<!doctype html><title>请先登录无线网</title>", content_type="text/html")


async def _fail(route: Route) -> None:
    problem = {"title": "服务器出错", "detail": "服务器出错", "status": 500, "code": "internal"}
    await route.fulfill(status=500, json=problem, content_type="application/problem+json")
