"""社情民意 on a phone and at a desk: from a word to an order in two taps, and a warning that is judged."""

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
from backend.public_opinion.words.finding import FoundWord
from tests.browser.phones import Phones
from tests.makers.accounts import make_staff
from tests.makers.opinion import MATTERS, outbreak, say, weeks_of
from tests.makers.town import COMMITTEE, TOWN, SmallTown

pytestmark = pytest.mark.browser


async def test_from_a_matter_to_its_orders_and_what_the_desk_says_of_the_warning(
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
    await _look(desk, "1280")
    await desk.set_viewport_size({"width": 375, "height": 812})
    assert await desk.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await _look(desk, "375")
    await desk.locator("#warnings ~ .matter").get_by_role("button", name="有用").click()
    await expect(desk.locator("#warnings ~ .matter .tag.good")).to_have_text("有用")
    await desk.get_by_label("区域").select_option(COMMITTEE)
    await desk.get_by_role("button", name="查看").click()
    await desk.locator("#matters ~ .matter").get_by_role("link", name="14 张工单").click()
    await expect(desk.get_by_role("heading", name=f"说到“{MATTERS[0]}”的工单")).to_be_visible()
    await _look(desk, "cases")
    await desk.locator("tbody a").first.click()
    await expect(desk).to_have_url(re.compile("/o/[0-9]+"))
    assert await db.fetchval("SELECT verdict FROM emerging_matter") == "useful"


async def _look(page: object, name: str) -> None:
    if folder := os.environ.get("OPINION_LOOKS"):
        await page.screenshot(path=Path(folder) / f"opinion_{name}.png", full_page=True)  # type: ignore[attr-defined]
