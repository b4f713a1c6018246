"""Who had a hand in an order: nobody verifies what they worked on, also when it was given to somebody else since."""

from backend import db
from backend.accounts.structs import Actor
from backend.orders.model.states import State

WORKED = "'grab', 'accept', 'check_in', 'make_safe', 'finish'"
"""The moves by which somebody has a hand in an order, for the text of a statement."""


def has_participated(order: str, account: str) -> str:
    """SQL that says whether an account ever worked on an order."""
    return f"""EXISTS (SELECT FROM order_step w WHERE w.order_id = {order} AND w.actor_id = {account}::bigint
                   AND w.move IN ({WORKED}))"""


# `:reader` as in visibility.py. Only what waits to be verified is worth the look.
HAS_PARTICIPATED = f"(o.state = '{State.HANDLED}' AND {has_participated('o.id', ':reader')}) AS had_a_hand"
_HAD = f"SELECT {has_participated('$1', '$2')}"


async def is_participant(order_id: int, actor: Actor) -> bool:
    """Whether this person ever worked on this order."""
    return await db.fetchval(_HAD, order_id, actor.account_id)
