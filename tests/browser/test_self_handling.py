"""What an inspector put right at once, in the rain: it goes out when the network is back, in two steps."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from backend import db
from backend.accounts.structs import Role
from qr import codes
from qr import service as qr
from tests.browser.phones import Phones
from tests.browser.photos import photo_file
from tests.makers.qr import make_doors
from tests.makers.town import DEMO_SECRET, TOWN, SmallTown, make_actor

pytestmark = pytest.mark.browser


async def test_what_was_put_right_without_network_is_reported_and_then_closed(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    inspector = await _at_the_door(phones, town)
    await inspector.context.set_offline(True)

    await _fix(inspector, tmp_path)
    await expect(inspector.locator("#outbox")).to_contain_text("没有网络,已存在手机")
    await inspector.context.set_offline(False)

    await expect(inspector.locator("#queued-actions [data-state=sent]")).to_contain_text("自处理 · 已送达")
    order = await db.fetchrow("SELECT state, description FROM work_order")
    assert order is not None
    assert tuple(order) == ("closed", "已扶正")


async def test_the_second_step_goes_on_from_whichever_page_is_opened_next(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    inspector = await _at_the_door(phones, town)
    await inspector.route("**/api/v1/**", lambda route: route.abort())
    await _fix(inspector, tmp_path)
    await expect(inspector.locator("#connection")).to_have_text("1 条待发送")

    await inspector.unroute("**/api/v1/**")
    await inspector.goto("/quick-report")
    await inspector.evaluate("window.dispatchEvent(new Event('online'))")

    await expect(inspector.locator("#queued-actions [data-state=sent]")).to_contain_text("已送达")
    assert await db.fetchval("SELECT state FROM work_order") == "closed"


async def test_the_button_is_the_camera_for_what_is_missing_and_sends_once_both_moments_are_there(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    inspector = await _at_the_door(phones, town)
    shot, send = inspector.locator("#next-shot"), inspector.get_by_role("button", name="上报并结案")
    await expect(shot).to_have_text("拍处置前照片")
    await expect(send).to_be_hidden()

    await inspector.set_input_files("#before_photo_ids-album", photo_file(tmp_path, shade=20))
    await expect(shot).to_have_text("拍处置后照片")
    await inspector.set_input_files("#after_photo_ids-album", photo_file(tmp_path, shade=80))

    await expect(send).to_be_visible()
    await expect(shot).to_be_hidden()


async def test_a_report_that_is_sent_back_is_corrected_with_the_photos_of_both_moments(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    inspector = await _at_the_door(phones, town)
    await inspector.context.set_offline(True)
    await _choose_trash(inspector)
    await _fix(inspector, tmp_path)
    async with _photos_demanded(await inspector.input_value("input[name=item]:checked"), 2):
        await inspector.context.set_offline(False)
        refused = inspector.locator("#outbox [data-state=rejected]")
        await expect(refused).to_contain_text("被退回,文字和照片还在手机里")
        await expect(refused).to_contain_text("还缺:上报照片 1 张")

        await refused.get_by_role("button", name="修改重发").click()
        await expect(inspector.locator("#before_photo_ids-thumbs img")).to_have_count(1)
        await expect(inspector.locator("#after_photo_ids-thumbs img")).to_have_count(1)
        await expect(inspector.locator("#note")).to_have_value("已扶正")
        await inspector.set_input_files("#before_photo_ids-album", photo_file(tmp_path, shade=40))
        await expect(inspector.locator("#before_photo_ids-thumbs img")).to_have_count(2)
        await inspector.get_by_role("button", name="上报并结案").click()

        await expect(inspector.locator("#queued-actions [data-state=sent]")).to_contain_text("自处理 · 已送达")
    order = await db.fetchrow("SELECT state, description FROM work_order")
    assert order is not None
    assert tuple(order) == ("closed", "已扶正")
    shown = await db.fetch("SELECT role, count(*) FROM photo_attachment GROUP BY role ORDER BY role")
    assert [tuple(row) for row in shown] == [("after", 1), ("report", 2)]


async def test_a_report_that_is_sent_back_is_corrected_at_its_own_door(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    inspector = await _at_the_door(phones, town)
    await inspector.context.set_offline(True)
    await _choose_trash(inspector)
    await _fix(inspector, tmp_path)
    other = await _another_door(now)
    async with _photos_demanded(await inspector.input_value("input[name=item]:checked"), 2):
        await inspector.context.set_offline(False)
        await expect(inspector.locator("#outbox [data-state=rejected]")).to_be_visible()
        await inspector.goto(f"/q/{other}")

        await inspector.locator("#outbox").get_by_role("button", name="修改重发").click()

        await inspector.wait_for_url("**/self-handling")
        await inspector.locator("#outbox").get_by_role("button", name="修改重发").click()
        await expect(inspector.locator("input[name=where]:checked")).to_have_value(f"code:{town.code}")


async def test_a_closing_that_is_sent_back_keeps_words_and_photos_until_the_corrected_one_is_taken(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    inspector = await _at_the_door(phones, town)
    await inspector.context.set_offline(True)
    await _fix(inspector, tmp_path, after=20)
    await inspector.context.set_offline(False)
    refused = inspector.locator("#queued-actions [data-state=rejected]")
    await expect(refused).to_contain_text("是同一张")
    await expect(refused).to_contain_text("填写的文字和 1 张照片都还在手机里。 请打开工单,修改后重发。")

    await refused.get_by_role("link", name="打开工单").click()
    await refused.get_by_role("button", name="修改重发").click()
    await expect(inspector.locator("#self_handle-note")).to_have_value("已扶正")
    await inspector.locator("#after_photo_ids-thumbs button").click()
    await inspector.set_input_files("#after_photo_ids-album", photo_file(tmp_path, shade=80))
    await expect(inspector.locator("#after_photo_ids-thumbs img")).to_have_count(1)
    await expect(refused).to_be_visible()
    await inspector.locator("#move-self_handle").get_by_role("button", name="自处理").click()

    await expect(inspector.get_by_text("已自行处理,工单已结案")).to_be_visible()
    await expect(inspector.locator("#queued-actions")).to_be_hidden()
    step = await db.fetchrow("SELECT to_state, note FROM order_step WHERE move = 'self_handle'")
    assert step is not None
    assert tuple(step) == ("closed", "已扶正")


async def _another_door(now: datetime) -> str:
    """The code of another door of the town."""
    (place_id,) = await make_doors(1)
    return (await qr.mint_bound([place_id], keys=codes.keyring(DEMO_SECRET), now=now))[place_id]


@asynccontextmanager
async def _photos_demanded(item: str, count: int) -> AsyncIterator[None]:
    """Let the dictionary ask for more photos with a report meanwhile."""
    change = "UPDATE item SET report_photos_min = $2 WHERE code = $1"
    before = await db.fetchval("SELECT report_photos_min FROM item WHERE code = $1", item)
    await db.execute(change, item, count)
    try:
        yield
    finally:
        await db.execute(change, item, before)


async def _at_the_door(phones: Phones, town: SmallTown) -> Page:
    inspector = await phones.staff(await make_actor("监督员", Role.INSPECTOR, TOWN))
    await inspector.goto(f"/self-handling?code={town.code}")
    return inspector


async def _choose_trash(inspector: Page) -> None:
    """Not what every page chooses beforehand: the server remembers the dictionary for seconds, beyond a test."""
    await inspector.locator("input[name=item][value=A301]").check(force=True)


async def _fix(inspector: Page, folder: Path, *, after: int = 80) -> None:
    await inspector.set_input_files("#before_photo_ids-album", photo_file(folder, shade=20))
    await inspector.set_input_files("#after_photo_ids-album", photo_file(folder, shade=after))
    await expect(inspector.locator("#after_photo_ids-thumbs img")).to_be_visible()
    await inspector.locator("details:has(#note) summary").click()
    await inspector.locator("#note").fill("已扶正")
    await inspector.get_by_role("button", name="上报并结案").click()
