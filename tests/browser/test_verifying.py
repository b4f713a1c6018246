"""A verifier works through the queue on a phone, and looks at photos over the page by the keyboard alone."""

import re
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.async_api import Page, expect

from backend.orders import verbs as orders
from backend.orders.model.inputs import Finish
from backend.orders.transitions.transition import TransitionContext
from tests.browser.phones import Phones
from tests.makers.orders import make_handled, make_on_site, state_of
from tests.makers.photos import jpeg
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser
SHOWN = """Array.from(document.querySelectorAll('#verdict > details > summary, #order-action button'), each => {
  const box = each.getBoundingClientRect();
  return [box.top, box.bottom, box.height, box.width, innerHeight];
})"""


async def test_a_verifier_goes_from_case_to_case_without_leaving_the_first_screen(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    first, second = await make_handled(town, now), await make_handled(town, now)
    verifier = await phones.staff(town.verifier, height=667)

    await expect(verifier).to_have_url(re.compile(f"/verify/{first}$"))
    await _stand_beside_each_other(verifier, 48)
    slider = verifier.get_by_label("左右滑动,对比处置前后")
    await slider.press("ArrowRight")
    await expect(verifier.locator(".split")).to_have_attribute("style", re.compile("51%"))
    await verifier.get_by_role("button", name="核查通过").click()
    await expect(verifier).to_have_url(re.compile(f"/verify/{second}[?]"))
    await expect(verifier.get_by_text("已通过")).to_be_visible()
    await verifier.get_by_text("不通过", exact=True).click()
    await verifier.get_by_label("问题还在").check()
    await verifier.get_by_role("button", name="退回返工").click()

    await expect(verifier.get_by_text("没有待核查的工单")).to_be_visible()
    await expect(verifier.get_by_text("已退回返工")).to_be_visible()
    assert [await state_of(each) for each in (first, second)] == ["closed", "accepted"]


async def test_both_verdicts_stand_beside_each_other_in_large_type_on_the_narrowest_phone(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = await make_handled(town, now)
    verifier = await phones.staff(town.verifier, width=320, height=667)
    await verifier.context.add_cookies([{"name": "big", "value": "1", "url": phones.url}])

    for path in (f"/verify/{order_id}", f"/o/{order_id}"):
        await verifier.goto(path)
        await _stand_beside_each_other(verifier, 60)


async def test_photos_are_looked_at_over_the_page_by_the_keyboard(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = await make_on_site(town, now)
    handler = await phones.staff(town.handlers[0])
    evidence = Finish(before_photo_ids=[await _upload(handler, 1)], photo_ids=[await _upload(handler, 9)])
    await orders.finish(order_id, evidence, TransitionContext(actor=town.handlers[0], now=now))
    verifier = await phones.staff(town.verifier, width=1280, height=800)
    await verifier.goto(f"/verify/{order_id}")
    link, viewer = verifier.get_by_role("link", name="处置前 1", exact=True), verifier.locator(".viewer[open]")

    await link.focus()
    await verifier.keyboard.press("Enter")
    await expect(viewer.locator("img")).to_have_count(2)
    await expect(viewer.locator("img").last).to_have_js_property("naturalWidth", 800)
    await expect(viewer).to_contain_text("提交于")
    assert await _violations(verifier) == []
    await verifier.keyboard.press("+")
    await expect(viewer.locator("img").first).to_have_attribute("style", re.compile(r"scale\(1\.6\)"))
    await viewer.get_by_role("button", name="前后对照").click()
    await expect(viewer.locator("img")).to_have_count(1)
    await verifier.keyboard.press("ArrowRight")
    await expect(viewer).to_contain_text("第 2 张")
    await verifier.keyboard.press("Escape")
    await expect(viewer).to_have_count(0)
    await expect(link).to_be_focused()

    await verifier.keyboard.press("Enter")
    await expect(viewer).to_have_count(1)
    await verifier.go_back()
    await expect(viewer).to_have_count(0)
    await expect(verifier).to_have_url(re.compile(f"/verify/{order_id}$"))


async def _stand_beside_each_other(page: Page, least_px: int) -> None:
    """Fail and pass, in sight as the page opens, each a target of that size."""
    fail, passed = await page.evaluate(SHOWN)
    assert abs(fail[0] - passed[0]) < 2
    for top, bottom, height, width, screen in (fail, passed):
        assert top >= 0 and bottom <= screen and min(height, width) >= least_px


async def _upload(page: Page, scene: int) -> UUID:
    """Sent to the running server, which keeps the files."""
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": jpeg(800, 600, scene)}
    headers = {"origin": page.url.split("/work")[0], "idempotency-key": uuid4().hex}
    answer = await page.request.post("/api/v1/photos", multipart={"file": photo}, headers=headers)  # type: ignore[dict-item]
    return UUID((await answer.json())["id"])


async def _violations(page: Page) -> list[str]:
    """What axe finds to complain of, where a package that carries it is installed."""
    carrier = find_spec("axe_playwright_python")
    if carrier is None or carrier.origin is None:
        return []
    await page.evaluate((Path(carrier.origin).parent / "axe.min.js").read_text(encoding="utf-8"))
    return await page.evaluate("axe.run().then(result => result.violations.map(each => each.id))")
