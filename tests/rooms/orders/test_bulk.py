"""One reassignment for many orders: each whole or not at all, each once however often the request comes."""

import asyncio

import pytest

from backend import db
from backend.accounts.structs import Role
from backend.orders import verbs as orders
from backend.orders.assignment.errors import HandlerUnknown, UnitUnknown
from backend.orders.model.errors import MoveForbidden, NotYours, OrderNotFound, ReasonMissing
from backend.orders.model.inputs import Reassign
from backend.orders.transitions.transition import TransitionContext
from tests.makers.desk import make_dispatcher
from tests.makers.orders import make_accepted, make_closed, make_handled, make_order, state_of
from tests.makers.town import TOWN, make_actor, make_staffed_unit, make_town

pytestmark = pytest.mark.usefixtures("database")
FAR_AWAY_ID = 999_999


async def test_what_can_be_reassigned_is_and_the_rest_says_why(now):
    town = await make_town(now)
    new_unit = await make_staffed_unit("sanitation")
    fresh = (await make_order(town, now)).receipt.order_id
    accepted, handled, closed = (
        await make_accepted(town, now),
        await make_handled(town, now),
        await make_closed(town, now),
    )

    outcome = await orders.reassign_many(
        [fresh, closed, accepted, FAR_AWAY_ID, handled],
        Reassign(unit_id=new_unit, reason="分工调整"),
        TransitionContext(actor=town.dispatcher, now=now),
    )

    assert outcome.done == [fresh, accepted]
    told = {each.order_id: each.error for each in outcome.refused}
    assert {order_id: type(error) for order_id, error in told.items()} == {
        closed: MoveForbidden,
        FAR_AWAY_ID: OrderNotFound,
        handled: MoveForbidden,
    }
    assert told[closed].extra["state"] == "closed"
    assert [await state_of(order_id) for order_id in (closed, handled)] == ["closed", "handled"]
    assert await _units([fresh, accepted, closed, handled]) == [new_unit, new_unit, town.unit_id, town.unit_id]
    assert await _count_steps([closed, handled]) == 0


async def test_the_same_request_again_changes_nothing_more(now):
    town = await make_town(now)
    ids = [(await make_order(town, now)).receipt.order_id for _ in range(2)]
    by = TransitionContext(actor=town.dispatcher, now=now, idempotency_key="once-and-for-all")

    first, again = [
        await orders.reassign_many(ids, Reassign(unit_id=town.unit_id, reason="更近"), by) for _ in range(2)
    ]

    assert first == again
    assert await _count_steps(ids) == 2


async def test_an_order_named_twice_is_reassigned_once(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id

    outcome = await orders.reassign_many(
        [order_id, order_id],
        Reassign(unit_id=town.unit_id, reason="更近"),
        TransitionContext(actor=town.dispatcher, now=now),
    )

    assert outcome.done == [order_id]
    assert await _count_steps([order_id]) == 1


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ({"unit_id": FAR_AWAY_ID, "reason": "更近"}, UnitUnknown),
        ({"handler_id": FAR_AWAY_ID, "reason": "更近"}, HandlerUnknown),
        ({"reason": "   "}, ReasonMissing),
    ],
)
async def test_a_target_that_cannot_be_leaves_every_order_as_it_was(now, to, expected):
    town = await make_town(now)
    ids = [(await make_order(town, now)).receipt.order_id for _ in range(2)]

    outcome = await orders.reassign_many(
        ids, Reassign(**{"unit_id": town.unit_id, **to}), TransitionContext(actor=town.dispatcher, now=now)
    )

    assert outcome.done == []
    assert [type(each.error) for each in outcome.refused] == [expected, expected]
    assert await _count_steps(ids) == 0


async def test_whoever_sees_the_orders_but_does_not_dispatch_is_refused_each(now):
    town = await make_town(now)
    order_id = (await make_order(town, now)).receipt.order_id
    inspector = await make_actor("网格员", Role.INSPECTOR, TOWN)

    outcome = await orders.reassign_many(
        [order_id], Reassign(unit_id=town.unit_id, reason="更近"), TransitionContext(actor=inspector, now=now)
    )

    assert [type(each.error) for each in outcome.refused] == [NotYours]


async def test_two_desks_at_once_leave_each_order_with_one_of_their_units(now):
    town = await make_town(now)
    units = [await make_staffed_unit("sanitation"), await make_staffed_unit("market")]
    ids = [(await make_order(town, now)).receipt.order_id for _ in range(6)]
    desks = [await make_dispatcher(TOWN) for _ in units]

    outcomes = await asyncio.gather(
        *(
            orders.reassign_many(order, Reassign(unit_id=unit, reason="分工"), TransitionContext(actor=desk, now=now))
            for order, unit, desk in zip((ids, ids[::-1]), units, desks, strict=True)
        )
    )

    assert [sorted(outcome.done) for outcome in outcomes] == [ids, ids]
    assert set(await _units(ids)) <= set(units)
    assert await _count_steps(ids) == 12


async def _units(ids: list[int]) -> list[int]:
    return [await db.fetchval("SELECT unit_id FROM work_order WHERE id = $1", order_id) for order_id in ids]


async def _count_steps(ids: list[int]) -> int:
    return await db.fetchval(
        "SELECT count(*) FROM order_step WHERE order_id = ANY($1::bigint[]) AND move = 'reassign'", ids
    )
