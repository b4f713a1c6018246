"""Orders that are one case: what was merged into an order, and the order as which a merged one goes on."""

from datetime import datetime

import msgspec

from backend import db
from backend.orders.model.errors import OrderNotFound

# Merging makes chains: what was merged into B goes on as C once B is merged into C.
_SURVIVOR = """
    WITH RECURSIVE way AS (
        SELECT id, merged_into_id FROM work_order WHERE id = $1
        UNION ALL SELECT o.id, o.merged_into_id FROM way JOIN work_order o ON o.id = way.merged_into_id
    )
    SELECT id FROM way WHERE merged_into_id IS NULL
"""
_MERGED = """
    WITH RECURSIVE part AS (
        SELECT id FROM work_order WHERE merged_into_id = $1
        UNION ALL SELECT o.id FROM part JOIN work_order o ON o.merged_into_id = part.id
    )
    SELECT o.id, o.number, o.description, o.opened_at, ARRAY(
        SELECT s.id FROM order_step s WHERE s.order_id = o.id AND s.move IN ('open', 'join') ORDER BY s.id
    ) AS report_step_ids
    FROM part JOIN work_order o ON o.id = part.id ORDER BY o.id
"""


class MergedOrder(msgspec.Struct, frozen=True, kw_only=True):
    """An order that was merged into another, with the steps by which people reported it."""

    id: int
    number: str
    description: str
    opened_at: datetime
    report_step_ids: list[int]


async def find_survivor(order_id: int) -> int:
    """The order as which this one goes on: itself, where it was not merged. Raises OrderNotFound."""
    survivor = await db.fetchval(_SURVIVOR, order_id)
    if survivor is None:
        raise OrderNotFound
    return survivor


async def list_merged(order_id: int) -> list[MergedOrder]:
    """Everything that was merged into an order, directly or through another, oldest first."""
    return [msgspec.convert(dict(row), MergedOrder) for row in await db.fetch(_MERGED, order_id)]
