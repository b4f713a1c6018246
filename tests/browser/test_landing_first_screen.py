"""A stranger at a door: the camera is on the first screen of every phone, whatever is open here or linked from here."""

from datetime import datetime

import pytest
from playwright.async_api import Page, expect

from tests.browser.phones import Phones
from tests.makers.orders import make_order
from tests.makers.shops import make_storefront_of
from tests.makers.town import DOOR, SmallTown

pytestmark = pytest.mark.browser
SCREENS = ((375, 667), (375, 812), (320, 568))
CAMERA = """() => {
  const box = document.querySelector('label[for=photo-camera]').getBoundingClientRect();
  const inFront = document.elementFromPoint(box.x + box.width / 2, box.bottom - 2);
  const bar = document.querySelector('#report .bar').getBoundingClientRect();
  return {
    isFree: Boolean(inFront && inFront.closest('.photo-input')), height: box.height, bottom: box.bottom, bar: bar.top,
    isOnScreen: box.top >= 0 && box.bottom <= bar.top && bar.bottom <= innerHeight + 1,
  };
}"""


@pytest.mark.parametrize("big", ["0", "1"], ids=["normal", "elder"])
async def test_the_camera_is_on_the_first_screen_of_every_phone(
    phones: Phones, town: SmallTown, now: datetime, big: str
) -> None:
    phone = await phones.take()
    await phone.context.add_cookies([{"name": "big", "value": big, "url": phones.url}])
    faults = await _faults(phone, town, big)
    await make_storefront_of(town)
    for item in ("A101", "A301", "A203", "A201"):
        await make_order(town, now, item=item)

    faults += await _faults(phone, town, big)

    await expect(phone.locator("summary", has_text="此处已有人上报(4)")).to_be_visible()
    await expect(phone.get_by_role("link", name="投诉")).to_have_count(1)
    assert not faults, faults


async def test_what_is_reported_here_unfolds_and_who_is_elsewhere_goes_on_by_map(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    await make_order(town, now)
    phone = await phones.take(java_script_enabled=False)
    await phone.goto(f"/q/{town.code}")
    await expect(phone.get_by_role("button", name="我也遇到")).to_be_hidden()

    await phone.locator("summary", has_text="此处已有人上报(1)").click()

    await expect(phone.get_by_role("button", name="我也遇到")).to_be_visible()
    await phone.get_by_role("button", name="不在这里").click()
    await expect(phone.get_by_role("heading", name="按地图上报")).to_be_visible()
    assert await phone.input_value("#place-choice [name=lng]") == f"{DOOR.lng:.6f}"


async def _faults(phone: Page, town: SmallTown, big: str) -> list[str]:
    """Where the camera is out of sight, behind something or too small."""
    found: list[str] = []
    for width, height in SCREENS:
        await phone.set_viewport_size({"width": width, "height": height})
        await phone.goto(f"/q/{town.code}")
        seen = await phone.evaluate(CAMERA)
        if not seen["isOnScreen"] or not seen["isFree"] or seen["height"] < (60 if big == "1" else 48):
            found.append(f"{width}x{height}: {seen}")
    return found
