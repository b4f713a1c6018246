"""提级: while an emergency is on, orders are as urgent as it says, and afterwards as they were."""

from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.orders.deadlines.paces import raised
from backend.orders.deadlines.timelines import Ticking
from backend.sql import sql

_SET = """
    UPDATE work_order o SET priority = said.priority,
           raised_from = CASE WHEN said.priority < said.usual THEN said.usual END
    FROM unnest(:ids::bigint[], :priorities::text[], :usuals::text[]) AS said (id, priority, usual) WHERE o.id = said.id
"""


async def follow(orders: Sequence[Ticking], now: datetime) -> list[Ticking]:
    """Let the priorities of locked orders follow the emergencies of now. Returns those that changed."""
    found = [(order, _priority(order, now)) for order in orders]
    changed = [(order, priority) for order, priority in found if priority != order.subject.priority]
    if changed:
        values = {
            "ids": [order.id for order, _ in changed],
            "priorities": [priority for _, priority in changed],
            "usuals": [order.usual_priority for order, _ in changed],
        }
        await db.execute(sql(_SET, **values))
    return [order for order, _ in changed]


def _priority(order: Ticking, now: datetime) -> str:
    return raised(order.terms.timetable.stretches, order.subject.item_code, order.usual_priority, now)
