"""Who had a hand in an order: nobody verifies what they worked on, also when it was given to somebody else since."""

from backend import db
from backend.accounts.structs import Actor


def had_a_hand(order: str, account: str) -> str:
    """SQL that says whether an account ever worked on an order."""
    return f"""EXISTS (SELECT FROM order_step w WHERE w.order_id = {order} AND w.actor_id = {account}::bigint
                   AND w.move IN ('accept', 'check_in', 'make_safe', 'finish'))"""


# $4 is the reader, as in scope.VISIBLE. Only what waits to be verified is worth the look.
HAD_A_HAND = f"(o.state = 'handled' AND {had_a_hand('o.id', '$4')}) AS had_a_hand"
_HAD = f"SELECT {had_a_hand('$1', '$2')}"


async def has_had_a_hand(order_id: int, actor: Actor) -> bool:
    """Whether this person ever worked on this order."""
    return await db.fetchval(_HAD, order_id, actor.account_id)
