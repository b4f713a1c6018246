"""How many orders wait for somebody: what the icon of an app shows."""

from backend import db
from backend.accounts.permissions import Permission, may
from backend.accounts.structs import Actor
from backend.orders.model.states import UNDER_WAY, State, quoted
from backend.orders.reads.listing import count_open

_COUNT_IN_HAND = f"SELECT count(*) FROM work_order WHERE handler_id = $1 AND state IN ({quoted(UNDER_WAY)})"


async def count_waiting(actor: Actor) -> int:
    """Orders under way in the actor's own hands, those that the unit may accept, and fixes to verify."""
    states = {State.DISPATCHED} if may(actor, Permission.HANDLE_ORDERS) else set[State]()
    states |= {State.HANDLED} if may(actor, Permission.VERIFY_ORDERS) else set()
    listed = await count_open(actor, states) if states else {}
    in_hand = await db.fetchval(_COUNT_IN_HAND, actor.account_id) if may(actor, Permission.WORK_ON_ORDERS) else 0
    return sum(listed.values()) + in_hand
