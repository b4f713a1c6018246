"""回访: call reporters back and keep what they said."""

from backend import db
from backend.orders.model.inputs import Called
from backend.orders.model.states import Transition
from backend.orders.transitions import transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import TransitionContext
from backend.orders.transitions.verb import verb
from backend.orders.verifying.errors import CalledAlready
from backend.sql import sql

_KEEP = """
    INSERT INTO follow_up (order_id, listed_at, result, note, called_by_id, called_at)
    VALUES (:order_id, :now, :result, :note, :called_by_id, :now)
    ON CONFLICT (order_id) DO UPDATE SET result = excluded.result, note = excluded.note,
        called_by_id = excluded.called_by_id, called_at = excluded.called_at
    WHERE follow_up.result IS NULL OR follow_up.result = 'unreached' RETURNING id
"""


@verb(Transition.FOLLOW_UP)
async def record_call(order: LockedOrder, called: Called, by: TransitionContext) -> None:
    """Keep the result of a call. Raises CalledAlready when somebody reached the reporter before."""
    result = {"order_id": order.id, "result": called.result.value, "note": called.note}
    inserted = await db.fetchval(sql(_KEEP, **result, called_by_id=by.actor.account_id, now=by.now))
    if inserted is None:
        raise CalledAlready
    await transition.apply(order, Transition.FOLLOW_UP, by, note=called.note, detail={"result": called.result.value})
