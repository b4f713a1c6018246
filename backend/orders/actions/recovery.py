"""设备恢复: what an order was opened for is over, as its devices say. The order goes on all the same."""

from datetime import datetime

from backend.orders.model.events import OrderRecovered
from backend.orders.model.states import Transition
from backend.orders.model.transition_table import is_possible
from backend.orders.transitions import locking, recording, transition
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import SYSTEM_ACTOR, TransitionContext


async def note_recovery(order_id: int, now: datetime) -> bool:
    """Write it down, and let whoever has the order know. False, and nothing is done, where the order has ended.

    Whoever calls it says each recovery once. Raises Busy, OrderNotFound.
    """
    async with wait_turn(order_id):
        order = await locking.lock_order(order_id, SYSTEM_ACTOR, beyond_scope=True)
        if not is_possible(order.state, Transition.NOTE_RECOVERY):
            return False
        moved = await transition.apply(order, Transition.NOTE_RECOVERY, TransitionContext(actor=SYSTEM_ACTOR, now=now))
        await recording.record_fact(OrderRecovered, order, moved.version)
        return True
