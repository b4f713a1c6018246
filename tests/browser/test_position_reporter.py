"""Where a handler stands: told while on duty, only after the own button said yes to this, and ended by another."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from backend import db
from tests.browser.phones import Phones
from tests.browser.test_plate_check import COUNT, asked
from tests.makers.town import DOOR, SmallTown

pytestmark = pytest.mark.browser
AT_THE_DOOR = {"longitude": DOOR.lng, "latitude": DOOR.lat, "accuracy": 10}


async def test_a_handler_on_duty_is_seen_and_told_so(phones: Phones, town: SmallTown) -> None:
    phone = await phones.staff(town.handlers[0], geolocation=AT_THE_DOOR, permissions=["geolocation"])

    await phone.goto("/work")
    await phone.get_by_role("button", name="开启就近派单").click()

    await expect(phone.get_by_text("您在班,位置正用于")).to_be_visible()
    assert await db.fetchval("SELECT account_id FROM staff_position") == town.handlers[0].account_id


async def test_a_page_opened_again_within_the_minute_says_nothing_new(phones: Phones, town: SmallTown) -> None:
    phone = await phones.staff(town.handlers[0], geolocation=AT_THE_DOOR, permissions=["geolocation"])
    await phone.goto("/work")
    await phone.get_by_role("button", name="开启就近派单").click()
    await expect(phone.get_by_text("您在班,位置正用于")).to_be_visible()
    await db.execute("UPDATE staff_position SET at = at - $1::interval", timedelta(minutes=5))
    before = await db.fetchval("SELECT at FROM staff_position")

    await phone.goto("/work?tab=doing")
    await phone.wait_for_load_state("networkidle")

    assert await db.fetchval("SELECT at FROM staff_position") == before


@pytest.mark.parametrize("who", ["off_duty", "verifier"])
async def test_nobody_else_is_followed(phones: Phones, town: SmallTown, who: str) -> None:
    person = town.handlers[1] if who == "off_duty" else town.verifier
    phone = await phones.staff(person, geolocation=AT_THE_DOOR, permissions=["geolocation"])

    await phone.goto("/work" if who == "off_duty" else "/verify")
    if who == "off_duty":
        await phone.get_by_role("button", name="开启就近派单").click()
    await phone.wait_for_load_state("networkidle")

    assert await db.fetchval("SELECT count(*) FROM staff_position") == 0
    await expect(phone.get_by_text("您在班,位置正用于")).to_be_hidden()


async def test_a_permission_for_something_else_tells_nobody_where_a_handler_stands(
    phones: Phones, town: SmallTown
) -> None:
    """Allowed for a check-in, say: the lists read no position before the own button was pressed."""
    phone = await phones.staff(town.handlers[0], geolocation=AT_THE_DOOR, permissions=["geolocation"])
    await phone.add_init_script(COUNT)

    await phone.goto("/work")

    assert await asked(phone) == 0
    await phone.wait_for_load_state("networkidle")
    assert await db.fetchval("SELECT count(*) FROM staff_position") == 0


async def test_switched_off_nothing_is_sent_and_what_was_kept_is_gone(phones: Phones, town: SmallTown) -> None:
    phone = await phones.staff(town.handlers[0], geolocation=AT_THE_DOOR, permissions=["geolocation"])
    await phone.goto("/work")
    await phone.get_by_role("button", name="开启就近派单").click()
    await expect(phone.get_by_text("您在班,位置正用于")).to_be_visible()

    async with phone.expect_response(lambda answer: answer.request.method == "DELETE" and answer.ok):
        await phone.get_by_role("button", name="关闭,并删除已记的位置").click()

    await expect(phone.get_by_role("button", name="开启就近派单")).to_be_visible()
    assert await db.fetchval("SELECT count(*) FROM staff_position") == 0
