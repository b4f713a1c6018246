"""The phone is held to the plate inside the page: chromium takes a film of our own print file for its camera."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
import pytest
from playwright.async_api import Browser, Page, Route, expect

from backend import db
from backend.accounts.structs import Role
from bench.parts import plate_film
from bench.parts.plates_seen import render_plates
from tests.browser import headless
from tests.browser.phones import SEALED_OFF, Phones, kept_for_later
from tests.makers.orders import make_accepted, state_of
from tests.makers.town import TOWN, SmallTown, make_actor

pytestmark = pytest.mark.browser
CAMERA_PATIENCE_MS = 30_000
"""The film is played and looked at by the processor that all tests share."""
SYMBOL_MM, SHARE, FRAME = 75.0, 0.3, (640, 480)
CAMERA = (*SEALED_OFF, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
KNOWS_QR_AND_FAILS = """
window.BarcodeDetector = function () { this.detect = () => Promise.reject(new Error('service unavailable')); };
window.BarcodeDetector.getSupportedFormats = () => Promise.resolve(['qr_code']);
"""
"""Of a browser with the interface, whose service is not there when it is asked."""
HAS_TORCH = """
MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true });
MediaStreamTrack.prototype.applyConstraints = async said => { window.torch = said.advanced[0].torch; };
"""
NO_CAMERA = """
navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', sessionStorage.trouble));
if (sessionStorage.trouble === 'insecure') {
  Object.defineProperty(navigator, 'mediaDevices', { value: undefined });
  Object.defineProperty(window, 'isSecureContext', { value: false });
}
"""
TROUBLES = {
    "NotAllowedError": "浏览器没有得到相机许可",
    "NotFoundError": "没有找到可用的相机",
    "NotReadableError": "相机正被别的程序占用",
    "insecure": "本网址不是 https",
}
SLOW_TO_SAY_WHAT_IT_KNOWS = """
window.threads = new Set();
window.Worker = class extends Worker {
  constructor(address) { super(address); window.threads.add(this); }
  terminate() { window.threads.delete(this); super.terminate(); }
};
window.BarcodeDetector = function () {};
window.BarcodeDetector.getSupportedFormats = () => new Promise(done => { window.say = done; });
"""
ANSWER = "async () => { window.say([]); await new Promise(done => setTimeout(done)); return window.threads.size; }"
"""The browser says that it knows no formats; how many threads run once that has been heard."""
HAS_SCANNER = """() => new Promise(done => {
  const look = async () => {
    const all = await Promise.all((await caches.keys()).map(async name => (await caches.open(name)).keys()));
    const parts = all.flat().filter(request => /[/](scanner|plate_reader|zxing_reader)[.]/.test(request.url));
    if (parts.length >= 5) done(); else setTimeout(look, 50);
  };
  look();
})"""
FORGETS = """async () => {
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) if (request.url.includes('/static/')) await cache.delete(request);
  }
}"""
"""What an update does to what the phone keeps."""


@pytest.fixture
async def held_before(chromium: Browser, server_url: str, tmp_path: Path) -> AsyncIterator[Callable]:
    """Phones whose camera sees a plate with this address."""
    opened: list[tuple[Browser, Phones]] = []

    async def hold(address: str) -> Phones:
        [plate] = render_plates(SYMBOL_MM, [address])
        pictures = plate_film.film(
            plate, SYMBOL_MM, SHARE, seconds=0.7, size=FRAME, chance=np.random.default_rng(3), hand=plate_film.STEADY
        )
        film = plate_film.write(tmp_path / f"{len(opened)}.mjpeg", pictures)
        browser = await chromium.browser_type.launch(
            executable_path=headless.program(), args=[*CAMERA, f"--use-file-for-fake-video-capture={film}"]
        )
        opened.append((browser, Phones(browser, server_url)))
        return opened[-1][1]

    yield hold
    for browser, phones in opened:
        await phones.close()
        await browser.close()
        assert (phones.foreign_requests, phones.script_errors) == ([], [])


async def test_a_handler_points_the_camera_at_the_plate_and_is_on_site(
    phones: Phones, town: SmallTown, held_before: Callable, now: datetime
) -> None:
    order_id = await make_accepted(town, now)
    street = await held_before(f"{phones.url.upper()}/Q/{town.code}")
    phone = await street.take()
    await phone.add_init_script(KNOWS_QR_AND_FAILS)
    await street.sign_in_at_once(phone, town.handlers[0])
    await phone.goto(f"/o/{order_id}")

    await phone.get_by_role("button", name="扫一扫").click()

    await expect(phone.get_by_text("已到场打卡")).to_be_visible(timeout=CAMERA_PATIENCE_MS)
    assert await state_of(order_id) == "on_site"
    arrival = await db.fetchrow("SELECT method, grade, doubts FROM check_in WHERE order_id = $1", order_id)
    assert tuple(arrival) == ("code", "strong", []), "read just now, as a scan that opened the plate's page"


async def test_somebody_elses_code_is_told_and_typing_is_one_press_away(
    phones: Phones, town: SmallTown, held_before: Callable
) -> None:
    inspector = await make_actor("网格员", Role.INSPECTOR, TOWN)
    street = await held_before(f"https://pay.example/q/{town.code}")
    phone = await street.take()
    await phone.add_init_script(HAS_TORCH)
    await street.sign_in_at_once(phone, inspector)
    await phone.goto("/codes")
    scan = phone.get_by_role("button", name="扫一扫")

    await scan.focus()
    await phone.keyboard.press("Enter")

    await expect(phone.get_by_role("dialog").get_by_role("status")).to_have_text(
        "这不是本市的门牌码,请对准门牌上的码。", timeout=CAMERA_PATIENCE_MS
    )
    await phone.get_by_role("button", name="手电筒").click()
    await expect(phone.get_by_role("button", name="手电筒", pressed=True)).to_be_visible()
    assert await phone.evaluate("window.torch")
    await phone.get_by_role("button", name="手工输入").focus()
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_role("dialog")).to_have_count(0)
    await expect(phone.locator("#code")).to_be_focused()


async def test_without_camera_and_network_after_an_update_a_photo_of_the_plate_is_read_on_the_phone(
    phones: Phones, town: SmallTown, now: datetime, tmp_path: Path
) -> None:
    order_id = await make_accepted(town, now)
    phone = await phones.take()
    await phones.sign_in_at_once(phone, town.handlers[0])
    await phone.goto(f"/o/{order_id}")
    await kept_for_later(phone, "/offline")
    scan = phone.get_by_role("button", name="扫一扫")
    await scan.click()
    said = phone.get_by_role("dialog").get_by_role("status")
    await expect(said).to_contain_text("或手工输入 12 位码")
    await phone.evaluate(HAS_SCANNER)
    await phone.evaluate(FORGETS)
    await phone.reload()
    await phone.evaluate(HAS_SCANNER)
    await phone.context.set_offline(True)

    await scan.click()
    await expect(said).to_contain_text("或手工输入 12 位码")
    await phone.locator("#scanner-photo").set_input_files(photo_of(f"{phones.url}/q/{town.code}", tmp_path))

    await expect(phone.locator("#queued-actions [data-state=queued]")).to_be_visible()
    assert await state_of(order_id) == "accepted"


async def test_what_stands_in_the_way_of_the_camera_is_said(phones: Phones, town: SmallTown) -> None:
    phone = await phones.take()
    await phone.add_init_script(NO_CAMERA)
    for trouble, words in TROUBLES.items():
        await phone.goto("/")
        await phone.evaluate(f"sessionStorage.trouble = '{trouble}'")
        await phone.reload()

        await phone.get_by_role("button", name="扫一扫").click()

        await expect(phone.get_by_role("dialog").get_by_role("status")).to_contain_text(words)


async def test_closed_before_a_decoder_was_chosen_no_thread_is_left_over(phones: Phones, town: SmallTown) -> None:
    phone = await phones.take(service_workers="block")
    await phone.add_init_script(SLOW_TO_SAY_WHAT_IT_KNOWS)
    await phone.goto("/")
    scan = phone.get_by_role("button", name="扫一扫")

    await scan.click()
    await phone.get_by_role("button", name="手工输入").click()
    await expect(phone.locator("dialog")).to_have_count(0)
    assert await phone.evaluate(ANSWER) == 0
    await scan.click()
    await expect(phone.get_by_role("dialog")).to_be_visible()
    assert await phone.evaluate(ANSWER) == 1
    await phone.get_by_role("button", name="手工输入").click()
    await expect(phone.locator("dialog")).to_have_count(0)
    assert await phone.evaluate("window.threads.size") == 0


async def test_a_browser_too_old_for_the_decoder_is_told_so_and_not_that_there_is_no_network(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.take(service_workers="block")
    await phone.context.route("**/static/zxing_reader.*.js", lambda route: route.abort())
    photo = photo_of(f"{phones.url}/q/{town.code}", tmp_path)
    await phone.goto("/")
    assert "没有下载成功" in await _said_of(phone, photo)

    await phone.context.route("**/static/plate_reader.*", _as_before_2022)
    await phone.reload()
    assert "运行不了识别程序" in await _said_of(phone, photo)


async def _said_of(phone: Page, photo: Path) -> str:
    """What the scanner says in the end of a photo that it was given."""
    await phone.get_by_role("button", name="扫一扫").click()
    said = phone.get_by_role("dialog").get_by_role("status")
    await expect(said).to_contain_text("没有找到可用的相机")
    await phone.locator("#scanner-photo").set_input_files(photo)
    await expect(said).to_contain_text("识别程序")
    return await said.inner_text()


async def _as_before_2022(route: Route) -> None:
    """The policy as it is to a browser that does not know the word `wasm-unsafe-eval`."""
    answer = await route.fetch()
    policy = answer.headers["content-security-policy"]
    assert "'wasm-unsafe-eval'" in policy
    await route.fulfill(
        response=answer, headers=answer.headers | {"content-security-policy": policy.replace("'wasm-unsafe-eval'", "")}
    )


def photo_of(address: str, folder: Path) -> Path:
    """A still photo of the plate."""
    [plate] = render_plates(SYMBOL_MM, [address])
    file = folder / "plate.jpg"
    cv2.imwrite(str(file), plate)
    return file
