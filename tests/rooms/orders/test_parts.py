"""An order ends after its parts or with them, whichever way it ends; and no part outlives the whole."""

from datetime import datetime
from typing import NamedTuple

import pytest

from backend import db
from backend.accounts.structs import Actor, Role
from backend.orders import verbs as orders
from backend.orders.cases.merging import Merge
from backend.orders.model.errors import ParentEnded, SubOrdersOpen
from backend.orders.model.inputs import CoHandle, Reassign, SelfHandled, Verify
from backend.orders.model.states import ENDED, Parts, Transition
from backend.orders.model.transition_table import TABLE
from backend.orders.transitions import locking, transition
from backend.orders.transitions.transition import SYSTEM_ACTOR, TransitionContext
from tests.makers.orders import finish, make_accepted, make_order, make_photos, state_of
from tests.makers.town import TOWN, SmallTown, make_actor, make_town, make_unit

pytestmark = pytest.mark.usefixtures("database", "photo_room")
ENDINGS = [row.move for row in TABLE if row.target in ENDED]
_CANCELLED = "SELECT note, detail ->> 'with' AS whole FROM order_step WHERE order_id = $1 AND move = 'cancel'"
_TOLD = "SELECT account_ids FROM event_log WHERE name = 'OrderCancelled' AND subject_id = $1"
_CLOSE = "UPDATE work_order SET state = 'closed', closed_at = $2, handler_id = $3 WHERE id = ANY($1)"
WAITING = [row.move for row in TABLE if row.target in ENDED and row.parts is Parts.WAITED_FOR]


class Helped(NamedTuple):
    town: SmallTown
    order_id: int
    sub_id: int
    helper: Actor


async def _helped(now: datetime) -> Helped:
    town = await make_town(now)
    unit_id = await make_unit("sanitation")
    helper = await make_actor("保洁员", Role.HANDLER, TOWN, unit_id=unit_id)
    order_id = await make_accepted(town, now)
    opened = await orders.co_handle(
        order_id, CoHandle(unit_id=unit_id, reason="需清扫"), TransitionContext(actor=town.handlers[0], now=now)
    )
    assert opened is not None
    return Helped(town, order_id, opened.order_id, helper)


async def _end(helped: Helped, move: Transition, now: datetime) -> None:
    """Bring the order to where the move may be made, and make it, as nearly as people can."""
    town, order_id, desk = helped.town, helped.order_id, TransitionContext(actor=helped.town.dispatcher, now=now)
    match move:
        case Transition.CANCEL:
            await orders.cancel(order_id, "误报", desk)
        case Transition.MERGE:
            other = (await make_order(town, now)).receipt.order_id
            await orders.merge(order_id, Merge(into_id=other, reason="同一件事"), desk)
        case Transition.SELF_HANDLE:
            await orders.reassign(order_id, Reassign(unit_id=town.unit_id, reason="近"), desk)
            inspector = await make_actor("巡查员", Role.INSPECTOR, TOWN)
            await db.execute("UPDATE work_order SET opened_by_id = $2 WHERE id = $1", order_id, inspector.account_id)
            before, after = await make_photos(inspector, 2)
            shown = SelfHandled(before_photo_ids=[before], after_photo_ids=[after])
            await orders.self_handle(order_id, shown, TransitionContext(actor=inspector, now=now))
        case _:
            await _end_handled(helped, move, now)


async def _end_handled(helped: Helped, move: Transition, now: datetime) -> None:
    await db.execute("UPDATE item SET checkin_required = false WHERE code = 'A101'")
    try:
        await finish(helped.order_id, helped.town.handlers[0], now)
    finally:
        await db.execute("UPDATE item SET checkin_required = true WHERE code = 'A101'")
    if move is Transition.PASS:
        verifier = TransitionContext(actor=helped.town.verifier, now=now)
        await orders.verify(helped.order_id, Verify(result="pass"), verifier)
        return
    async with db.transaction():  # by whatever rule the house, or a merchant, comes to say so
        order = await locking.lock_order(helped.order_id, SYSTEM_ACTOR, beyond_scope=True)
        await transition.apply(order, move, TransitionContext(actor=helped.town.resident, now=now))


@pytest.mark.parametrize("move", WAITING)
async def test_an_order_does_not_end_before_its_parts(now, move):
    helped = await _helped(now)

    with pytest.raises(SubOrdersOpen):
        await _end(helped, move, now)

    assert await state_of(helped.order_id) not in ENDED
    assert await state_of(helped.sub_id) == "dispatched"


@pytest.mark.parametrize("move", ENDINGS)
async def test_no_ending_leaves_a_part_alive(now, move):
    helped = await _helped(now)

    try:
        await _end(helped, move, now)
    except SubOrdersOpen:
        assert await state_of(helped.order_id) not in ENDED
    else:
        assert await state_of(helped.sub_id) in ENDED


async def test_a_cancelled_order_takes_its_parts_with_it_and_whoever_has_one_is_told(now):
    helped = await _helped(now)
    await orders.accept(helped.sub_id, TransitionContext(actor=helped.helper, now=now))

    await orders.cancel(helped.order_id, "误报", TransitionContext(actor=helped.town.dispatcher, now=now))

    step = await db.fetchrow(_CANCELLED, helped.sub_id)
    assert await state_of(helped.sub_id) == "cancelled"
    assert step["note"] == "误报"
    assert step["whole"] == await db.fetchval("SELECT number FROM work_order WHERE id = $1", helped.order_id)
    assert helped.helper.account_id in await db.fetchval(_TOLD, helped.sub_id)


async def test_a_part_that_waits_to_be_verified_is_waited_for(now):
    helped = await _helped(now)
    await orders.accept(helped.sub_id, TransitionContext(actor=helped.helper, now=now))
    await db.execute("UPDATE work_order SET state = 'handled', finished_at = $2 WHERE id = $1", helped.sub_id, now)

    with pytest.raises(SubOrdersOpen) as refused:
        await orders.cancel(helped.order_id, "误报", TransitionContext(actor=helped.town.dispatcher, now=now))

    assert len(refused.value.extra["open"]) == 1
    assert await state_of(helped.order_id) == "accepted"


async def test_a_part_of_an_order_that_has_ended_does_not_come_to_life_again(now):
    helped = await _helped(now)
    await db.execute(_CLOSE, [helped.order_id, helped.sub_id], now, helped.helper.account_id)

    with pytest.raises(ParentEnded):
        await orders.reopen(helped.sub_id, "没扫干净", TransitionContext(actor=helped.town.handlers[0], now=now))

    assert await state_of(helped.sub_id) == "closed"
