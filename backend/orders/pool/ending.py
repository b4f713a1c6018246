"""转派值班: what nobody takes out of the pool goes to the unit's duty, else to the centre.

`grab_orders` ends its offers by itself. Where it was away, whatever is still offered a minute after its window is
dispatched here: each order a transaction of its own, and whoever grabs it at that instant is first or comes too late.
"""

from datetime import datetime, timedelta

from backend import db
from backend.orders.assignment import choosing, ownership
from backend.orders.model.events import OfferEnded
from backend.orders.model.states import State, Transition
from backend.orders.transitions import each_alone, locking, recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import SYSTEM_ACTOR, TransitionContext

BATCH = 200
LEFT_ALONE = timedelta(seconds=60)
"""So long after the window an offer is for those who opened it to end."""
WINDOW_OVER = "window_over"
_OVER = f"state = '{State.OFFERED}' AND offered_until"
_OVERDUE = f"""
    SELECT offered_until, id FROM work_order WHERE {_OVER} <= $1
      AND ($2::timestamptz IS NULL OR (offered_until, id) > ($2, $3::bigint)) ORDER BY offered_until, id LIMIT $4
"""
_TAKE = f"SELECT id FROM work_order WHERE id = $1 AND {_OVER} <= $2 FOR UPDATE SKIP LOCKED"
_DUE = "SELECT respond_by, resolve_by FROM work_order WHERE id = $1"


async def end_offer(order_id: int, now: datetime, reason: str) -> bool:
    """Dispatch an order that is offered to the unit that answers for it. `reason`: a code for the step.

    Part of the caller's transaction, where there is one. False, and nothing is done, when it is not offered (any more).
    """
    async with wait_turn(order_id):
        order = await locking.lock_order(order_id, SYSTEM_ACTOR, beyond_scope=True)
        if order.state is not State.OFFERED:
            return False
        await _dispatch(order, TransitionContext(actor=SYSTEM_ACTOR, now=now), reason)
        return True


async def end_overdue(now: datetime) -> int:
    """Dispatch everything whose window has been over for a minute. Returns how many. Several workers may do so at once.

    One that cannot be dispatched is logged and holds up no other.
    """
    ended, after, before = 0, (None, 0), now - LEFT_ALONE
    while overdue := [tuple(row) for row in await db.fetch(_OVERDUE, before, *after, BATCH)]:
        ids = [order_id for _, order_id in overdue]
        ended += await each_alone.count_done(ids, lambda order_id: _end_one(order_id, before, now), "offer_not_ended")
        after = overdue[-1]
    return ended


async def _end_one(order_id: int, before: datetime, now: datetime) -> bool:
    async with db.transaction():
        if await db.fetchval(_TAKE, order_id, before) is None:
            return False
        return await end_offer(order_id, now, WINDOW_OVER)


async def _dispatch(order: LockedOrder, by: TransitionContext, reason: str) -> None:
    owner = ownership.of(order, await choosing.choose_again(order, by.now))
    detail = {"reason": reason, **owner.detail}
    moved = await transition.apply(order, Transition.END_OFFER, by, changes=owner.changes, detail=detail)
    due = await db.fetchrow(_DUE, order.id)
    assert due is not None
    await recording.record_fact(OfferEnded, order, moved.version, reason=reason, **due, **owner.changes)
