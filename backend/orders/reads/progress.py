"""How far orders are, for the packages that had them opened. It asks nobody who may see what."""

from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.orders.model.states import State
from backend.structs import Read

_LIST = """
    SELECT id, state, arrived_at, finished_at, closed_at, handler_id, rework_count + reopen_count AS times_again
    FROM work_order WHERE id = ANY($1::bigint[])
"""


class OrderProgress(Read, frozen=True, kw_only=True):
    id: int
    state: State
    arrived_at: datetime | None
    finished_at: datetime | None
    closed_at: datetime | None
    handler_id: int | None
    times_again: int
    """How often it was sent back or opened again."""


async def list_progress(order_ids: Sequence[int]) -> dict[int, OrderProgress]:
    """By id, those of these orders that there are."""
    rows = await db.fetch(_LIST, list(order_ids))
    return {row["id"]: OrderProgress(**{**row, "state": State(row["state"])}) for row in rows}
