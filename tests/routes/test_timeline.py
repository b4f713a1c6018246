"""An order's page tells what the clocks did and which rungs rang, to those who work here."""

from datetime import datetime, timedelta

import httpx

from backend.orders import verbs as orders
from backend.orders.deadlines.escalation import escalating
from backend.orders.model.inputs import AskExtension, Decide
from backend.orders.transitions.transition import TransitionContext
from tests.makers.accounts import bearer
from tests.makers.orders import make_accepted
from tests.makers.town import make_town

HTML = {"accept": "text/html"}


async def test_an_extension_shows_old_and_new_limit_folded_in_the_line_of_time(
    client: httpx.AsyncClient, now: datetime
) -> None:
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await orders.ask_extension(
        order_id, AskExtension(minutes=60, reason="缺车"), TransitionContext(actor=town.handlers[0], now=now)
    )
    await orders.decide(order_id, Decide(is_granted=True), TransitionContext(actor=town.dispatcher, now=now))

    answer = await client.get(f"/o/{order_id}", headers=HTML | bearer(town.dispatcher))

    story = answer.text.split('<ol class="timeline">', 1)[1].split("</ol>", 1)[0]
    assert "时限调整:批准延期" in story
    assert "<details><summary>2 项变化</summary>" in story
    assert "处置:2021-07-18 09:07 → 2021-07-18 10:07" in story


async def test_a_rung_that_rang_stands_in_the_line_of_staff_and_not_in_the_reporters(
    client: httpx.AsyncClient, now: datetime
) -> None:
    town = await make_town(now)
    order_id = await make_accepted(town, now)
    await escalating.escalate_due(now + timedelta(hours=3))

    staff = await client.get(f"/o/{order_id}", headers=HTML | bearer(town.dispatcher))
    reporter = await client.get(f"/o/{order_id}", headers=HTML | bearer(town.resident))

    assert "处置时限已用 100%" in staff.text
    assert "处置时限已用" not in reporter.text
