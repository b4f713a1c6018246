"""A dispatcher decides in the list itself: a request, who does it instead, and which notices are read."""

import re
from datetime import datetime

import pytest
from playwright.async_api import expect

from backend import db
from backend.calendars import service as calendars
from backend.calendars.structs import WeatherLevel
from backend.orders import verbs as orders
from backend.orders.model.inputs import AskExtension
from backend.orders.transitions.transition import TransitionContext
from tests.browser.phones import Phones
from tests.makers.orders import make_accepted
from tests.makers.town import TOWN, SmallTown

pytestmark = pytest.mark.browser


async def test_a_request_is_granted_and_the_order_given_to_the_nearest_without_leaving_the_list(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = await make_accepted(town, now)
    request = AskExtension(minutes=60, reason="堵车")
    await orders.ask_extension(order_id, request, TransitionContext(actor=town.handlers[0], now=now))
    await calendars.set_weather(TOWN, WeatherLevel.RED, now)
    desk = await phones.staff(town.dispatcher, width=1280, height=800)
    await desk.goto("/desk?tab=decision")

    weather = desk.locator(".note", has_text="红色天气预警模式")
    await weather.get_by_role("button").click()
    await expect(weather).to_have_count(0)
    await desk.get_by_role("button", name=re.compile("批准延期 1 小时")).click()
    await expect(desk.get_by_text(re.compile("已批准,新期限"))).to_be_in_viewport()
    await desk.get_by_role("link", name=re.compile("^改派")).click()
    await desk.get_by_role("button", name="改派 巡查员2").click()

    await expect(desk.get_by_text("已改派给巡查员2")).to_be_in_viewport()
    assert "tab=decision" in desk.url
    assert await db.fetchval("SELECT handler_id FROM work_order") == town.handlers[1].account_id
