"""The outbox: what was written without network is kept on the phone and sent by itself, once."""

from pathlib import Path

import pytest
from playwright.async_api import Page, Route, expect

from backend import db
from tests.browser.phones import Phones, kept_for_later
from tests.browser.photos import photo_file
from tests.makers.code_requests import hanging
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser


async def test_a_report_written_offline_is_sent_by_itself_on_reconnect(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.take()
    await _write(phone, town, photo_file(tmp_path))
    await phone.context.set_offline(True)

    await phone.get_by_role("button", name="提交").click()
    await expect(phone.get_by_text("没有网络,已存在手机")).to_be_visible()
    await expect(phone.locator("#connection")).to_have_text("离线 · 1 条待发送")
    assert await db.fetchval("SELECT count(*) FROM report") == 0
    await phone.context.set_offline(False)

    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    await expect(phone.locator("#connection")).to_have_text("在线")
    assert await db.fetchval("SELECT count(*) FROM report") == 1


async def test_an_unsent_report_survives_the_closing_of_the_page(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.take()
    await phone.route("**/api/v1/**", lambda route: route.abort())
    await _write(phone, town, photo_file(tmp_path))
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.locator("#connection")).to_have_text("1 条待发送")

    await phone.close()
    second = await phone.context.new_page()
    await second.goto(f"/q/{town.code}")

    await second.evaluate("window.dispatchEvent(new Event('online'))")
    await expect(second.get_by_text("已收到,编号")).to_be_visible()


async def test_a_refused_report_stays_with_its_reason_and_can_be_corrected(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await _refused(phones, town, tmp_path)

    await phone.get_by_role("button", name="修改重发").click()
    await expect(phone.locator("#photo-thumbs img")).to_be_visible()
    await phone.get_by_role("button", name="提交").click()

    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    assert await db.fetchval("SELECT count(*) FROM report") == 1


async def test_a_report_that_is_corrected_at_another_door_stays_with_its_own(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await _refused(phones, town, tmp_path)
    other_code, _ = await hanging()
    await phone.goto(f"/q/{other_code}")

    await phone.get_by_role("button", name="修改重发").click()
    await expect(phone.get_by_role("heading", name="莲安东路100号")).to_be_visible()
    await phone.get_by_role("button", name="修改重发").click()
    await phone.get_by_role("button", name="提交").click()

    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    assert await db.fetchval("SELECT array_agg(place_id) FROM work_order") == [town.place_id]


async def test_a_visited_landing_page_opens_again_without_network(phones: Phones, town: SmallTown) -> None:
    phone = await phones.take()
    await phone.goto(f"/q/{town.code}")
    await kept_for_later(phone)
    await phone.context.set_offline(True)

    await phone.reload()

    await expect(phone.get_by_role("heading", name="莲安东路100号")).to_be_visible()


async def test_the_outbox_works_where_service_workers_are_blocked(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.take(service_workers="block")
    await _write(phone, town, photo_file(tmp_path))

    await phone.get_by_role("button", name="提交").click()

    await expect(phone.get_by_text("已收到,编号")).to_be_visible()


async def _write(phone: Page, town: SmallTown, photo: Path) -> None:
    await phone.goto(f"/q/{town.code}")
    await phone.set_input_files("#photo-album", photo)
    await expect(phone.locator("#photo-thumbs img")).to_be_visible()


async def _refused(phones: Phones, town: SmallTown, folder: Path) -> Page:
    """A phone whose report was sent back once; the next one will be taken."""
    phone = await phones.take()
    await phone.route("**/api/v1/reports", _refuse)
    await _write(phone, town, photo_file(folder))
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.get_by_text("照片太模糊")).to_be_visible()
    await phone.unroute("**/api/v1/reports")
    return phone


async def _refuse(route: Route) -> None:
    problem = {"title": "内容不符合要求", "detail": "照片太模糊", "status": 422, "code": "invalid"}
    await route.fulfill(status=422, json=problem, content_type="application/problem+json")
