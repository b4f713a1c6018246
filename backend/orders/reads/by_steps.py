"""Which orders some steps belong to, as far as somebody may know: for photos that turn up in two places."""

from collections.abc import Sequence

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.orders.model.visibility import staff_of, visible_to
from backend.sql import sql

_ORDERS = """
    SELECT s.id AS step_id, s.order_id, CASE WHEN {visible} THEN o.number END AS number,
           coalesce({staff_of}, false) AS is_staff
      FROM order_step s JOIN work_order o ON o.id = s.order_id WHERE s.id = ANY(:step_ids::bigint[])
"""


class OrderOfStep(msgspec.Struct, frozen=True, kw_only=True):
    step_id: int
    order_id: int
    number: str | None
    """None out of the reader's scope."""
    is_staff: bool
    """Whether the order is told to the reader as to staff."""


async def list_of_steps(step_ids: Sequence[int], actor: Actor) -> list[OrderOfStep]:
    readers = {"visible": visible_to(actor), "staff_of": staff_of(actor)}
    rows = await db.fetch(sql(_ORDERS, **readers, step_ids=list(step_ids)))
    return [OrderOfStep(**row) for row in rows]
