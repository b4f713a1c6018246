"""Who reads intake records and decides on them: one rule. Pure.

Whoever dispatches orders within the source's area reads and decides, and opens the raw message. A contact is opened by
them, and by whoever handles the record's order, who has to call first. Each opening is written down.
"""

from backend.accounts import permissions
from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.orders.model import audience
from backend.orders.model.audience import AudienceFacts


def may_decide(actor: Actor, area_code: str) -> bool:
    """Whether one grant lets somebody dispatch all over the source's area."""
    return permissions.may_within(actor, Permission.DISPATCH_ORDERS, area_code)


def may_open_contact(actor: Actor, area_code: str, order: AudienceFacts | None) -> bool:
    """Whether somebody may learn who told the source."""
    if may_decide(actor, area_code):
        return True
    if order is None or not permissions.may_within(actor, Permission.HANDLE_ORDERS, order.area_code):
        return False
    return order.is_open and audience.is_staff_of(actor, order)
