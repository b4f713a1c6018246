"""回访: call reporters back and keep what they said; whoever is unsatisfied may have it done again, as by the link."""

from backend import db
from backend.orders.model.events import OrderCalledBack
from backend.orders.model.inputs import Called, CallResult
from backend.orders.model.states import Transition
from backend.orders.transitions import recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import TransitionContext
from backend.orders.transitions.verb import verb
from backend.orders.verifying import verdicts
from backend.orders.verifying.errors import CalledAlready
from backend.sql import sql

CALLS_MOST = 3
"""So many calls in vain, and nobody calls again."""
UNREACHABLE = "unreachable"
_KEEP = f"""
    INSERT INTO follow_up (order_id, listed_at, result, note, called_by_id, called_at, unreached_count)
    VALUES (:order_id, :now, :result, :note, :called_by_id, :now, :missed::int)
    ON CONFLICT (order_id) DO UPDATE SET note = excluded.note, called_by_id = excluded.called_by_id,
        called_at = excluded.called_at, unreached_count = follow_up.unreached_count + excluded.unreached_count,
        result = CASE WHEN follow_up.unreached_count + excluded.unreached_count >= {CALLS_MOST} THEN '{UNREACHABLE}'
                      ELSE excluded.result END
    WHERE follow_up.result IS NULL OR follow_up.result = 'unreached' RETURNING id
"""


@verb(Transition.FOLLOW_UP)
async def record_call(order: LockedOrder, called: Called, by: TransitionContext) -> None:
    """Keep the result of a call. Raises CalledAlready when somebody reached the reporter before.

    A third call in vain ends the call-back. `reopens` raises what `verdicts.reopen_by_call` does.
    """
    missed = int(called.result is CallResult.UNREACHED)
    result = {"order_id": order.id, "result": called.result.value, "note": called.note, "missed": missed}
    inserted = await db.fetchval(sql(_KEEP, **result, called_by_id=by.actor.account_id, now=by.now))
    if inserted is None:
        raise CalledAlready
    said = called.result.value
    moved = await transition.apply(order, Transition.FOLLOW_UP, by, note=called.note, detail={"result": said})
    await recording.record_silently(OrderCalledBack, order, moved.version, result=said)
    if called.reopens and called.result is CallResult.UNSATISFIED:
        await verdicts.reopen_by_call(order, called.note, by)
