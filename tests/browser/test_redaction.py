"""A verifier paints over a face on the phone, releases a photo, and is shown which pictures came up before."""

import io
from datetime import datetime
from uuid import UUID, uuid4

import pytest
from PIL import Image
from playwright.async_api import Page, expect

from backend import db
from backend.orders import verbs as orders
from backend.orders.model.inputs import Finish
from backend.orders.transitions.transition import TransitionContext
from media.service import comparing
from tests.browser.phones import Phones
from tests.makers.orders import make_on_site
from tests.makers.photos import jpeg
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser


async def test_a_verifier_paints_over_a_face_and_the_old_copy_dies(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id, photo_id = await _finished(phones, town, now)
    verifier = await phones.staff(town.verifier, has_touch=True)
    await verifier.goto(f"/o/{order_id}")
    await verifier.get_by_role("link", name="遮挡 处置后 1").click()
    old = await verifier.locator("#photo").get_attribute("src")

    await _draw(verifier, (0.1, 0.1), (0.5, 0.5))
    await _draw(verifier, (0.6, 0.6), (0.9, 0.9))
    await verifier.get_by_role("button", name="撤销").click()
    await expect(verifier.get_by_text("已画 1 个框")).to_be_visible()
    await verifier.get_by_role("button", name="预览").click()
    await verifier.get_by_role("button", name="遮挡并保存").click()

    await expect(verifier.get_by_text("已遮挡,下面是新的照片")).to_be_visible()
    new = await verifier.locator("#photo").get_attribute("src")
    assert old and new
    assert (await verifier.request.get(old)).status == 410
    picture = Image.open(io.BytesIO(await (await verifier.request.get(new)).body()))
    dark, light = (_brightness(picture, part) for part in (0.3, 0.75))
    assert dark < 20 < light
    await verifier.get_by_label("理由").fill("门牌误拍")
    await verifier.get_by_role("button", name="撤回公开").click()
    await expect(verifier.get_by_text("未公开")).to_be_visible()
    assert (
        await db.fetchval("SELECT reason FROM photo_act WHERE photo_id = $1 AND act = 'withhold'", photo_id)
        == "门牌误拍"
    )


async def test_a_photo_is_painted_over_by_numbers_without_scripts(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id, photo_id = await _finished(phones, town, now)
    verifier = await phones.staff(town.verifier, java_script_enabled=False)
    await verifier.goto(f"/o/{order_id}/photos/{photo_id}/redact")

    await verifier.get_by_role("button", name="遮挡并保存").click()
    await expect(verifier.get_by_role("alert")).to_contain_text("请先在照片上画出")
    await verifier.get_by_text("用数字填写").click()
    for label, percent in (("左 %", "10"), ("上 %", "10"), ("宽 %", "30"), ("高 %", "200")):
        await verifier.get_by_label(label).first.evaluate("field => field.removeAttribute('max')")
        await verifier.get_by_label(label).first.fill(percent)
    await verifier.get_by_role("button", name="遮挡并保存").click()

    await expect(verifier.get_by_text("已遮挡,可公开")).to_be_visible()
    assert '"height": 0.9' in await db.fetchval("SELECT boxes::text FROM photo WHERE id = $1", photo_id)


async def test_a_verifier_is_shown_an_after_photo_that_proved_another_order(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    await _finished(phones, town, now)
    order_id, photo_id = await _finished(phones, town, now)
    await comparing.look_for_alike(photo_id)
    verifier = await phones.staff(town.verifier)

    await verifier.goto(f"/o/{order_id}")

    like = verifier.locator(".similar-photo")
    await expect(like).to_have_count(1)
    await expect(like).to_contain_text("这张处置后照片与另一工单的处置后照片相同")
    await expect(like.locator("img")).to_have_count(2)


async def _finished(phones: Phones, town: SmallTown, now: datetime) -> tuple[int, UUID]:
    """A handled order, and its after photo, which is the same picture each time."""
    order_id = await make_on_site(town, now)
    handler = town.handlers[0]
    page = await phones.staff(handler)
    before, after = await _upload(page, 100 + order_id), await _upload(page, 9)
    await orders.finish(
        order_id, Finish(before_photo_ids=[before], photo_ids=[after]), TransitionContext(actor=handler, now=now)
    )
    return order_id, after


async def _upload(page: Page, scene: int) -> UUID:
    """Sent to the running server, which keeps the files."""
    photo = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": jpeg(800, 600, scene)}
    headers = {"origin": page.url.split("/work")[0], "idempotency-key": uuid4().hex}
    answer = await page.request.post("/api/v1/photos", multipart={"file": photo}, headers=headers)  # type: ignore[dict-item]
    assert answer.ok, await answer.text()
    return UUID((await answer.json())["id"])


def _brightness(picture: Image.Image, part: float) -> int:
    """Of one pixel so far along the picture's diagonal."""
    at = int(picture.width * part), int(picture.height * part)
    return int(picture.convert("L").tobytes()[at[1] * picture.width + at[0]])


async def _draw(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag on the photo, in fractions of its sides."""
    await expect(page.locator("#photo")).to_have_js_property("complete", True)
    await page.locator("#canvas").scroll_into_view_if_needed()
    frame = await page.locator("#canvas").bounding_box()
    assert frame is not None
    await page.mouse.move(frame["x"] + start[0] * frame["width"], frame["y"] + start[1] * frame["height"])
    await page.mouse.down()
    await page.mouse.move(frame["x"] + end[0] * frame["width"], frame["y"] + end[1] * frame["height"], steps=4)
    await page.mouse.up()
