"""Where a code was scanned: told by an inspector's press alone, however much the browser would allow."""

import pytest
from playwright.async_api import Page, expect

from backend import db
from backend.accounts.structs import Role
from tests.browser.phones import Phones
from tests.makers.town import FAR_AWAY, TOWN, SmallTown, make_actor

pytestmark = pytest.mark.browser
SOMEWHERE_ELSE = {"longitude": FAR_AWAY.lng, "latitude": FAR_AWAY.lat, "accuracy": 10}


async def test_a_phone_that_was_allowed_for_something_else_tells_nothing_by_itself(
    phones: Phones, town: SmallTown
) -> None:
    """Allowed for a report by map, say: a scan afterwards reads no position and sends none."""
    phone = await phones.take(geolocation=SOMEWHERE_ELSE, permissions=["geolocation"])
    await phone.add_init_script(COUNT)
    told: list[str] = []
    phone.on("request", lambda request: told.append(request.url) if request.method != "GET" else None)

    await phone.goto(f"/q/{town.code}")
    await phone.wait_for_load_state("networkidle")

    assert await asked(phone) == 0
    assert told == []


async def test_an_inspector_checks_a_plate_with_one_press_that_says_what_becomes_of_it(
    phones: Phones, town: SmallTown
) -> None:
    inspector = await make_actor("网格员", Role.INSPECTOR, TOWN)
    phone = await phones.staff(inspector, geolocation=SOMEWHERE_ELSE, permissions=["geolocation"])
    await phone.goto(f"/q/{town.code}")
    await expect(phone.get_by_text("只记下相距多远,不保存位置")).to_be_visible()

    await phone.get_by_role("button", name="核对门牌位置").click()

    await expect(phone.get_by_text("离登记的地点较远")).to_be_visible()


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
