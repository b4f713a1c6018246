"""留存: photos of an order whose result is disputed stay whole past their time, until somebody lets them go."""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.orders.transitions import locking
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import TransitionContext
from backend.orders.verifying import proving
from media import service as media

_BY_NUMBER = "SELECT id FROM work_order WHERE number = $1"
_NO_ORDER = 0


async def hold_photos(order: LockedOrder, reason: str, by: TransitionContext) -> None:
    """Hold all photos of the order, and of what was merged into it. `by` is whoever disputes the result."""
    subjects = await proving.list_subjects(order)
    await media.hold_disputed(subjects, f"{order.number}: {reason}", by.actor.account_id, by.now)


async def release_photos(number: str, actor: Actor, now: datetime) -> int:
    """End the hold on an order's photos; how many there are. Raises OrderNotFound out of scope, EvidenceForbidden."""
    async with db.transaction():
        order = await locking.lock_order(await db.fetchval(_BY_NUMBER, number) or _NO_ORDER, actor)
        return await media.release_hold(await proving.list_subjects(order), actor, now, area_code=order.area_code)
