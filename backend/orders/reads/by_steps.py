"""Which orders some steps belong to, as far as somebody may know: for photos that turn up in two places."""

from collections.abc import Sequence

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.orders.model.visibility import STAFF_OF, VISIBLE, scope_args

_ORDERS = f"""
    SELECT s.id AS step_id, s.order_id, CASE WHEN {VISIBLE} THEN o.number END AS number,
           coalesce({STAFF_OF}, false) AS is_staff
      FROM order_step s JOIN work_order o ON o.id = s.order_id WHERE s.id = ANY($5::bigint[])
"""


class OrderOfStep(msgspec.Struct, frozen=True, kw_only=True):
    step_id: int
    order_id: int
    number: str | None
    """None out of the reader's scope."""
    is_staff: bool
    """Whether the order is told to the reader as to staff."""


async def list_of_steps(step_ids: Sequence[int], actor: Actor) -> list[OrderOfStep]:
    rows = await db.fetch(_ORDERS, *scope_args(actor), list(step_ids))
    return [OrderOfStep(**row) for row in rows]
