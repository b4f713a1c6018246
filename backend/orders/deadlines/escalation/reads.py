"""Reads of the escalation: its levels, what was sent for an order, and what of that people see."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.orders.deadlines.escalation.levels import EscalationLevel
from backend.structs import Read

_LEVELS = """
    SELECT id, area_code, item_prefix, priorities, stage, at_percent, who, door, quiet FROM escalation_rung
    WHERE is_active ORDER BY stage, at_percent, id
"""
LEAST_PERCENT = "(SELECT min(at_percent) FROM escalation_rung WHERE is_active)"
"""Of a limit before none of which any level is reached; NULL without levels."""
_SENT = "SELECT order_id, rung_id, round_at FROM escalation WHERE order_id = ANY($1::bigint[])"
_STORY = """
    SELECT e.stage, r.at_percent, r.who, e.due_at, e.rung_at AS sent_at FROM escalation e
    JOIN escalation_rung r ON r.id = e.rung_id WHERE e.order_id = $1 ORDER BY e.id
"""


class EscalationView(Read):
    """A level that was sent for an order."""

    stage: str
    at_percent: int
    who: str
    due_at: datetime
    sent_at: datetime


async def list_levels() -> list[EscalationLevel]:
    """Every level in use, of all areas."""
    return [msgspec.convert(dict(row), EscalationLevel) for row in await db.fetch(_LEVELS)]


async def list_escalated(order_ids: Sequence[int]) -> dict[int, set[tuple[int, datetime]]]:
    """What was sent, by order: level and round."""
    found: dict[int, set[tuple[int, datetime]]] = {}
    for row in await db.fetch(_SENT, order_ids):
        found.setdefault(row["order_id"], set()).add((row["rung_id"], row["round_at"]))
    return found


async def list_escalations(order_id: int) -> list[EscalationView]:
    """What was sent for one order, oldest first."""
    return [EscalationView(**row) for row in await db.fetch(_STORY, order_id)]
