"""A field that is missing or refused is marked where it is: in red, the reason beside it, and the reader led there."""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import expect

from backend import db
from tests.browser.phones import Phones
from tests.browser.photos import photo_file
from tests.makers.orders import make_on_site
from tests.makers.photos import jpeg
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser


async def test_a_missing_photo_is_marked_at_the_camera_and_too_many_are_counted(
    phones: Phones, town: SmallTown
) -> None:
    phone = await phones.take()
    await phone.goto(f"/q/{town.code}")
    camera = phone.locator("#photo-camera")

    await phone.get_by_role("button", name="提交").click()
    await expect(phone.locator("#form-message")).to_contain_text("还差 1 张照片")
    await expect(camera).to_have_attribute("aria-invalid", "true")
    await expect(camera).to_be_focused()
    photos = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(80, 60, 20 + n)} for n in range(5)]
    await phone.set_input_files("#photo-album", photos)  # type: ignore[arg-type]

    await expect(phone.locator("#photo-thumbs")).to_contain_text("最多 3 张,有 2 张没有加入")
    await expect(phone.locator("#photo-thumbs img")).to_have_count(3)
    await expect(camera).to_have_attribute("aria-invalid", "false")
    await expect(phone.locator("#form-message")).to_be_hidden()


async def test_without_scripts_the_page_that_comes_back_leads_to_the_field(phones: Phones, town: SmallTown) -> None:
    phone = await phones.take(java_script_enabled=False)
    await phone.goto(f"/q/{town.code}")

    await phone.get_by_role("button", name="提交").click()

    await expect(phone.locator("#photo-problem")).to_contain_text("还缺")
    await expect(phone.locator("#photo-camera")).to_have_attribute("aria-describedby", "photo-problem")
    await expect(phone.locator("#photo-camera")).to_be_in_viewport()


async def test_a_handler_is_led_to_the_photo_that_the_server_misses(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    """The dictionary asks for a second one since the page was read."""
    order_id = await make_on_site(town, now)
    handler = await phones.staff(town.handlers[0])
    await handler.goto(f"/o/{order_id}")
    for stage, shade in (("before", 40), ("after", 90)):
        await handler.set_input_files(f"#{stage}-camera", photo_file(tmp_path, shade=shade))
        await expect(handler.locator(f"#{stage}-thumbs img")).to_be_visible()
    await db.execute("UPDATE item SET after_photos_min = 2 WHERE code = 'A101'")
    try:
        await handler.get_by_role("button", name="提交处置结果").click()

        await expect(handler.locator("#after-camera")).to_have_attribute("aria-invalid", "true")
        await expect(handler.locator("#after-camera")).to_be_focused()
        await expect(handler.locator("#field-problem")).to_contain_text("还缺")
    finally:
        await db.execute("UPDATE item SET after_photos_min = 1 WHERE code = 'A101'")
