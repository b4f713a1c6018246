"""An order as its desk reads it: for whoever dispatches where it lies."""

from datetime import datetime

from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.orders.model.errors import NotYours
from backend.orders.reads.detail import get_order
from backend.orders.reads.evidence import may_handle_evidence
from backend.orders.reads.views import OrderDetail


async def get_order_at_desk(order_id: int, actor: Actor, now: datetime) -> OrderDetail:
    """Raises OrderNotFound out of sight, NotYours for whoever sees it and does not dispatch there."""
    order = await get_order(order_id, actor, now)
    if not may_handle_evidence(order, actor, Permission.DISPATCH_ORDERS):
        raise NotYours
    return order
