"""What somebody reported first, whatever became of it: newest first, paged by keyset along its own index."""

from backend import db
from backend.accounts.structs import Actor
from backend.orders.model.visibility import visible_to
from backend.orders.reads.rows import COLUMNS, JOINS, order_view
from backend.orders.reads.views import OrderView
from backend.sql import sql
from backend.structs import Page, decode_cursor, encode_cursor

_REPORTED = f"""
    SELECT {COLUMNS} {JOINS}
    WHERE {{visible}} AND o.opened_by_id = :reader AND (:before::bigint IS NULL OR o.id < :before)
    ORDER BY o.id DESC LIMIT :most
"""


async def list_reported(actor: Actor, *, limit: int, cursor: str | None = None) -> Page[OrderView]:
    """A page of the orders that the actor opened. Raises BadRequest for a foreign cursor."""
    before = decode_cursor(cursor, int)[0] if cursor else None
    rows = await db.fetch(sql(_REPORTED, visible=visible_to(actor), before=before, most=limit + 1))
    last = encode_cursor(rows[limit - 1]["id"]) if len(rows) > limit else None
    return Page(items=[order_view(row, actor) for row in rows[:limit]], next_cursor=last)
