"""The staff app on a phone: what the browser says of it, its number, shared photos, and the screen on a walk."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, expect

from backend import db
from backend.accounts.structs import Role
from backend.committees.patrols import walking
from tests.browser.phones import PASSWORD, Phones, kept_for_later, until, username_of
from tests.browser.photos import photo_file
from tests.makers.orders import make_order
from tests.makers.patrols import make_beat
from tests.makers.town import TOWN, SmallTown, make_actor

pytestmark = pytest.mark.browser
_BADGES = """
    Object.defineProperty(Navigator.prototype, 'setAppBadge', { value: count => window.noteBadge(count) });
    Object.defineProperty(Navigator.prototype, 'clearAppBadge', { value: () => window.noteBadge(0) });
"""
_OFFER = """() => {
  const offer = new Event('beforeinstallprompt', { cancelable: true });
  offer.prompt = () => { window.isAsked = true; };
  offer.userChoice = Promise.resolve({ outcome: 'accepted' });
  window.dispatchEvent(offer);
  return offer.defaultPrevented;
}"""
_INSTALL = "window.dispatchEvent(new Event('appinstalled'))"
_TAKES_SHARED = """async () => {
  const sharing = await navigator.serviceWorker.getRegistration('/share');
  const find = path => caches.match(path, { ignoreVary: true });
  const page = await find('/share');
  const assets = page ? (await page.text()).match(/(?<=(?:src|href)=")\\/static\\/[\\w.-]+/g) : [];
  const kept = await Promise.all(['/scan?from=app', ...assets].map(find));
  return page && sharing && sharing.active && sharing.active.state === 'activated' && kept.every(Boolean);
}"""
_GALLERY = """site => {
  const made = (tag, properties) => Object.assign(document.createElement(tag), properties);
  const form = made('form', { method: 'post', action: site + '/share', enctype: 'multipart/form-data' });
  form.append(made('input', { type: 'file', name: 'photo', multiple: true, id: 'gallery' }));
  document.body.append(form);
}"""
_OTHER_SITE = "<!doctype html><title>another site</title>"
_HIDES_ITS_NAME = (
    "document.head.append(Object.assign(document.createElement('meta'), { name: 'referrer', content: 'no-referrer' }))"
)
_WAIT = """([owner, items]) => new Promise(done => {
  const opening = indexedDB.open('yima', 1);
  opening.onsuccess = () => {
    const transaction = opening.result.transaction('outbox', 'readwrite');
    const small = { blob: new Blob(['x']) };
    items.forEach(([hours, size], number) => transaction.objectStore('outbox').put({
      id: `shared:${number}`, owner, state: 'draft', name: '', description: '',
      photos: [small, small, small, { blob: { size } }],
      queued_at: new Date(Date.now() - hours * 3600000).toISOString(),
    }));
    transaction.oncomplete = () => { opening.result.close(); done(); };
  };
})"""
"""Shared photos that wait already, by age in hours and bytes of the last photo, which the page does not show."""
_STORED = """() => new Promise(done => {
  const opening = indexedDB.open('yima', 1);
  opening.onsuccess = () => {
    const all = opening.result.transaction('outbox').objectStore('outbox').getAll();
    all.onsuccess = () => {
      opening.result.close();
      done(all.result.map(item => [item.id.split(':')[0], item.photos.length]));
    };
  };
})"""
_AWAKE = """
    window.awake = [];
    class Lock extends EventTarget {
      release() { window.awake.push('released'); this.dispatchEvent(new Event('release')); return Promise.resolve(); }
    }
    const request = kind => { window.awake.push(kind); window.lock = new Lock(); return Promise.resolve(window.lock); };
    Object.defineProperty(Navigator.prototype, 'wakeLock', { value: { request } });
    const getBattery = () => Promise.resolve({ charging: false, level: window.level || 1 });
    Object.defineProperty(Navigator.prototype, 'getBattery', { value: getBattery });
"""


async def test_the_browser_finds_nothing_wrong_with_the_app_and_it_is_offered_once(
    phones: Phones, town: SmallTown
) -> None:
    phone = await phones.staff(town.handlers[0])
    devtools = await phone.context.new_cdp_session(phone)
    found = await devtools.send("Page.getAppManifest")
    wrong = (await devtools.send("Page.getInstallabilityErrors"))["installabilityErrors"]

    assert found["url"].endswith("/app/handler.zh.webmanifest") and found["errors"] == []
    assert [each["errorId"] for each in wrong if each["errorId"] != "in-incognito"] == []
    assert await phone.evaluate(_OFFER)
    await expect(phone.locator("#install-app")).to_be_visible()
    await phone.get_by_role("button", name="放到主屏幕").click()
    await expect(phone.locator("#install-app")).to_be_hidden()
    assert await phone.evaluate("window.isAsked")
    await phone.reload()
    assert not await phone.evaluate(_OFFER)
    await expect(phone.locator("#install-app")).to_be_hidden()


async def test_the_icon_says_how_many_orders_wait_and_nothing_after_signing_out(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    badges: list[int] = []
    phone = await phones.take()
    await phone.context.expose_function("noteBadge", lambda count: badges.append(count))
    await phone.add_init_script(_BADGES)
    await phones.sign_in_at_once(phone, town.handlers[0])
    async with phone.expect_response("**/api/v1/me/open-orders"):
        await phone.goto("/work")

    async with phone.expect_response("**/api/v1/me/open-orders"):
        await make_order(town, now)
    await expect(phone.locator(".order")).to_have_count(1)
    assert badges[-1] == 1
    await phone.get_by_text("更多", exact=True).click()
    await phone.get_by_role("button", name="退出").click()
    await expect(phone.get_by_role("link", name="工作人员登录")).to_be_visible()

    assert badges[-1] == 0


async def test_photos_shared_without_network_become_an_inspectors_report(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.staff(await make_actor("监督员", Role.INSPECTOR, TOWN))
    await _install(phone)
    await kept_for_later(phone, "/quick-report")
    await phone.context.set_offline(True)

    await _share(phone, photo_file(tmp_path, 20), photo_file(tmp_path, 80))
    await phone.wait_for_url("**/quick-report")
    await expect(phone.locator("#photo-thumbs img")).to_have_count(2)
    await _wait_for(phone, [["draft", 2]])
    await phone.reload()
    await expect(phone.locator("#restored")).to_be_visible()
    await expect(phone.locator("#photo-thumbs img")).to_have_count(2)
    await phone.fill("#place-words", town.code)
    await phone.get_by_role("button", name="查找", exact=True).click()
    await expect(phone.locator("input[name=where]:checked")).to_have_value(f"code:{town.code}")
    await phone.get_by_role("button", name="提交并继续").click()
    await expect(phone.locator("#unsent-count")).to_have_text("1")
    await phone.context.set_offline(False)

    await expect(phone.locator("#today-count")).to_have_text("1")
    assert await db.fetchval("SELECT count(*) FROM photo_attachment") == 2


async def test_what_was_shared_after_the_session_had_ended_waits_for_whoever_shared_it_and_for_nobody_else(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    own, other = town.handlers
    phone = await phones.staff(own)
    await kept_for_later(phone, "/offline")
    await _install(phone)
    await phone.context.clear_cookies()

    await _share(phone, photo_file(tmp_path, 20))
    await _sign_in_here(phone, await username_of(other))
    await expect(phone.get_by_text("现在没有等着上报的照片")).to_be_visible()
    await phone.context.clear_cookies()
    await phone.goto("/share")
    await _sign_in_here(phone, await username_of(own))
    await expect(phone.get_by_role("heading", name="1 张照片")).to_be_visible()
    await phone.get_by_role("button", name="扫码或输入门牌码").click()
    await phone.fill("#code", town.code)
    await phone.get_by_role("button", name="打开").click()
    await expect(phone.locator("#photo-thumbs img")).to_have_count(1)
    await phone.get_by_role("button", name="提交").click()
    await expect(phone.get_by_text("已收到,编号")).to_be_visible()

    assert await db.fetchval("SELECT opened_by_id FROM work_order") == own.account_id
    await until(phone, f"async () => (await ({_STORED})()).every(([kind]) => kind !== 'shared')")


async def test_another_site_puts_nothing_on_the_phone_and_no_more_than_the_limit_where_it_hides_its_name(
    phones: Phones, town: SmallTown, tmp_path: Path
) -> None:
    phone = await phones.staff(town.handlers[0])
    await kept_for_later(phone, "/offline")
    await _install(phone)
    elsewhere = _elsewhere(phones.url)
    phones.own_sites.append(elsewhere)
    await phone.context.route(elsewhere, lambda route: route.fulfill(body=_OTHER_SITE, content_type="text/html"))

    await phone.goto(elsewhere)
    await _share(phone, photo_file(tmp_path, 20), to=phones.url)
    await expect(phone.locator("#share-foreign")).to_be_visible()
    await expect(phone.locator("#share-none")).to_be_visible()
    await phone.evaluate(_WAIT, [str(town.handlers[0].account_id), [[25, 1], *[[1, 1]] * 9]])
    assert await _share_unseen(phone, phones.url, photo_file(tmp_path, 20)) == 10
    await expect(phone.locator("#shared-list section")).to_have_count(10)
    assert await _share_unseen(phone, phones.url, photo_file(tmp_path, 80)) == 10
    await expect(phone.locator("#share-full")).to_be_visible()
    await phone.get_by_role("button", name="不要了").last.click()
    await expect(phone.locator("#shared-list section")).to_have_count(9)
    await phone.evaluate(_WAIT, [str(town.handlers[0].account_id), [[25, 1], [1, 119_999_990]]])
    assert await _share_unseen(phone, phones.url, photo_file(tmp_path, 80)) == 9
    await expect(phone.locator("#share-full")).to_be_visible()


async def test_the_screen_stays_on_while_somebody_walks_unless_they_say_no_or_the_battery_is_low(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    beat = await make_beat(now)
    phone = await phones.take()
    await phone.add_init_script(_AWAKE)
    await phones.sign_in_at_once(phone, beat.volunteer)
    await phone.goto(f"/patrols/{beat.task_id}")
    assert await phone.evaluate("window.awake") == []

    await phone.get_by_role("button", name="领取并开始巡查").click()
    await expect(phone.locator("#awake")).to_contain_text("屏幕常亮中")
    await phone.evaluate("window.lock.dispatchEvent(new Event('release'))")
    async with phone.expect_response(lambda answer: "/patrols/" in answer.url):
        await phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    await until(phone, "() => window.awake.length === 2")
    await phone.locator("#awake-switch").uncheck()
    await expect(phone.locator("#awake")).to_contain_text("会按手机设置变暗")
    assert await phone.evaluate("window.awake") == ["screen", "screen", "released"]
    await phone.evaluate("window.level = 0.1")
    await phone.locator("#awake-switch").check()
    await expect(phone.locator("#awake")).to_contain_text("电量不到两成")
    await phone.evaluate("window.level = 1")
    await phone.locator("#awake-switch").uncheck()
    await phone.locator("#awake-switch").check()
    await expect(phone.locator("#awake")).to_contain_text("屏幕常亮中")
    await walking.hand_back(beat.task_id, beat.committee, now)
    await until(phone, "() => window.awake.length === 5")
    assert await phone.evaluate("window.awake.slice(3)") == ["screen", "released"]


async def _install(phone: Page) -> None:
    """As when the browser has just put the app on the home screen."""
    await phone.evaluate(_INSTALL)
    await until(phone, _TAKES_SHARED)


async def _share(phone: Page, *photos: Path, to: str = "") -> None:
    """As the phone's gallery does: a form that opens a page."""
    await phone.evaluate(_GALLERY, to)
    await phone.set_input_files("#gallery", photos)
    await phone.evaluate("document.getElementById('gallery').form.submit()")


def _elsewhere(url: str) -> str:
    """A page of another site, by another name of this machine."""
    return url.replace("127.0.0.1", "localhost") + "/elsewhere"


async def _share_unseen(phone: Page, to: str, photo: Path) -> int:
    """As a site that hides its name: of it the worker sees what it sees of a gallery. Says how many wait then."""
    await phone.goto(_elsewhere(to))
    await phone.evaluate(_HIDES_ITS_NAME)
    await _share(phone, photo, to=to)
    await phone.wait_for_url("**/share?of=*")
    return len(await phone.evaluate(_STORED))


async def _sign_in_here(phone: Page, username: str) -> None:
    await phone.wait_for_url(lambda url: "/sign-in?next=" in url)
    await phone.get_by_label("用户名").fill(username)
    await phone.get_by_label("密码").fill(PASSWORD)
    await phone.get_by_role("button", name="登录", exact=True).click()


async def _wait_for(phone: Page, stored: list[Any]) -> None:
    """Until the phone's outbox holds just these items, by kind and number of photos."""
    await until(phone, f"async wanted => JSON.stringify(await ({_STORED})()) === JSON.stringify(wanted)", stored)
