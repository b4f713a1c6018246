"""Record what happened to an order as a fact for everybody concerned."""

from typing import Any

from backend import db
from backend.events import service as events
from backend.orders.model import rules
from backend.orders.model.events import OrderFact, OrderGrabbed, SilentOrderFact
from backend.orders.transitions.locking import LockedOrder

_FOLLOWERS = "SELECT DISTINCT account_id FROM order_follower WHERE order_id = $1 ORDER BY account_id"


async def record_fact(fact: type[OrderFact], order: LockedOrder, version: int, /, **body: Any) -> None:
    """Record a fact about this order for everyone concerned: reporters, handlers old and new, supervisor."""
    handler_id = body.pop("handler_id", order.handler_id)
    unit_id = body.pop("unit_id", order.unit_id)
    followers = [row["account_id"] for row in await db.fetch(_FOLLOWERS, order.id)]
    supervisor_id = body.pop("supervisor_id", order.supervisor_id)
    people = {order.opened_by_id, handler_id, order.handler_id, supervisor_id, *followers}
    await events.record(
        fact(
            subject_id=order.id,
            version=version,
            area_code=order.area_code,
            unit_id=unit_id,
            account_ids=tuple(sorted(person for person in people if person is not None)),
            number=order.number,
            item_code=order.item_code,
            item_zh=order.item_zh,
            item_en=order.item_en,
            place=order.place,
            handler_id=handler_id,
            opened_by_id=order.opened_by_id,
            supervisor_id=supervisor_id,
            follower_ids=tuple(followers),
            is_urgent=rules.is_urgent(order.priority),
            priority=order.priority,
            is_grabbed=fact is OrderGrabbed or (order.grabbed_at is not None and handler_id == order.handler_id),
            acted_by_id=body.pop("acted_by_id", order.acted_by_id),
            **body,
        )
    )


async def record_silently(fact: type[SilentOrderFact], order: LockedOrder, version: int, /, **body: Any) -> None:
    """Record a fact about this order of which nobody is notified."""
    area_code, unit_id = order.area_code, order.unit_id
    is_urgent = rules.is_urgent(order.priority)
    made = fact(subject_id=order.id, version=version, area_code=area_code, unit_id=unit_id, is_urgent=is_urgent, **body)
    await events.record(made)
