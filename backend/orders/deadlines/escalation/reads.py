"""Reads of the escalation ladder: its rungs, what has rung for an order, and what has rung for people to see."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from backend import db
from backend.orders.deadlines.escalation.ladder import EscalationLevel
from backend.structs import Read

_RUNGS = """
    SELECT id, area_code, item_prefix, priorities, stage, at_percent, who, door, quiet FROM escalation_rung
    WHERE is_active ORDER BY stage, at_percent, id
"""
_RUNG = "SELECT order_id, rung_id, round_at FROM escalation WHERE order_id = ANY($1::bigint[])"
_STORY = """
    SELECT e.stage, r.at_percent, r.who, e.due_at, e.rung_at FROM escalation e
    JOIN escalation_rung r ON r.id = e.rung_id WHERE e.order_id = $1 ORDER BY e.id
"""


class EscalationView(Read):
    """A rung that has rung for an order."""

    stage: str
    at_percent: int
    who: str
    due_at: datetime
    rung_at: datetime


async def list_levels() -> list[EscalationLevel]:
    """Every rung in use, of all areas."""
    return [msgspec.convert(dict(row), EscalationLevel) for row in await db.fetch(_RUNGS)]


async def list_escalated(order_ids: Sequence[int]) -> dict[int, set[tuple[int, datetime]]]:
    """What has rung by order: rung and round."""
    found: dict[int, set[tuple[int, datetime]]] = {}
    for row in await db.fetch(_RUNG, order_ids):
        found.setdefault(row["order_id"], set()).add((row["rung_id"], row["round_at"]))
    return found


async def list_escalations(order_id: int) -> list[EscalationView]:
    """What has rung for one order, oldest first."""
    return [EscalationView(**row) for row in await db.fetch(_STORY, order_id)]
