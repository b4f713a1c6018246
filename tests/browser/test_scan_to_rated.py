"""The main job in a browser: a scan at a door becomes a finished order, seen by everyone concerned."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from backend import db
from tests.browser.phones import Phones, sign_in
from tests.browser.photos import photo_file
from tests.makers.town import DOOR, SmallTown

pytestmark = pytest.mark.browser
AT_THE_DOOR = {"longitude": DOOR.lng, "latitude": DOOR.lat, "accuracy": 12}


async def test_a_scan_becomes_a_finished_order_that_its_reporter_rates(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    handler = await phones.take(geolocation=AT_THE_DOOR, permissions=["geolocation"])
    await sign_in(handler, town.handlers[0])
    await expect(handler.get_by_text("暂无待接工单")).to_be_visible()
    resident = await phones.take()

    await _report(resident, town.code, photo_file(tmp_path))
    await handler.get_by_role("link", name="非机动车乱停放").click()
    await handler.get_by_role("button", name="接单").click()
    await handler.get_by_role("button", name="到场打卡").click()
    await expect(handler.get_by_text("已到场打卡")).to_be_visible()
    await expect(resident.get_by_text("已到场", exact=True).first).to_be_visible()
    await _finish(handler, photo_file(tmp_path, shade=40), photo_file(tmp_path, shade=90))
    verifier = await phones.staff(town.verifier)
    await expect(verifier.get_by_role("heading", name="处置前后")).to_be_visible()
    await verifier.get_by_role("button", name="核查通过").click()
    await expect(verifier.get_by_text("已通过")).to_be_visible()
    await _rate(resident)

    order = await db.fetchrow("SELECT state, rating FROM work_order")
    assert order is not None
    assert (order["state"], order["rating"]) == ("closed", 5)


async def test_the_exif_of_a_downscaled_photo_reaches_the_server(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    photo = photo_file(tmp_path)
    if photo.parent == tmp_path:
        pytest.skip("no camera's photo at hand: set YIMA_DATA")
    resident = await phones.take()

    await _report(resident, town.code, photo)

    kept = await db.fetchrow(
        "SELECT captured_at, gps IS NOT NULL AS has_gps, greatest(width, height) AS side FROM photo"
    )
    assert kept is not None
    assert kept["captured_at"] is not None
    assert kept["has_gps"]
    assert kept["side"] <= 1600


async def _report(resident: Page, code: str, photo: Path) -> None:
    """Three taps at most, one of them the photo; then the tracking page."""
    await resident.goto(f"/q/{code}")
    await resident.set_input_files("#photo-camera", photo)
    await resident.get_by_role("button", name="提交").click()
    await expect(resident.get_by_text("已收到,编号")).to_be_visible()
    await resident.get_by_role("link", name="查看进度").click()
    await expect(resident.get_by_text("等待接单")).to_be_visible()


async def _finish(handler: Page, before: Path, after: Path) -> None:
    await handler.set_input_files("#before-camera", before)
    await handler.set_input_files("#after-camera", after)
    await expect(handler.locator("#after-thumbs img")).to_be_visible()
    await handler.get_by_role("button", name="提交处置结果").click()
    await expect(handler.get_by_text("已提交,等待核查")).to_be_visible()


async def _rate(resident: Page) -> None:
    """The page has changed by itself: nobody reloaded it."""
    await expect(resident.locator(".photos figcaption", has_text="处置后")).to_be_visible()
    await resident.get_by_label("非常满意").check()
    await resident.get_by_role("button", name="提交评价").click()
    await expect(resident.get_by_text("感谢您的评价")).to_be_visible()
