"""A report by map from a phone: photos made small, kept without network, sent by itself, and put right where it was."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, Route, expect

from backend import db
from tests.browser.phones import Phones
from tests.browser.photos import photo_file
from tests.makers.town import COMMITTEE, DOOR, SmallTown

pytestmark = pytest.mark.browser
OPEN_AT_THE_DOOR = f"""() => {{
  const form = document.createElement('form');
  form.method = 'post'; form.action = '/here';
  for (const [name, value] of [['lng', '{DOOR.lng}'], ['lat', '{DOOR.lat}']]) {{
    const field = document.createElement('input');
    field.name = name; field.value = value; form.append(field);
  }}
  document.body.append(form);
  form.submit();
}}"""
HERE = f"/here?area={COMMITTEE}"
AT_THE_DOOR = {"longitude": DOOR.lng, "latitude": DOOR.lat, "accuracy": 5}


async def test_a_report_by_map_written_offline_is_sent_by_itself(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.take()
    await _write(phone, photo_file(tmp_path))
    await phone.context.set_offline(True)

    await phone.get_by_role("button", name="提交").click()
    await expect(phone.get_by_text("没有网络,已存在手机")).to_be_visible()
    assert await db.fetchval("SELECT count(*) FROM report") == 0
    await phone.context.set_offline(False)

    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    assert await db.fetchval("SELECT count(*) FROM report") == 1
    assert await db.fetchval("SELECT count(*) FROM work_order WHERE place_id = $1", town.place_id) == 1


async def test_its_photos_are_made_small_before_they_are_sent(phones: Phones, town: SmallTown, tmp_path: Path) -> None:
    phone, photo = await phones.take(), tmp_path / "large.jpg"
    Image.effect_noise((2400, 1800), 80).save(photo, quality=95)
    sent: list[int] = []
    await phone.route("**/api/v1/photos", lambda route: _measure(route, sent))
    await _write(phone, photo)

    await phone.get_by_role("button", name="提交").click()

    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    assert sent and max(sent) < photo.stat().st_size / 2


async def test_it_survives_the_closing_of_the_page_and_goes_out_from_where_one_begins(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.take()
    await phone.route("**/api/v1/**", lambda route: route.abort())
    await _write(phone, photo_file(tmp_path))
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.locator("#connection")).to_have_text("1 条待发送")

    await phone.close()
    second = await phone.context.new_page()
    await second.goto("/here")
    await second.evaluate("window.dispatchEvent(new Event('online'))")

    await expect(second.locator("#connection")).to_have_text("在线")
    assert await db.fetchval("SELECT count(*) FROM report") == 1


async def test_a_refused_one_is_put_right_on_its_map_and_not_at_a_door(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.take()
    await phone.route("**/api/v1/reports", _refuse)
    await _write(phone, photo_file(tmp_path))
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.get_by_text("照片太模糊")).to_be_visible()
    await phone.unroute("**/api/v1/reports")

    await phone.goto(f"/q/{town.code}")
    await phone.get_by_role("button", name="修改重发").click()
    await phone.wait_for_url("**/here")
    await phone.get_by_role("button", name="修改重发").click()
    await expect(phone.locator("#photo-thumbs img")).to_be_visible()
    await expect(phone.locator("#item")).to_have_value("A101")
    await phone.get_by_role("button", name="提交").click()

    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    assert await db.fetchval("SELECT count(*) FROM report") == 1


async def test_a_missing_photo_is_said_before_anything_is_kept(phones: Phones, town: SmallTown) -> None:
    phone = await phones.take()
    await phone.goto(HERE)
    await phone.select_option("#item", "A101")

    await phone.get_by_role("button", name="提交").click()

    await expect(phone.locator("#form-message")).to_be_visible()
    await expect(phone.locator("#outbox")).to_be_hidden()


async def test_a_tap_on_the_map_moves_the_pin_and_leaves_the_rest_alone(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.take(geolocation=AT_THE_DOOR, permissions=["geolocation"])
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    await _write(phone, photo_file(tmp_path))
    await phone.fill("#description", "三辆车")
    before = await phone.input_value("#place-choice [name=lng]")

    await phone.locator("input.map").click(position={"x": 160, "y": 136})

    await expect(phone.locator("#place-choice [name=lng]")).not_to_have_value(before)
    await expect(phone.locator("#item")).to_have_value("A101")
    await expect(phone.locator("#description")).to_have_value("三辆车")
    await expect(phone.locator("#photo-thumbs img")).to_have_count(1)
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    assert await db.fetchval("SELECT count(*) FROM report") == 1
    assert [url for url in asked if "121." in url] == []


async def test_without_scripts_too_a_moved_pin_keeps_the_form(phones: Phones, town: SmallTown, tmp_path: Path) -> None:
    phone = await phones.take(java_script_enabled=False)
    await phone.goto(HERE)
    await phone.select_option("#item", "A101")
    await phone.fill("#description", "三辆车")
    await phone.set_input_files("#photo-album", photo_file(tmp_path))

    await phone.locator("input.map").click(position={"x": 160, "y": 136})

    await expect(phone.get_by_text("已收到 1 张,无需重选")).to_be_visible()
    await expect(phone.locator("#item")).to_have_value("A101")
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    assert "121." not in phone.url


async def _write(phone: Page, photo: Path) -> None:
    await phone.goto("/here")
    await phone.evaluate(OPEN_AT_THE_DOOR)
    await phone.wait_for_selector("#report")
    await phone.get_by_label("莲安东路100号").check()
    await phone.select_option("#item", "A101")
    await phone.set_input_files("#photo-album", photo)
    await expect(phone.locator("#photo-thumbs img")).to_be_visible()


async def _measure(route: Route, sent: list[int]) -> None:
    sent.append(len(route.request.post_data_buffer or b""))
    await route.continue_()


async def _refuse(route: Route) -> None:
    problem = {"title": "内容不符合要求", "detail": "照片太模糊", "status": 422, "code": "invalid"}
    await route.fulfill(status=422, json=problem, content_type="application/problem+json")
