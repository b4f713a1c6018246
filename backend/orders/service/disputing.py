"""留存: photos of an order whose result is disputed stay whole past their time, until somebody lets them go."""

from backend.orders.queries import LockedOrder
from backend.orders.service import proving
from backend.orders.service.moving import Mover
from media import service as media


async def hold_photos(order: LockedOrder, reason: str, by: Mover) -> None:
    """Hold all photos of the order, and of what was merged into it. `by` is whoever disputes the result."""
    subjects = await proving.list_subjects(order)
    await media.hold_disputed(subjects, f"{order.number}: {reason}", by.actor.account_id, by.now)
