"""The merchant's word on the tracking page, by plain forms: done, or not done and why."""

from collections.abc import AsyncIterator
from datetime import datetime

import pytest
from playwright.async_api import Page, expect

from backend import db
from tests.browser.phones import Phones
from tests.makers.orders import make_handled, state_of, verified_by
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser


@pytest.fixture
async def order_id(town: SmallTown, now: datetime) -> AsyncIterator[int]:
    async with verified_by("merchant_confirm"):
        yield await make_handled(town, now)


async def opened(phones: Phones, order_id: int, **options: object) -> Page:
    phone = await phones.take(**options)
    await phone.goto("/r/" + await db.fetchval("SELECT tracking_token FROM report WHERE order_id = $1", order_id))
    return phone


@pytest.mark.parametrize("has_scripts", [True, False])
async def test_one_tap_confirms_and_the_rating_is_asked_for(phones: Phones, order_id: int, has_scripts: bool) -> None:
    phone = await opened(phones, order_id, java_script_enabled=has_scripts)

    await phone.get_by_role("button", name="确认已办好").click()

    await expect(phone.get_by_role("heading", name="这次处理您满意吗?")).to_be_visible()
    assert await state_of(order_id) == "closed"


async def test_what_is_not_done_is_said_and_goes_back(phones: Phones, order_id: int) -> None:
    phone = await opened(phones, order_id, java_script_enabled=False)

    await phone.get_by_text("没办好", exact=True).click()
    await phone.get_by_label("哪里没办好?").fill("门口还有两袋")
    await phone.get_by_role("button", name="退回重办").click()

    await expect(phone.get_by_text("核查不通过,正在返工")).to_be_visible()
    assert await state_of(order_id) == "accepted"


async def test_both_answers_are_large_enough_for_a_thumb(phones: Phones, order_id: int) -> None:
    phone = await opened(phones, order_id)

    for answer in (phone.get_by_role("button", name="确认已办好"), phone.locator("#confirm summary")):
        box = await answer.bounding_box()
        assert box is not None
        assert box["height"] >= 44
