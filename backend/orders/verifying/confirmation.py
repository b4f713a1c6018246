"""商户确认: whoever asked for the work says that it is done, which closes the order, or that it is not."""

from backend.orders.model.events import OrderClosed
from backend.orders.model.states import Transition
from backend.orders.transitions import recording, transition
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying import closing, legal_hold


async def confirm(order_id: int, by: TransitionContext) -> None:
    """Close the order on the merchant's word. Raises NotYours where this fix was not put before you, SubOrdersOpen."""
    async with wait_turn(order_id):
        order = await transition.prepare(order_id, Transition.CONFIRM, by, None)
        if order is None:
            return
        moved = await transition.apply(order, Transition.CONFIRM, by)
        await recording.record_fact(OrderClosed, order, moved.version)


async def dispute(order_id: int, reason: str, by: TransitionContext) -> None:
    """不认可: send the work back as rework, with a reason; its photos are held. Raises ReasonMissing, NotYours."""
    async with wait_turn(order_id):
        order = await closing.send_back(order_id, Transition.DISPUTE, reason, by)
        if order is None:
            return
        await legal_hold.hold_photos(order, transition.require_reason(reason), by)
