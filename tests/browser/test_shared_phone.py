"""A phone that others will hold: what it keeps of a reader, and what is left when he or she leaves."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from backend import db
from tests.browser.phones import Phones, kept_for_later
from tests.browser.photos import photo_file
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser
_SESSIONS_OF_REPORTER = """
    SELECT count(*) FROM session s JOIN work_order o ON o.opened_by_id = s.account_id WHERE s.revoked_at IS NULL
"""
WORDS = "三楼张家门口的电瓶车"
_KEPT_PAGES = """async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) kept.push(new URL(request.url).pathname);
  }
  return kept.filter(path => !path.startsWith('/static/'));
}"""
_OUTBOX = """() => new Promise((done, failed) => {
  const request = indexedDB.open('yima', 1);
  request.onupgradeneeded = () => request.result.createObjectStore('outbox', { keyPath: 'id' });
  request.onerror = failed;
  request.onsuccess = () => {
    const all = request.result.transaction('outbox').objectStore('outbox').getAll();
    all.onsuccess = () => { request.result.close(); done(JSON.stringify(all.result)); };
  };
})"""


async def test_a_residents_phone_keeps_no_link_and_no_words_and_forgets_on_demand(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.take()
    await _report(phone, town, tmp_path)
    await phone.get_by_role("link", name="查看进度").click()
    await phone.wait_for_url("**/r/*")
    link = phone.url
    await kept_for_later(phone, "/offline")

    assert [path for path in await phone.evaluate(_KEPT_PAGES) if path.startswith("/r/")] == []
    assert WORDS not in await phone.evaluate(_OUTBOX)
    await phone.get_by_text("忘记此手机").first.click()
    await phone.get_by_role("button", name="忘记此手机").click()

    await expect(phone.get_by_text("这部手机已不记得您了")).to_be_visible()
    assert await phone.evaluate(_OUTBOX) == "[]"
    assert await db.fetchval(_SESSIONS_OF_REPORTER) == 0
    await phone.goto(f"/q/{town.code}")
    await expect(phone.get_by_text("您已上报")).to_have_count(0)
    await phone.goto(link)
    await expect(phone.get_by_text("已派单").first).to_be_visible()


async def test_whoever_signs_out_is_told_what_is_unsent_and_leaves_nothing(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.staff(town.handlers[0])
    await phone.route("**/api/v1/photos", lambda route: route.abort())
    await phone.goto(f"/q/{town.code}")
    await _fill(phone, tmp_path)
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.locator("#connection")).to_have_text("1 条待发送")
    asked: list[str] = []
    answers = iter((False, True))

    async def answer(dialog: object) -> None:
        asked.append(dialog.message)  # type: ignore[attr-defined]
        await (dialog.accept() if next(answers) else dialog.dismiss())  # type: ignore[attr-defined]

    phone.on("dialog", answer)

    await phone.get_by_text("更多", exact=True).click()
    await phone.get_by_role("button", name="退出").click()
    await expect(phone.locator("#connection")).to_have_text("1 条待发送")
    assert WORDS in await phone.evaluate(_OUTBOX)
    await phone.get_by_role("button", name="退出").click()
    await expect(phone.get_by_role("link", name="工作人员登录")).to_be_visible()

    assert len(asked) == 2 and "1 条内容没有发送" in asked[0]
    assert await phone.evaluate(_OUTBOX) == "[]"
    assert f"/q/{town.code}" not in await phone.evaluate(_KEPT_PAGES)


async def test_words_are_counted_in_the_box_as_the_server_counts_them(phones: Phones, town: SmallTown) -> None:
    phone = await phones.take()
    await phone.goto(f"/q/{town.code}")
    await phone.get_by_text("补充说明").first.click()
    box = phone.locator("#description")

    await box.fill("😀\n" * 500)
    fits = await box.evaluate("box => box.validity.valid")
    await box.fill("😀\n" * 501)

    assert fits
    assert await box.evaluate("box => box.validationMessage") == "最多 1000 字,请删去 1 字"
    assert len(await box.input_value()) > 1000


async def _fill(phone: Page, folder: Path) -> None:
    await phone.get_by_text("补充说明").first.click()
    await phone.fill("#description", WORDS)
    await phone.set_input_files("#photo-album", photo_file(folder))
    await expect(phone.locator("#photo-thumbs img")).to_be_visible()


async def _report(phone: Page, town: SmallTown, folder: Path) -> None:
    await phone.goto(f"/q/{town.code}")
    await _fill(phone, folder)
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.get_by_text("已收到,编号")).to_be_visible()
