"""撤回: what a package had opened is not wanted any more. The package asks first who may say so."""

from backend.orders.model.events import OrderCancelled
from backend.orders.model.states import Transition
from backend.orders.model.transition_table import is_possible
from backend.orders.transitions import locking, recording, requirements, transition
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import TransitionContext


async def withdraw(order_id: int, reason: str, by: TransitionContext) -> None:
    """End an order before anybody is there. `by`: whoever said so, or the system itself.

    Whoever may read the order reads the reason. Raises OrderNotFound, MoveForbidden, ReasonMissing, Busy.
    """
    async with wait_turn(order_id):
        order = await locking.lock_order(order_id, by.actor, beyond_scope=True)
        if not is_possible(order.state, Transition.WITHDRAW):
            await transition.refuse(order, by.actor)
        requirements.require(order, Transition.WITHDRAW, {"reason": reason})
        said = reason.strip()
        moved = await transition.apply(order, Transition.WITHDRAW, by, note=said)
        await recording.record_fact(OrderCancelled, order, moved.version, reason=said)
