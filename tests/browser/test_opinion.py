"""社情民意 on a phone and at a desk: a warning is opened, judged and taken up, and its order is one tap away."""

import os
import re
from datetime import datetime
from pathlib import Path

import pytest
from playwright.async_api import expect

from backend import db
from backend.accounts.structs import Role
from backend.public_opinion import counting, queueing, towns, vocabulary, warning
from backend.public_opinion.detection.chance import ShuffledPast
from backend.public_opinion.words.found_word import FoundWord
from tests.browser.phones import Phones
from tests.makers.accounts import make_staff
from tests.makers.opinion import MATTERS, outbreak, say, weeks_of
from tests.makers.town import TOWN, SmallTown

pytestmark = pytest.mark.browser


async def test_a_warning_is_opened_judged_and_taken_up_by_an_order(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    await vocabulary.add(TOWN, [FoundWord(matter, 9, False) for matter in MATTERS], now)
    await queueing.note(await say([*weeks_of(now), *outbreak(now)]))
    await counting.count_pending(now)
    await towns.note_replay(TOWN, ShuffledPast((2.5, 3.0), 600), now)
    await warning.warn_in(TOWN, now)
    desk = await phones.staff(await make_staff(Role.DISPATCHER, Role.STREET_ADMIN, area=TOWN), width=1280, height=900)

    await desk.goto("/opinion")
    await expect(desk.get_by_role("heading", name="社情民意")).to_be_visible()
    for width in (1920, 1280, 375):
        await desk.set_viewport_size({"width": width, "height": 900})
        assert await desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await _look(desk, str(width))
    await desk.locator("#warnings ~ .matter").get_by_role("link", name=MATTERS[0]).click()
    await expect(desk.get_by_role("heading", name=MATTERS[0], level=1)).to_be_visible()
    assert await desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await _look(desk, "matter_375")
    await desk.get_by_role("button", name="有用").click()
    await expect(desk.locator("main .tag", has_text="有用").first).to_be_visible()
    await desk.get_by_label("新开治理工单的地点").select_option(index=1)
    await desk.get_by_label("说明").fill("联合整治")
    await desk.get_by_role("button", name="接手").click()
    await expect(desk.locator("main .tag", has_text="已接手").first).to_be_visible()
    await desk.set_viewport_size({"width": 1280, "height": 900})
    await _look(desk, "matter_1280")
    await desk.locator("#record ~ ol a").click()
    await expect(desk).to_have_url(re.compile("/o/[0-9]+"))
    assert await db.fetchval("SELECT verdict || standing FROM emerging_matter") == "usefultaken_up"


async def _look(page: object, name: str) -> None:
    if folder := os.environ.get("OPINION_LOOKS"):
        await page.screenshot(path=Path(folder) / f"opinion_{name}.png", full_page=True)  # type: ignore[attr-defined]
