"""What a handler asked for and nobody decided lapses when the order is the handler's to do no more."""

import pytest

from backend import db
from backend.duty import service as duty
from backend.orders import verbs as orders
from backend.orders.actions.errors import NoRequest
from backend.orders.assignment.handing_over import hand_over
from backend.orders.desk import DeskFilter, DeskTab, view_desk
from backend.orders.model.inputs import (
    AskExtension,
    AskSuspension,
    Decide,
    Finish,
    Reassign,
    Return,
    ReturnReason,
    Verify,
)
from backend.orders.reads.pending_requests import find_pending_request
from backend.orders.transitions.transition import TransitionContext
from tests.makers.orders import make_on_site, make_photos
from tests.makers.town import SmallTown, make_town

pytestmark = pytest.mark.usefixtures("database")


async def asked(town: SmallTown, now) -> int:
    """An order on site whose handler asked for half an hour more."""
    order_id = await make_on_site(town, now)
    await orders.ask_extension(
        order_id, AskExtension(minutes=30, reason="heavy"), TransitionContext(actor=town.handlers[0], now=now)
    )
    return order_id


async def test_the_next_handler_does_not_inherit_what_the_last_one_asked_for(now):
    town = await make_town(now)
    order_id = await asked(town, now)
    desk, colleague = (
        TransitionContext(actor=town.dispatcher, now=now),
        TransitionContext(actor=town.handlers[1], now=now),
    )
    await orders.reassign(order_id, Reassign(unit_id=town.unit_id, reason="ill"), desk)
    await orders.accept(order_id, colleague)

    with pytest.raises(NoRequest):
        await orders.decide(order_id, Decide(is_granted=True), desk)
    await orders.ask_suspension(order_id, AskSuspension(reason="no ladder"), colleague)

    waiting = await find_pending_request(order_id)
    assert waiting is not None
    assert waiting.kind == "suspension"


async def test_whoever_leaves_leaves_no_request_behind(now):
    town = await make_town(now)
    order_id = await asked(town, now)

    await duty.deactivate(town.handlers[0].account_id, now)
    await hand_over(now)

    assert await find_pending_request(order_id) is None
    assert await db.fetchval("SELECT handler_id FROM work_order WHERE id = $1", order_id) != town.handlers[0].account_id


async def test_a_unit_that_returns_the_order_leaves_no_request_behind(now):
    town = await make_town(now)
    order_id = await make_on_site(town, now)
    handler, verifier = (
        TransitionContext(actor=town.handlers[0], now=now),
        TransitionContext(actor=town.verifier, now=now),
    )
    before, after = await make_photos(town.handlers[0], 2)
    await orders.finish(order_id, Finish(photo_ids=[after], before_photo_ids=[before]), handler)
    await orders.verify(order_id, Verify(result="fail", note="dirty"), verifier)
    await orders.ask_suspension(order_id, AskSuspension(reason="no ladder"), handler)

    await orders.give_back(order_id, Return(reason=ReturnReason.BEYOND_MEANS), handler)

    assert await find_pending_request(order_id) is None


async def test_a_finished_order_waits_for_no_decision(now):
    town = await make_town(now)
    order_id = await asked(town, now)
    waiting = await view_desk(town.dispatcher, DeskFilter(tab=DeskTab.DECISION), now)
    before, after = await make_photos(town.handlers[0], 2)

    await orders.finish(
        order_id,
        Finish(photo_ids=[after], before_photo_ids=[before]),
        TransitionContext(actor=town.handlers[0], now=now),
    )

    decided = await view_desk(town.dispatcher, DeskFilter(tab=DeskTab.DECISION), now)
    assert [order.id for order in waiting.page.items] == [order_id]
    assert decided.page.items == []
    assert await find_pending_request(order_id) is None
