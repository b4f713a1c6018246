"""An inspector's day: a plate is photographed, the camera opens, on to the next, also where there is no network."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from backend import db
from backend.accounts.structs import Role
from tests.browser.phones import Phones, kept_for_later
from tests.browser.photos import photo_file
from tests.makers.qr import plate_photo
from tests.makers.town import TOWN, SmallTown, make_actor

pytestmark = pytest.mark.browser


async def test_one_plate_many_reports_the_second_without_network(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    inspector = await phones.staff(await make_actor("监督员", Role.INSPECTOR, TOWN), height=667)
    place, today = inspector.locator("input[name=where]:checked"), inspector.locator("#today-count")
    assert inspector.url.endswith("/quick-report")
    assert await _camera_stands_clear(inspector)
    plate = tmp_path / "plate.jpg"
    plate.write_bytes(plate_photo(f"{phones.url}/q/", town.code))

    await inspector.set_input_files("#plate", plate)
    await expect(place).to_have_value(f"code:{town.code}")
    await _send(inspector, tmp_path, 20)
    await expect(today).to_have_text("1")
    await expect(place).to_have_value(f"code:{town.code}")
    await kept_for_later(inspector, "/quick-report")
    await inspector.context.set_offline(True)
    await inspector.reload()
    await expect(place).to_have_value(f"code:{town.code}")
    await _send(inspector, tmp_path, 80)
    await expect(inspector.locator("#unsent-count")).to_have_text("1")
    await expect(today).to_have_text("1")
    await inspector.context.set_offline(False)

    await expect(today).to_have_text("2")
    await expect(inspector.locator("#unsent")).to_be_hidden()
    assert await db.fetchval("SELECT count(*) FROM report WHERE qr_code = $1", town.code) == 2
    await inspector.context.set_offline(True)
    await inspector.evaluate("localStorage.reader = '0,zh-CN,'")
    await inspector.reload()
    await expect(inspector.get_by_text("现在没有网络")).to_be_visible()


async def test_the_camera_is_on_the_first_screen_of_a_small_phone_in_large_type(
    phones: Phones, town: SmallTown
) -> None:
    inspector = await phones.staff(await make_actor("监督员", Role.INSPECTOR, TOWN), width=320, height=568)
    await inspector.context.add_cookies([{"name": "big", "value": "1", "url": phones.url}])

    for path in ("/quick-report", "/self-handling"):
        await inspector.goto(path)
        assert await _camera_stands_clear(inspector), path


async def _send(inspector: Page, folder: Path, shade: int) -> None:
    await inspector.set_input_files("#photo-camera", photo_file(folder, shade=shade))
    await expect(inspector.locator("#photo-thumbs img")).to_be_visible()
    await inspector.get_by_role("button", name="提交并继续").click()
    await expect(inspector.locator("#photo-thumbs img")).to_have_count(0)


async def _camera_stands_clear(inspector: Page) -> bool:
    """The camera's button lies on the screen, and nothing lies over its middle."""
    return await inspector.evaluate("""() => {
      const button = document.querySelector('#next-shot, label[for=photo-camera]');
      const box = button.getBoundingClientRect();
      const input = document.getElementById(button.htmlFor);
      const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
      return box.top >= 0 && box.bottom <= innerHeight && box.height >= 60 && (over === input || button.contains(over));
    }""")
