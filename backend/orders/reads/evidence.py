"""The order that holds a photo, for whoever may do something to it. Every way to evidence begins here."""

from datetime import datetime
from uuid import UUID

from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.orders.reads.detail import get_order
from backend.orders.reads.views import OrderDetail
from media.errors import EvidenceForbidden, PhotoNotFound
from media.structs import Audience


def may_handle_evidence(order: OrderDetail, actor: Actor, permission: Permission) -> bool:
    """Whether the order is told to this actor as to staff, and one grant gives the permission where it lies."""
    return order.audience is Audience.STAFF and may_within(actor, permission, order.area_code)


async def get_order_of_photo(
    order_id: int, photo_id: UUID, permission: Permission, actor: Actor, now: datetime
) -> OrderDetail:
    """Raises OrderNotFound out of sight, EvidenceForbidden without the right, PhotoNotFound in another order."""
    order = await get_order(order_id, actor, now)
    if not may_handle_evidence(order, actor, permission):
        raise EvidenceForbidden
    if photo_id not in {photo.id for photo in order.photos}:
        raise PhotoNotFound
    return order
