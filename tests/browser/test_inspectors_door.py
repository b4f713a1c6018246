"""An inspector at a door in the rain: what was put right at once goes out when the network is back, in two steps."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from backend import db
from backend.accounts.structs import Role
from tests.browser.phones import Phones
from tests.browser.photos import photo_file
from tests.makers.town import TOWN, SmallTown, make_actor

pytestmark = pytest.mark.browser


async def test_what_was_put_right_without_network_is_reported_and_then_closed(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    inspector = await _at_the_door(phones, town)
    await inspector.context.set_offline(True)

    await _fix(inspector, tmp_path)
    await expect(inspector.locator("#outbox")).to_contain_text("没有网络,已存在手机")
    await inspector.context.set_offline(False)

    await expect(inspector.locator("#kept [data-state=sent]")).to_contain_text("自处理 · 已送达")
    order = await db.fetchrow("SELECT state, description FROM work_order")
    assert order is not None
    assert tuple(order) == ("closed", "已扶正")


async def test_the_second_step_goes_on_from_whichever_page_is_opened_next(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    inspector = await _at_the_door(phones, town)
    await inspector.route("**/api/v1/**", lambda route: route.abort())
    await _fix(inspector, tmp_path)
    await expect(inspector.locator("#net")).to_have_text("1 条待发送")

    await inspector.unroute("**/api/v1/**")
    await inspector.goto("/verify")
    await inspector.evaluate("window.dispatchEvent(new Event('online'))")

    await expect(inspector.locator("#kept [data-state=sent]")).to_contain_text("已送达")
    assert await db.fetchval("SELECT state FROM work_order") == "closed"


async def test_a_missing_moment_is_said_before_anything_is_kept(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    inspector = await _at_the_door(phones, town)
    await inspector.set_input_files("#before_photo_ids-album", photo_file(tmp_path, shade=20))

    await inspector.get_by_role("button", name="上报并结案").click()

    await expect(inspector.locator("#self .say")).to_contain_text("还差 1 张照片")
    await expect(inspector.locator("#net")).to_have_text("在线")


async def _at_the_door(phones: Phones, town: SmallTown) -> Page:
    inspector = await phones.staff(await make_actor("监督员", Role.INSPECTOR, TOWN))
    await inspector.goto(f"/q/{town.code}")
    await inspector.locator("#self-handle summary").click()
    return inspector


async def _fix(inspector: Page, folder: Path) -> None:
    await inspector.set_input_files("#before_photo_ids-album", photo_file(folder, shade=20))
    await inspector.set_input_files("#after_photo_ids-album", photo_file(folder, shade=80))
    await expect(inspector.locator("#after_photo_ids-thumbs img")).to_be_visible()
    await inspector.locator("#self-note").fill("已扶正")
    await inspector.get_by_role("button", name="上报并结案").click()
