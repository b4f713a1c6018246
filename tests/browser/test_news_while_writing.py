"""News that arrives while somebody writes: what was opened stays open, what was written stays written."""

from datetime import datetime

import pytest
from playwright.async_api import Page, expect

from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from tests.browser.phones import Phones
from tests.makers.orders import make_accepted
from tests.makers.town import SmallTown

pytestmark = pytest.mark.browser


async def test_a_form_that_was_opened_stays_open_when_the_page_reads_itself_again(
    phones: Phones, town: SmallTown, now: datetime
) -> None:
    order_id = await make_accepted(town, now)
    handler = await _at(phones, town, order_id)
    await handler.locator("#move-ask_extension summary").click()

    await orders.supervise(order_id, "", TransitionContext(actor=town.dispatcher, now=now))

    await expect(handler.locator(".timeline")).to_contain_text("督办")
    await expect(handler.locator("#ask_extension-reason")).to_be_visible()


async def test_what_was_written_is_not_wiped_by_news(phones: Phones, town: SmallTown, now: datetime) -> None:
    order_id = await make_accepted(town, now)
    handler = await _at(phones, town, order_id)
    await handler.locator("#move-ask_suspension summary").click()
    await handler.locator("#ask_suspension-reason").fill("等配件")
    await handler.locator("h1").click()

    await _hear(handler, order_id, town, now)

    await handler.locator("#move-ask_suspension form > button").click()

    await expect(handler.get_by_text("已申请挂账,等待审批")).to_be_visible()
    await expect(handler.locator("#pending-request")).to_contain_text("等配件")


async def _hear(handler: Page, order_id: int, town: SmallTown, now: datetime) -> None:
    """Let news arrive, and let the page have all the time and answers that it needs to act on it."""
    async with handler.expect_event("console", lambda said: said.text == "news"):
        await handler.evaluate("new EventSource('/api/v1/live').onmessage = () => console.log('news')")
        await orders.supervise(order_id, "", TransitionContext(actor=town.dispatcher, now=now))
    for _ in range(3):
        await handler.clock.run_for(2000)
        await handler.evaluate("fetch(location.pathname).then(reply => reply.text())")


async def _at(phones: Phones, town: SmallTown, order_id: int) -> Page:
    handler = await phones.staff(town.handlers[0])
    await handler.clock.install()
    await handler.goto(f"/o/{order_id}")
    return handler
