"""商户确认: whoever asked for the work says that it is done, which closes the order, or that it is not."""

from backend.orders.model.events import OrderClosed
from backend.orders.model.states import Transition
from backend.orders.transitions import recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import TransitionContext
from backend.orders.transitions.verb import verb
from backend.orders.verifying import closing, legal_hold


@verb(Transition.CONFIRM)
async def confirm(order: LockedOrder, by: TransitionContext) -> None:
    """Close the order on the merchant's word. Raises NotYours where this fix was not put before you, SubOrdersOpen."""
    moved = await transition.apply(order, Transition.CONFIRM, by)
    await recording.record_fact(OrderClosed, order, moved.version)


@verb(Transition.DISPUTE)
async def dispute(order: LockedOrder, reason: str, by: TransitionContext) -> None:
    """不认可: send the work back as rework, with a reason; its photos are held. Raises ReasonMissing, NotYours."""
    said = reason.strip()
    await closing.send_back(order, Transition.DISPUTE, said, by)
    await legal_hold.hold_photos(order, said, by)
