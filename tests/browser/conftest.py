"""Chromium, phones, and a small town whose people can sign in."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from playwright.async_api import Browser, async_playwright, expect

from backend import clock
from tests.browser import headless
from tests.browser.phones import PATIENCE_MS, SEALED_OFF, Phones
from tests.makers.town import SmallTown, make_town

NO_GRAPHICS = "--disable-3d-apis"
"""Drawings stay where maps would be: a graphics card of software is slow, and test_live_map.py has one."""
expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    chromium = headless.program()
    if chromium is None:
        pytest.skip("chromium is not installed: apt install chromium-headless-shell")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=[*SEALED_OFF, NO_GRAPHICS])
        yield browser
        await browser.close()


@pytest.fixture
def now() -> datetime:
    """These tests talk to a process that has its own clock."""
    return clock.now()


@pytest.fixture
async def phones(chromium: Browser, server_url: str, database: str) -> AsyncIterator[Phones]:
    """Phones to be had; no request to any other host is let through, and none may have been tried."""
    opened = Phones(chromium, server_url)
    yield opened
    await opened.close()
    assert opened.foreign_requests == []
    assert opened.script_errors == []


@pytest.fixture
async def town(phones: Phones, now: datetime) -> SmallTown:
    return await make_town(now)
