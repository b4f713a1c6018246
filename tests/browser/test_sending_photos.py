"""Photos on their way up: how much was sent is said in steps of five percent; a large one survives a lost link."""

import os
import re
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.async_api import Page, Request, Route, expect

from backend import db
from tests.browser.phones import Phones
from tests.makers.orders import make_on_site, state_of
from tests.makers.photos import encoded, jpeg
from tests.makers.town import COMMITTEE, SmallTown

pytestmark = pytest.mark.browser
_BROKEN_CANVAS = "HTMLCanvasElement.prototype.toBlob = function (done) { done(null); };"
_HEAR = """words => {
  window.heard = [];
  new MutationObserver(() => {
    for (const place of document.querySelectorAll(words)) window.heard.push(place.textContent);
  }).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""


async def test_a_report_says_how_much_of_it_was_sent(phones: Phones, town: SmallTown) -> None:
    phone = await phones.take()
    await phone.goto(f"/q/{town.code}")
    await _choose(phone, "photo", *(_noise(500, 400) for _ in range(3)))
    await phone.evaluate(_HEAR, "[data-state=uploading] strong")

    await phone.get_by_role("button", name="提交").click()

    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    await expect(phone.locator("#outbox")).to_have_attribute("aria-live", "polite")
    _check(await phone.evaluate("window.heard"))


@pytest.mark.parametrize("start", ["door", "map"])
async def test_a_first_phone_on_a_slow_network_gets_its_session_first_and_sends_its_photo_once(
    phones: Phones, town: SmallTown, start: str
) -> None:
    """At 50 KB/s: what went up for photos is the photo, once, and little more."""
    phone = await phones.take()
    await phone.goto(f"/q/{town.code}" if start == "door" else f"/here?area={COMMITTEE}")
    if start == "map":
        await phone.select_option("#item", "A101")
    await _choose(phone, "photo", _noise(300, 200))
    devtools = await phone.context.new_cdp_session(phone)
    slow = {"offline": False, "latency": 100, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
    await devtools.send("Network.enable")
    await devtools.send("Network.emulateNetworkConditions", slow)
    await phone.route("**/*", lambda route: route.continue_())  # or the size of what goes up stays unknown
    sent: list[Request] = []
    phone.on("request", lambda request: sent.append(request) if request.method == "POST" else None)

    await phone.get_by_role("button", name="提交").click()

    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    assert [urlsplit(request.url).path for request in sent] == ["/device-session", "/api/v1/photos", "/api/v1/reports"]
    went_up = [(await request.sizes())["requestBodySize"] for request in sent]
    size = await db.fetchval("SELECT size_bytes FROM photo")
    assert size > 20_000
    assert size < went_up[1] < size + 1000
    assert went_up[0] + went_up[2] < 2000


async def test_a_handler_hears_how_much_of_the_photos_was_sent(phones: Phones, town: SmallTown, now: datetime) -> None:
    order_id = await make_on_site(town, now)
    handler = await phones.staff(town.handlers[0])
    await handler.goto(f"/o/{order_id}")
    await _choose(handler, "before", jpeg(800, 600, 7))
    await _choose(handler, "after", *(_noise(500, 400) for _ in range(2)))
    heard: list[str] = []
    await handler.expose_function("hear", lambda words: heard.append(words))
    await handler.evaluate(_HEAR.replace("window.heard.push", "window.hear"), "#upload-percent")

    await handler.get_by_role("button", name="提交处置结果").click()

    await expect(handler.get_by_text("已提交,等待核查")).to_be_visible()
    assert await state_of(order_id) == "handled"
    _check(heard)


async def test_a_large_photo_goes_on_after_a_lost_link(phones: Phones, town: SmallTown, tmp_path: Path) -> None:
    """A photo that this phone cannot make smaller, sent by pieces; the second piece is lost once."""
    photo = _noise(2200, 1600)
    assert len(photo) > 4 * 1024 * 1024
    phone = await phones.take(service_workers="block")
    await phone.add_init_script(_BROKEN_CANVAS)
    asked: list[tuple[str, str]] = []
    phone.on("request", lambda request: asked.append(_what(request)))
    losses = 0

    async def lose_second(route: Route) -> None:
        nonlocal losses
        pieces = [what for what in asked if what[0] == "PATCH"]
        if route.request.method == "PATCH" and len(pieces) == 2:
            losses += 1
            await route.abort("connectionreset")
        else:
            await route.continue_()

    await phone.route("**/api/v1/uploads/*", lose_second)
    await phone.goto(f"/q/{town.code}")
    assert not [path for _, path in asked if "resumable_upload" in path]
    await _choose(phone, "photo", photo)

    await phone.get_by_role("button", name="提交").click()

    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    assert losses == 1
    assert ("HEAD", "upload") in asked
    assert ("POST", "/api/v1/photos") not in asked
    assert await db.fetchval("SELECT size_bytes FROM photo") == len(photo)


def _what(request: Request) -> tuple[str, str]:
    path = re.sub(r"^\w+://[^/]+", "", request.url)
    return request.method, "upload" if re.match("/api/v1/uploads/", path) else path


def _check(heard: list[str]) -> None:
    """Several steps, none told that is no multiple of five, and never backwards."""
    steps = [int(found[0]) for words in heard if (found := re.findall(r"(\d+)%", words))]
    assert len(set(steps)) >= 3, heard
    assert {step % 5 for step in steps} == {0}
    assert steps == sorted(steps)


def _noise(width: int, height: int) -> bytes:
    """A picture that no encoder can make small."""
    return encoded(Image.frombytes("RGB", (width, height), os.urandom(width * height * 3)), "JPEG", quality=98)


async def _choose(phone: Page, name: str, *contents: bytes) -> None:
    photos = [{"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": content} for content in contents]
    await phone.set_input_files(f"#{name}-album", photos)  # type: ignore[arg-type]
    await expect(phone.locator(f"#{name}-thumbs img")).to_have_count(len(contents))
