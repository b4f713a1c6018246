"""What the desk and the street do from above: urge, supervise, cancel; and the reporter's own urging."""

from datetime import datetime, timedelta

from backend import db
from backend.orders.actions.errors import UrgedLately
from backend.orders.model.events import OrderCancelled, OrderSupervised, OrderUrged
from backend.orders.model.states import Transition
from backend.orders.transitions import recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import TransitionContext
from backend.orders.transitions.verb import verb

URGE_EVERY = timedelta(minutes=30)
_LAST_URGED = "SELECT max(at) FROM order_step WHERE order_id = $1 AND actor_id = $2 AND move = 'urge'"


@verb(Transition.URGE)
async def urge(order: LockedOrder, note: str, by: TransitionContext) -> None:
    """催办: remind whoever has it; each person once in half an hour. Raises UrgedLately."""
    _require_patience(await db.fetchval(_LAST_URGED, order.id, by.actor.account_id), by.now)
    moved = await transition.apply(order, Transition.URGE, by, note=note)
    await recording.record_fact(OrderUrged, order, moved.version, note=note)


@verb(Transition.SUPERVISE)
async def supervise(order: LockedOrder, note: str, by: TransitionContext) -> None:
    """督办: take the order under one's own eyes; the supervisor is told at every stage from now on."""
    changes = {"supervisor_id": by.actor.account_id}
    moved = await transition.apply(order, Transition.SUPERVISE, by, note=note, changes=changes)
    await recording.record_fact(OrderSupervised, order, moved.version, note=note)


@verb(Transition.CANCEL)
async def cancel(order: LockedOrder, reason: str, by: TransitionContext) -> None:
    """作废: end an order that should not have been opened, with a reason."""
    said = reason.strip()
    moved = await transition.apply(order, Transition.CANCEL, by, note=said)
    await recording.record_fact(OrderCancelled, order, moved.version, reason=said)


def _require_patience(last: datetime | None, now: datetime) -> None:
    if last is not None and now - last < URGE_EVERY:
        raise UrgedLately(wait_min=int((URGE_EVERY - (now - last)).total_seconds() // 60) + 1)
