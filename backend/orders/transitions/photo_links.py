"""Photo links die with the sight: when an order leaves a unit, a handler or a case, all its links are retired."""

from collections.abc import Mapping
from typing import Any

from backend import db
from backend.orders.transitions.locking import LockedOrder
from media.links import retire_links
from media.structs import PhotoSubject, SubjectKind

_STEPS = """
    SELECT s.id FROM order_step s JOIN work_order o ON o.id = s.order_id WHERE o.id = $1 OR o.merged_into_id = $1
"""


async def follow(order: LockedOrder, changes: Mapping[str, Any]) -> None:
    """Retire the links of an order's photos when these changes take it from a unit or a handler who had it."""
    had = {"unit_id": order.unit_id, "handler_id": order.handler_id}
    if any(who is not None and changes.get(column, who) != who for column, who in had.items()):
        await retire(order.id)


async def retire(order_id: int) -> None:
    """End every link given out to the photos of an order and of what was merged into it."""
    steps = await db.fetch(_STEPS, order_id)
    await retire_links([PhotoSubject(SubjectKind.ORDER_STEP, step["id"]) for step in steps])
