"""What was chosen and not sent survives a reload, also with a moved pin, and goes when it was sent or is not wanted."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from backend import db
from tests.browser.phones import Phones, until
from tests.browser.photos import photo_file
from tests.makers.town import COMMITTEE, SmallTown

pytestmark = pytest.mark.browser
WORDS = "堵住了楼道口"
HERE = f"/here?area={COMMITTEE}"
ALL = """() => new Promise(done => {
  const request = indexedDB.open('yima', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('outbox', { keyPath: 'id' });
  request.onsuccess = () => {
    const all = request.result.transaction('outbox').objectStore('outbox').getAll();
    all.onsuccess = () => { request.result.close(); done(all.result); };
  };
})"""
KEPT = f"""async ([words, photos, lng]) => (await ({ALL})()).some(item => item.state === 'draft'
  && item.description === words && item.photos.length === photos && (!lng || item.pin.lng === lng))"""
"""Whether the phone holds a draft with these words and so many photos, and with its pin there."""
EMPTY = f"async () => (await ({ALL})()).length === 0"


async def test_a_report_that_was_begun_is_there_after_a_reload_and_gone_once_it_is_sent(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.take()
    await phone.goto(f"/q/{town.code}")
    await expect(phone.locator("#restored")).to_be_hidden()
    await phone.get_by_label("暴露垃圾").check()
    await _write(phone, tmp_path)
    await until(phone, KEPT, [WORDS, 1, ""])

    await phone.reload()

    await expect(phone.locator("#restored")).to_contain_text("已恢复")
    await expect(phone.get_by_label("暴露垃圾")).to_be_checked()
    await expect(phone.locator("#description")).to_have_value(WORDS)
    await expect(phone.locator("#photo-thumbs img")).to_have_count(1)
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    await expect(phone.locator("#outbox").get_by_text(re.compile(r"\d日 \d\d:\d\d 前处置完成。"))).to_have_count(1)
    assert await db.fetchval("SELECT item_id FROM work_order") == "A301"
    assert await db.fetchval("SELECT count(*) FROM photo_attachment") == 1
    await phone.reload()
    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    await expect(phone.locator("#restored")).to_be_hidden()
    assert await phone.input_value("#description") == ""


async def test_a_draft_is_discarded_on_demand_and_erased_when_the_phone_forgets(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.take()
    phone.on("dialog", lambda dialog: dialog.accept())
    await phone.goto(f"/q/{town.code}")
    await _write(phone, tmp_path)
    await until(phone, KEPT, [WORDS, 1, ""])
    await phone.reload()

    await phone.get_by_role("button", name="不要了").click()
    await expect(phone.locator("#photo-thumbs img")).to_have_count(0)
    await expect(phone.locator("#restored")).to_be_hidden()
    await until(phone, EMPTY)
    await _write(phone, tmp_path)
    await until(phone, KEPT, [WORDS, 1, ""])
    await phone.goto("/")
    await phone.locator("#forget summary").click()
    await phone.get_by_role("button", name="忘记此手机").click()

    await expect(phone.get_by_text("这部手机已不记得您了")).to_be_visible()
    await until(phone, EMPTY)


async def test_a_moved_pin_survives_a_reload_and_is_offered_where_one_begins(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.take()
    await phone.goto(HERE)
    before = await phone.input_value("#place-choice [name=lng]")
    await phone.select_option("#item", "A101")
    await _write(phone, tmp_path)
    await phone.locator("input.map").click(position={"x": 160, "y": 136})
    await expect(phone.locator("#place-choice [name=lng]")).not_to_have_value(before)
    moved = await phone.input_value("#place-choice [name=lng]")
    await until(phone, KEPT, [WORDS, 1, moved])

    await phone.reload()
    await expect(phone.locator("#place-choice [name=lng]")).to_have_value(moved)
    await expect(phone.locator("#restored")).to_be_visible()
    await phone.goto("/here")
    await phone.get_by_role("button", name="接着写").click()

    await expect(phone.locator("#place-choice [name=lng]")).to_have_value(moved)
    await expect(phone.locator("#item")).to_have_value("A101")
    await expect(phone.locator("#description")).to_have_value(WORDS)
    await expect(phone.locator("#photo-thumbs img")).to_have_count(1)
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
    east_of_it = "SELECT abs(ST_X(loc::geometry) - $1) < 0.00001 FROM work_order"
    assert await db.fetchval(east_of_it, float(moved))


async def _write(phone: Page, folder: Path) -> None:
    """Words and a photo."""
    if not await phone.locator("#description").is_visible():
        await phone.locator("summary", has_text="补充说明").click()
    await phone.fill("#description", WORDS)
    await phone.set_input_files("#photo-album", photo_file(folder, shade=30))
    await expect(phone.locator("#photo-thumbs img")).to_have_count(1)
