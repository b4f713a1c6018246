"""A resident joins a browser with another phone, one of them in large type: sees what is joined, and finds it."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from backend import clock, db
from backend.accounts import service as accounts
from backend.routes.http import cookies
from tests.browser.phones import Phones
from tests.browser.test_legible import CHECKS, NARROW, SQUEEZED
from tests.makers.accounts import keyring
from tests.makers.orders import make_order
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser


async def faults_of(page: Page) -> list[str]:
    """What cannot be read or pressed here, on the smallest phones too."""
    found = [str(each) for each in await page.evaluate(CHECKS, 44)]
    for width in NARROW:
        await page.set_viewport_size({"width": width, "height": 812})
        found += [f"{width} px: {each}" for each in await page.evaluate(SQUEEZED)]
        if await page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"scrolls sideways at {width} px")
    return found


async def test_two_phones_of_one_person_become_one(phones: Phones, town: SmallTown) -> None:
    reported: list[Any] = []
    pages: list[Page] = []
    for _ in range(2):
        device = await accounts.open_device_session(keyring(), clock.now())
        account_id = keyring().open(device.access_token, clock.now()).actor.account_id
        reported.append(await make_order(town, clock.now()))
        await db.execute("UPDATE report SET reporter_id = $1 WHERE id = $2", account_id, reported[-1].receipt.report_id)
        pages.append(await phones.take())
        jar = {cookies.ACCESS: device.access_token, cookies.REFRESH: device.refresh_token}
        held = [{"name": name, "value": value, "url": phones.url} for name, value in jar.items()]
        await pages[-1].context.add_cookies(held)
    phone, browser = pages
    await browser.context.add_cookies([{"name": "big", "value": "1", "url": phones.url}])

    await phone.goto("/")
    await phone.get_by_role("link", name="另一部手机也上报过").click()
    await phone.get_by_role("button", name="显示合并码").click()
    await expect(phone.get_by_role("img", name="合并码")).to_be_visible()
    assert await faults_of(phone) == []
    await browser.goto(await phone.get_by_label("或者在另一部手机上打开").input_value())

    await expect(browser.get_by_text(reported[1].receipt.number)).to_be_visible()
    await expect(browser.get_by_text(reported[0].receipt.number)).to_have_count(0)
    assert browser.url.endswith("/session/merge"), "the token stands in no address"
    assert await faults_of(browser) == []
    await browser.get_by_role("button", name="都是我的,取合并号码").click()
    await expect(browser.get_by_text("还差一步")).to_be_visible()
    assert await faults_of(browser) == []
    assert await db.fetchval("SELECT count(DISTINCT reporter_id) FROM report") == 2

    await phone.get_by_label("另一部手机上的六位号码").fill(await browser.locator(".digits").inner_text())
    await phone.get_by_role("button", name="下一步").click()
    await expect(phone.get_by_text("另一部手机的 1 条上报")).to_be_visible()
    assert await faults_of(phone) == []
    await phone.get_by_role("button", name="都是我的,合并").click()
    await expect(phone.get_by_text("您现在共有 2 条上报")).to_be_visible()
    await browser.get_by_role("link", name="已经输入,查看结果").click()

    await expect(browser.get_by_text("您现在共有 2 条上报")).to_be_visible()
    assert await db.fetchval("SELECT count(DISTINCT reporter_id) FROM report") == 1
