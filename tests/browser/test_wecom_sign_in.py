"""A handler links their account to WeCom on a phone and signs in by it: by the pages, and WeCom's own in between."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.phones import PASSWORD, PATIENCE_MS, sign_in
from tests.browser.test_legible import CHECKS, NARROW, SQUEEZED
from tests.fakes.wecom import FakeWecom
from tests.fixtures.server import running_server
from tests.makers.town import SmallTown, make_town

pytestmark = pytest.mark.browser


@pytest.fixture
async def small_town(database: str, now: datetime) -> SmallTown:
    return await make_town(now)


@pytest.fixture
async def wecom() -> AsyncIterator[FakeWecom]:
    fake = await FakeWecom().start()
    yield fake
    await fake.close()


@pytest.fixture
async def phone(
    chromium: Browser, wecom: FakeWecom, own_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Page]:
    """A phone beside an instance that has WeCom."""
    for name, value in wecom.environment.items():
        monkeypatch.setenv(name, value)
    with running_server(own_database, tmp_path) as (url, _):
        viewport = {"width": 375, "height": 812}
        context = await chromium.new_context(base_url=url, locale="zh-CN", viewport=viewport)
        context.set_default_timeout(PATIENCE_MS)
        yield await context.new_page()
        await context.close()


async def test_one_links_the_own_account_and_signs_in_by_it_from_then_on(
    chromium: Browser, phone: Page, wecom: FakeWecom, small_town: SmallTown
) -> None:
    await sign_in(phone, small_town.handlers[0])
    await phone.goto("/inbox/preferences")
    await phone.get_by_role("link", name="绑定企业微信").click()
    await phone.get_by_label("请再输入一次密码").fill(PASSWORD)
    await phone.get_by_role("button", name="绑定").click()
    await phone.get_by_role("link", name="前往企业微信").click()
    await phone.get_by_role("link", name="zhangsan").click()
    await expect(phone.get_by_role("main")).to_contain_text("已绑定企业微信")

    await phone.context.clear_cookies()
    await phone.goto("/sign-in")
    await phone.get_by_role("link", name="用企业微信登录").click()
    await phone.get_by_role("link", name="zhangsan").click()

    await phone.wait_for_url("**/work")

    wecom.holder, agent = "zhangsan", "Mozilla/5.0 Chrome/107.0 Mobile wxwork/4.1.20"
    inside = await chromium.new_context(base_url=phone.url, locale="zh-CN", user_agent=agent)
    opened = await inside.new_page()
    await opened.goto("/inbox/preferences")

    await expect(opened.get_by_role("heading", level=1)).to_contain_text("通知设置")
    assert urlsplit(opened.url).path == "/inbox/preferences", "inside WeCom nobody looks for a button"
    await inside.close()


async def test_the_pages_can_be_read_and_worked_on_the_smallest_phone(phone: Page, small_town: SmallTown) -> None:
    await phone.goto("/sign-in")
    faults = [f"/sign-in: {each}" for each in await phone.evaluate(CHECKS, 44)]
    await sign_in(phone, small_town.handlers[0])
    await phone.goto("/inbox/wecom?linked=1")
    for step in ("the password", "the link"):
        faults += [f"{step}: {each}" for each in await phone.evaluate(CHECKS, 44)]
        for width in NARROW:
            await phone.set_viewport_size({"width": width, "height": 812})
            if await phone.evaluate("document.documentElement.scrollWidth > innerWidth"):
                faults.append(f"{step}: scrolls sideways at {width} px")
            faults += [f"{step} at {width} px: {each}" for each in await phone.evaluate(SQUEEZED)]
        if step == "the password":
            await phone.get_by_label("请再输入一次密码").fill(PASSWORD)
            await phone.get_by_role("button", name="绑定").click()

    assert faults == []
