"""Where a code was scanned: told by phones that allow it already, and never asked of anybody who reports."""

import pytest
from playwright.async_api import Page, expect

from backend import db
from tests.browser.phones import Phones
from tests.makers.town import FAR_AWAY, SmallTown

pytestmark = pytest.mark.browser
SOMEWHERE_ELSE = {"longitude": FAR_AWAY.lng, "latitude": FAR_AWAY.lat, "accuracy": 10}


async def test_a_phone_that_allows_it_says_how_far_from_the_plate_it_scanned(phones: Phones, town: SmallTown) -> None:
    phone = await phones.take(geolocation=SOMEWHERE_ELSE, permissions=["geolocation"])

    async with phone.expect_response(lambda answer: answer.url.endswith("/scans") and answer.ok) as told:
        await phone.goto(f"/q/{town.code}")

    assert (await (await told.value).json())["grade"] == "far"


async def test_a_phone_that_was_never_asked_is_not_asked_now(phones: Phones, town: SmallTown) -> None:
    phone = await phones.take()
    await phone.add_init_script(COUNT)

    await phone.goto(f"/q/{town.code}")

    await expect(phone.get_by_role("button", name="提交")).to_be_visible()
    assert await asked(phone) == 0
    assert await db.fetchval("SELECT count(*) FROM account WHERE kind = 'device'") == 0


COUNT = """
window.asked = 0;
navigator.geolocation.getCurrentPosition = function () { window.asked += 1; };
"""


async def asked(phone: Page) -> int:
    """How often the page wanted a position, once the browser has told it that there is no permission yet."""
    return await phone.evaluate("navigator.permissions.query({ name: 'geolocation' }).then(() => window.asked)")
