"""A handler's phone: in each state one action on the first screen, from accepting to sending; how photos are taken."""

from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from backend import db
from tests.browser.phones import Phones
from tests.browser.photos import photo_file
from tests.makers.orders import make_order
from tests.makers.town import DOOR, SmallTown

pytestmark = pytest.mark.browser
NEAR_THE_DOOR = {"longitude": DOOR.lng, "latitude": DOOR.lat + 0.0003, "accuracy": 8}
NORMAL, ELDER = (375, 667, "0", 48), (320, 568, "1", 60)
A_CAMERA = """navigator.mediaDevices.getUserMedia = async () => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 480 });
  const pen = canvas.getContext('2d');
  setInterval(() => { for (let i = 0; i < 48; i += 1) {
    pen.fillStyle = `hsl(${i * 97 % 360} 90% ${20 + i * 31 % 60}%)`;
    pen.fillRect(i % 8 * 80, Math.floor(i / 8) * 80, 80, 80);
  } }, 50);
  window.asked = (window.asked || 0) + 1;
  return window.stream = canvas.captureStream(20);
};"""
COVERED = """field => { const bar = document.querySelector('#order-action').getBoundingClientRect();
  return field.getBoundingClientRect().bottom > bar.top && bar.top < innerHeight; }"""


@pytest.mark.parametrize("screen", [NORMAL, ELDER], ids=["375", "320-elder"])
async def test_each_state_has_its_one_action_on_the_first_screen(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path, screen: tuple[int, int, str, int]
) -> None:
    order_id = (await make_order(town, now)).receipt.order_id
    handler = await _phone(phones, town, screen)
    await handler.goto("/work")
    await expect(handler.locator(".order h2")).to_be_in_viewport(ratio=1)
    await handler.get_by_role("link", name="下一步:接单").click()

    await _press(handler, "接单", screen)
    await expect(handler.get_by_text("已接单,请前往现场")).to_be_visible()
    await _ask_how_far(handler)
    await _press(handler, "到场打卡", screen)
    await expect(handler.get_by_text("已到场打卡")).to_be_visible()
    await handler.locator("#note").focus()
    assert not await handler.locator("#note").evaluate(COVERED)
    await _choose(handler, "拍处置前照片", screen, photo_file(tmp_path, shade=40))
    if screen is NORMAL:
        await _shoot(handler, screen)
    else:
        await _choose(handler, "拍处置后照片", screen, photo_file(tmp_path, shade=90))
    await _press(handler, "提交处置结果", screen)

    await expect(handler.get_by_text("已提交,等待核查")).to_be_visible()
    timed = "SELECT count(*) FROM photo WHERE captured_at BETWEEN now() - interval '1 minute' AND now()"
    assert await db.fetchval(timed) == (1 if screen is NORMAL else 0)
    assert await db.fetchval("SELECT state FROM work_order WHERE id = $1", order_id) == "handled"


async def _phone(phones: Phones, town: SmallTown, screen: tuple[int, int, str, int]) -> Page:
    width, height, big, _ = screen
    at_the_door = {"geolocation": NEAR_THE_DOOR, "permissions": ["geolocation"]}
    handler = await phones.staff(town.handlers[0], width=width, height=height, **at_the_door)
    await handler.context.add_cookies([{"name": "big", "value": big, "url": phones.url}])
    if screen is NORMAL:
        await handler.add_init_script(A_CAMERA)
    return handler


async def _press(handler: Page, name: str, screen: tuple[int, int, str, int]) -> None:
    button = handler.get_by_role("button", name=name, exact=True)
    await _check(handler, button, screen)
    await button.click()


async def _check(handler: Page, action: Locator, screen: tuple[int, int, str, int]) -> None:
    """Wholly on the first screen, and as large as a thumb."""
    await expect(action).to_be_visible()
    await handler.evaluate("scrollTo(0, 0)")
    await expect(action).to_be_in_viewport(ratio=1)
    box = await action.bounding_box()
    assert box is not None and box["height"] >= screen[3]


async def _ask_how_far(handler: Page) -> None:
    """Said after a press alone; from then on by itself."""
    await expect(handler.locator("#away")).to_be_hidden()
    await handler.get_by_role("button", name="离我多远").click()
    await expect(handler.locator("#away")).to_have_text("直线约 30 米,在南边")
    await handler.reload()
    await expect(handler.locator("#away")).to_have_text("直线约 30 米,在南边")


async def _choose(handler: Page, name: str, screen: tuple[int, int, str, int], photo: Path) -> None:
    """By the phone's own camera: nothing to lay over it, or the browser's is not to be had."""
    async with handler.expect_file_chooser() as opened:
        await _press(handler, name, screen)
    await (await opened.value).set_files(photo)


async def _shoot(handler: Page, screen: tuple[int, int, str, int]) -> None:
    """In the page, with the photo of before over the picture; no camera was asked for until the press."""
    assert await handler.evaluate("window.asked") is None
    await _press(handler, "拍处置后照片", screen)
    await expect(handler.locator("dialog .guide")).to_have_js_property("complete", value=True)
    assert str(await handler.locator("dialog .guide").get_attribute("src")).startswith("blob:")
    await handler.locator("dialog").get_by_role("button", name="拍照", exact=True).click()
    await expect(handler.locator("dialog")).to_have_count(0)
    assert await handler.evaluate("stream.getTracks().map(track => track.readyState)") == ["ended"]
