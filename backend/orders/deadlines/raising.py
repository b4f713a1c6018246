"""提级: while an emergency is on, orders are as urgent as it says, and afterwards as they were.

Each order whose priority moved has a step that says from what to what, who caused it and why.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.orders.deadlines.effects import DeadlineUpdate, PriorityMove
from backend.orders.deadlines.paces import raised
from backend.orders.deadlines.timelines import Ticking
from backend.sql import sql

_SET = """
    UPDATE work_order o SET priority = said.priority,
           raised_from = CASE WHEN said.priority < said.usual THEN said.usual END
    FROM unnest(:ids::bigint[], :priorities::text[], :usuals::text[]) AS said (id, priority, usual) WHERE o.id = said.id
"""


async def follow(orders: Sequence[Ticking], now: datetime) -> dict[int, PriorityMove]:
    """Let the priorities of locked orders follow the emergencies of now. Returns those that moved, by order."""
    found = [(order, _priority(order, now)) for order in orders]
    changed = [(order, priority) for order, priority in found if priority != order.subject.priority]
    if changed:
        values = {
            "ids": [order.id for order, _ in changed],
            "priorities": [priority for _, priority in changed],
            "usuals": [order.usual_priority for order, _ in changed],
        }
        await db.execute(sql(_SET, **values))
    return {order.id: PriorityMove(order.subject.priority, priority) for order, priority in changed}


def joined(
    orders: Sequence[Ticking], changes: Sequence[DeadlineUpdate], moved: Mapping[int, PriorityMove]
) -> list[DeadlineUpdate]:
    """Deadlines and priorities that moved, order by order. Pure."""
    due = {change.order.id: change for change in changes}
    return [
        msgspec.structs.replace(due.get(order.id) or DeadlineUpdate(order=order, due={}), priority=moved.get(order.id))
        for order in orders
        if order.id in due or order.id in moved
    ]


def _priority(order: Ticking, now: datetime) -> str:
    return raised(order.terms.timetable.stretches, order.subject.item_code, order.usual_priority, now)
