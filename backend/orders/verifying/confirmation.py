"""商户确认: whoever asked for the work says that it is done, which closes the order, or that it is not.

Who says nothing for a day has nothing against it, where the package that opened the order holds it so.
"""

from datetime import datetime, timedelta

from backend import db
from backend.orders.model.checks import Check
from backend.orders.model.events import OrderClosed
from backend.orders.model.states import State, Transition
from backend.orders.transitions import locking, recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import SYSTEM_ACTOR, TransitionContext
from backend.orders.transitions.verb import verb
from backend.orders.verifying import closing, legal_hold

SILENT_FOR = timedelta(hours=24)
_SILENT = f"""
    SELECT id FROM work_order WHERE id = $1 AND state = '{State.HANDLED}' AND finished_at <= $2
    FOR UPDATE SKIP LOCKED
"""


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


async def confirm_by_silence(order_id: int, now: datetime) -> bool:
    """自动确认: close an order whose merchant has said nothing for a day. False where it waits for something else.

    Safe to repeat; what somebody holds at this instant is left to the next time.
    """
    async with db.transaction():
        if await db.fetchval(_SILENT, order_id, now - SILENT_FOR) is None:
            return False
        order = await locking.lock_order(order_id, SYSTEM_ACTOR, beyond_scope=True)
        if (
            order.source_cases
            or order.state is not State.HANDLED
            or await locking.get_check(order_id) is not Check.MERCHANT
        ):
            return False
        by = TransitionContext(actor=SYSTEM_ACTOR, now=now)
        moved = await transition.apply(order, Transition.AUTO_PASS, by, detail={"cause_of_pass": "silence"})
        await recording.record_fact(OrderClosed, order, moved.version)
        return True
