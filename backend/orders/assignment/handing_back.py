"""交还: when an emergency ends, what its duty list got and nobody has accepted goes back to whoever is usually on duty.

Who has accepted goes on with it. Each order is a transaction of its own, begun by locking its row: a second worker, or
somebody who accepts at that instant, leaves nothing half done.
"""

from datetime import datetime

import msgspec

from backend import db
from backend.duty import queries as duty
from backend.duty import rules
from backend.geo.area_sql import within
from backend.jobs import queue
from backend.orders.assignment import choosing, ownership
from backend.orders.model.events import OrderHandedOver
from backend.orders.model.states import State, Transition
from backend.orders.transitions import each_alone, locking, recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import SYSTEM_ACTOR, TransitionContext

JOB = "orders.hand_back"
_GIVEN = f"""
    state = '{State.DISPATCHED}' AND handler_id IS NOT NULL AND unit_id IS NOT NULL AND {within("area_code", "$1")}
    AND coalesce(dispatched_at, opened_at) >= $2
"""
_LIST = f"SELECT id FROM work_order WHERE {_GIVEN} ORDER BY id"
_IS_GIVEN = f"SELECT EXISTS (SELECT FROM work_order WHERE {_GIVEN} AND id = $3)"


class HandBack(msgspec.Struct, frozen=True, kw_only=True):
    """Of an area prefix, what was given to people since an instant."""

    area_code: str
    since: datetime


async def request(area_code: str, since: datetime) -> None:
    """Have it done by a job."""
    await queue.enqueue(JOB, HandBack(area_code=area_code, since=since))


async def run(wish: HandBack, now: datetime) -> int:
    """Give each to whoever is on duty by the list in force now. Returns how many; one that fails holds up no other."""
    ids = [row["id"] for row in await db.fetch(_LIST, wish.area_code, wish.since)]
    return await each_alone.count_done(ids, lambda order_id: _hand_back(order_id, wish, now), "order_not_handed_back")


async def _hand_back(order_id: int, wish: HandBack, now: datetime) -> bool:
    """False where whoever has it is on duty, nobody else is, or it moved on."""
    async with db.transaction():
        order = await locking.lock_order(order_id, SYSTEM_ACTOR, beyond_scope=True)
        if order.unit_id is None or not await db.fetchval(_IS_GIVEN, wish.area_code, wish.since, order_id):
            return False
        post = choosing.post_of(order)
        standing = await duty.get_standing(order.unit_id, post, now, choosing.load)
        found = rules.choose(standing, post, now)
        if found is None or order.handler_id in {found.handler_id, *(one.account_id for one in standing.on_duty)}:
            return False
        await _give(order, ownership.of(order, found), TransitionContext(actor=SYSTEM_ACTOR, now=now))
        return True


async def _give(order: LockedOrder, owner: ownership.NewOwner, by: TransitionContext) -> None:
    detail = {"from_handler": order.handler_id, **owner.detail}
    moved = await transition.apply(order, Transition.HAND_OVER, by, changes=owner.changes, detail=detail)
    await recording.record_fact(
        OrderHandedOver, order, moved.version, from_handler_id=order.handler_id, **owner.changes
    )
