"""超时转派: an order that nobody accepts in time goes to the next unit of the rules, and at last to the centre.

Each order is a transaction of its own, begun by locking its row if it is still due: whoever accepts at that instant, or
another worker, is first or comes too late, and nothing is passed on twice. It is no return and counts no hop. At the
centre, which has no unit, an order rests.
"""

from datetime import datetime

from backend import db
from backend.orders.assignment import choosing, ownership
from backend.orders.model.events import OrderPassedOn
from backend.orders.model.states import State, Transition
from backend.orders.transitions import each_alone, locking, recording, transition
from backend.orders.transitions.transition import SYSTEM_ACTOR, TransitionContext

BATCH = 200
_UNACCEPTED = f"state = '{State.DISPATCHED}' AND unit_id IS NOT NULL AND respond_by"
_DUE = f"""
    SELECT respond_by, id FROM work_order WHERE {_UNACCEPTED} <= $1
      AND ($2::timestamptz IS NULL OR (respond_by, id) > ($2, $3::bigint)) ORDER BY respond_by, id LIMIT $4
"""
_TAKE = f"SELECT id FROM work_order WHERE id = $1 AND {_UNACCEPTED} <= $2 FOR UPDATE SKIP LOCKED"


async def pass_on_unaccepted(now: datetime) -> int:
    """Pass on every order whose time to accept is over. Returns how many. Several workers may do so at once.

    One that cannot be passed on is logged and holds up no other.
    """
    passed, after = 0, (None, 0)
    while due := [tuple(row) for row in await db.fetch(_DUE, now, *after, BATCH)]:
        ids = [order_id for _, order_id in due]
        passed += await each_alone.count_done(ids, lambda order_id: pass_on(order_id, now), "order_not_passed_on")
        after = due[-1]
    return passed


async def pass_on(order_id: int, now: datetime) -> bool:
    """Give one order to the next unit, or to the centre. False when it is not due any more or somebody holds it."""
    async with db.transaction():
        if await db.fetchval(_TAKE, order_id, now) is None:
            return False
        by = TransitionContext(actor=SYSTEM_ACTOR, now=now)
        order = await locking.lock_order(order_id, SYSTEM_ACTOR, beyond_scope=True)
        owner = ownership.of(order, await choosing.choose_next(order, now))
        moved = await transition.apply(order, Transition.PASS_ON, by, changes=owner.changes, detail=owner.detail)
        await recording.record_fact(OrderPassedOn, order, moved.version, from_unit_id=order.unit_id, **owner.changes)
        return True
