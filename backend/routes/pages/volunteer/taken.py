"""What the reader has taken out of the pool, for the pages about one order."""

from backend.accounts.permissions import Permission, may
from backend.accounts.structs import Actor
from backend.errors import NotFound
from grab_orders.offers import takes
from grab_orders.offers.structs import TakeView


async def find_take(order_id: int, actor: Actor) -> TakeView | None:
    """The reader's take of this order; None for whoever does not have it, or who takes nothing out of the pool."""
    if not may(actor, Permission.GRAB_ORDERS):
        return None
    held = await takes.list_live(actor.account_id)
    return next((take for take in held if take.order.id == order_id), None)


async def get_take(order_id: int, actor: Actor) -> TakeView:
    """The same. Raises NotFound for an order that the reader does not have."""
    take = await find_take(order_id, actor)
    if take is None:
        raise NotFound
    return take
