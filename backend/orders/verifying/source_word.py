"""What the source of a case says, where it has the last word: solved, not solved, taken back, or given more time.

Whoever speaks with the source (a branch) has its word first; here is what follows from it. An order into which several
such cases were merged waits for all of them: the branch says when the last one has agreed.
"""

from datetime import datetime

from backend import db
from backend.orders.deadlines import effects
from backend.orders.model.events import OrderCancelled, OrderClosed, OrderExtended, OrderSentBack
from backend.orders.model.states import ENDED, State, Transition
from backend.orders.model.transition_table import is_possible
from backend.orders.transitions import locking, open_sub_orders, recording, requirements, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import TransitionContext

_LEAVE = "UPDATE work_order SET source_cases = source_cases + 1, version = version + 1 WHERE id = $1"


async def close_by_source(order_id: int, by: TransitionContext, note: str = "") -> bool:
    """来源确认办结: close what was passed here. False, and nothing is done, where it was not, or goes on again.

    Raises SubOrdersOpen, Busy, OrderNotFound.
    """
    async with wait_turn(order_id):
        order = await _lock(order_id, by)
        if order.state is not State.HANDLED or order.referred_at is None:
            return False
        await open_sub_orders.require_all_ended(order)
        moved = await transition.apply(order, Transition.SOURCE_PASS, by, note=note)
        await recording.record_fact(OrderClosed, order, moved.version)
        return True


async def rework_by_source(order_id: int, reason: str, by: TransitionContext) -> bool:
    """来源回访未解决: the work goes back to the handler. False where it is not finished anyway, or has ended.

    Raises ReasonMissing, Busy, OrderNotFound.
    """
    async with wait_turn(order_id):
        order = await _lock(order_id, by)
        if order.state is not State.HANDLED:
            return False
        requirements.require(order, Transition.SOURCE_REWORK, {"reason": reason})
        said, changes = reason.strip(), {"rework_count": order.rework_count + 1}
        moved = await transition.apply(order, Transition.SOURCE_REWORK, by, note=said, changes=changes)
        await recording.record_fact(OrderSentBack, order, moved.version, reason=said)
        return True


async def recall(order_id: int, reason: str, by: TransitionContext) -> bool:
    """来源收回: the source agrees that the case is not ours, or takes it back; whoever has it is told.

    False where it has ended. Raises ReasonMissing, SubOrdersOpen, Busy, OrderNotFound.
    """
    async with wait_turn(order_id):
        order = await _lock(order_id, by)
        if not is_possible(order.state, Transition.SOURCE_RECALL):
            return False
        requirements.require(order, Transition.SOURCE_RECALL, {"reason": reason})
        moved = await transition.apply(order, Transition.SOURCE_RECALL, by, note=reason.strip())
        await recording.record_fact(OrderCancelled, order, moved.version, reason=reason.strip())
        return True


async def extend_by_source(order_id: int, since: datetime, until: datetime, reason: str, by: TransitionContext) -> bool:
    """来源同意延期: as many minutes of the order's own clock as lie between two instants. False where it has ended, or
    none of them counts. Raises ReasonMissing, Busy, OrderNotFound.
    """
    async with wait_turn(order_id):
        order = await _lock(order_id, by)
        minutes = await effects.minutes_between(order, since, until)
        if minutes < 1 or not is_possible(order.state, Transition.SOURCE_EXTEND):
            return False
        requirements.require(order, Transition.SOURCE_EXTEND, {"reason": reason, "minutes": minutes})
        said, detail = reason.strip(), {"minutes": minutes}
        moved = await transition.apply(order, Transition.SOURCE_EXTEND, by, note=said, detail=detail)
        await effects.extend(order, minutes, by, said)
        await recording.record_fact(OrderExtended, order, moved.version, reason=said, minutes=minutes)
        return True


async def leave_last_word(order_id: int, by: TransitionContext) -> bool:
    """Let the source have the last word on an order. False where it has it already, or the order has ended."""
    async with wait_turn(order_id):
        order = await _lock(order_id, by)
        if order.source_cases or order.state in ENDED:
            return False
        await db.execute(_LEAVE, order.id)
        return True


async def _lock(order_id: int, by: TransitionContext) -> LockedOrder:
    return await locking.lock_order(order_id, by.actor, beyond_scope=True)
