"""撤回: what a package had opened is not wanted any more, or cannot be done. The package asks first who may say so."""

from backend.orders.model.events import OrderCancelled
from backend.orders.model.states import State, Transition
from backend.orders.model.transition_table import is_possible
from backend.orders.transitions import locking, recording, requirements, transition
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import TransitionContext


async def withdraw(order_id: int, reason: str, by: TransitionContext, *, from_site: bool = False) -> int:
    """End an order before anybody is there; `from_site`: also for whoever is there and says that it cannot be done.

    `by`: whoever said so, or the system itself. Whoever may read the order reads the reason. Returns the step.
    Raises OrderNotFound, MoveForbidden, ReasonMissing, Busy.
    """
    async with wait_turn(order_id):
        order = await locking.lock_order(order_id, by.actor, beyond_scope=True)
        if not is_possible(order.state, Transition.WITHDRAW) or (order.state is State.ON_SITE and not from_site):
            await transition.refuse(order, by.actor)
        requirements.require(order, Transition.WITHDRAW, {"reason": reason})
        said = reason.strip()
        moved = await transition.apply(order, Transition.WITHDRAW, by, note=said)
        await recording.record_fact(OrderCancelled, order, moved.version, reason=said)
    return moved.step_id
