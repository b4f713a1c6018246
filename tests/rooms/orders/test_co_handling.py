"""协办 on both sides: an order lists its sub-orders, a sub-order leads to its parent, as far as the reader sees."""

from datetime import datetime
from typing import NamedTuple

import pytest

from backend.accounts.structs import Actor, Role
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.model.inputs import CoHandle
from backend.orders.reads.views import RelatedOrder
from backend.orders.transitions.transition import TransitionContext
from tests.makers.orders import make_accepted
from tests.makers.town import TOWN, SmallTown, make_actor, make_town, make_unit

pytestmark = pytest.mark.usefixtures("database", "photo_room")


class Helped(NamedTuple):
    """An order of the patrol with one sub-order of another unit, asked for by the handler on duty."""

    town: SmallTown
    order_id: int
    sub_id: int
    helper: Actor


async def make_helped(now: datetime) -> Helped:
    town = await make_town(now)
    unit_id = await make_unit("sanitation")
    helper = await make_actor("保洁员", Role.HANDLER, TOWN, unit_id=unit_id)
    order_id = await make_accepted(town, now)
    by = TransitionContext(actor=town.handlers[0], now=now)
    opened = await orders.co_handle(order_id, CoHandle(unit_id=unit_id, reason="需清扫"), by)
    assert opened is not None
    return Helped(town, order_id, opened.order_id, helper)


async def test_an_order_lists_who_helps_and_by_when(now):
    helped = await make_helped(now)

    order = await reads.get_order(helped.order_id, helped.town.verifier, now)

    sub = await reads.get_order(helped.sub_id, helped.town.verifier, now)
    listed = RelatedOrder(number=sub.number, state=sub.state, id=sub.id, unit=sub.unit, due_at=sub.respond_by)
    assert order.sub_orders == [listed]
    assert order.parent is None


async def test_a_sub_order_leads_to_the_order_that_it_helps(now):
    helped = await make_helped(now)

    sub = await reads.get_order(helped.sub_id, helped.town.dispatcher, now)

    assert sub.parent is not None
    assert (sub.parent.id, sub.parent.state) == (helped.order_id, "accepted")
    assert sub.sub_orders == []


async def test_a_clock_that_stands_still_is_told_as_no_deadline(now):
    helped = await make_helped(now)
    await orders.cancel(helped.sub_id, "已一并处理", TransitionContext(actor=helped.town.dispatcher, now=now))

    (sub,) = (await reads.get_order(helped.order_id, helped.town.dispatcher, now)).sub_orders

    assert (sub.state, sub.due_at) == ("cancelled", None)


async def test_a_colleague_who_may_not_open_the_sub_order_reads_its_number_and_state_alone(now):
    helped = await make_helped(now)
    colleague = helped.town.handlers[1]

    (sub,) = (await reads.get_order(helped.order_id, colleague, now)).sub_orders

    number = (await reads.get_order(helped.sub_id, helped.helper, now)).number
    assert sub == RelatedOrder(number=number, state="dispatched")


async def test_whoever_helps_reads_the_parents_number_and_state_alone(now):
    helped = await make_helped(now)

    sub = await reads.get_order(helped.sub_id, helped.helper, now)

    number = (await reads.get_order(helped.order_id, helped.town.verifier, now)).number
    assert sub.parent == RelatedOrder(number=number, state="accepted")


async def test_a_reporter_is_told_nothing_of_who_helps(now):
    helped = await make_helped(now)

    order = await reads.get_order(helped.order_id, helped.town.resident, now)

    assert (order.parent, order.sub_orders) == (None, [])


async def test_a_sub_order_is_offered_no_merge(now):
    helped = await make_helped(now)

    order, sub = [await reads.get_order(each, helped.town.dispatcher, now) for each in (helped.order_id, helped.sub_id)]

    assert ("merge" in order.allowed, "merge" in sub.allowed) == (True, False)
