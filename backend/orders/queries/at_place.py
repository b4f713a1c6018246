"""What a place says about its orders: which matters come up here most, and which of them this actor works on."""

from backend import db
from backend.accounts.structs import Actor
from backend.orders.queries.rows import COLUMNS, JOINS, order_view
from backend.orders.queries.scope import VISIBLE, scope_args
from backend.orders.states import ENDED
from backend.orders.structs import OrderView

_FREQUENT = """
    SELECT item_code FROM work_order WHERE place_id = $1
    GROUP BY item_code ORDER BY count(*) DESC, max(opened_at) DESC LIMIT $2
"""
_VISIBLE_HERE = f"""
    SELECT {COLUMNS} {JOINS} WHERE {VISIBLE} AND o.place_id = $5 AND o.state <> ALL($7::text[])
    ORDER BY o.resolve_by, o.id LIMIT $6
"""


async def list_frequent_items(place_id: int, *, limit: int) -> list[str]:
    """The item codes reported most at this place, most frequent first."""
    return [row["item_code"] for row in await db.fetch(_FREQUENT, place_id, limit)]


async def list_visible_at_place(place_id: int, actor: Actor, *, limit: int) -> list[OrderView]:
    """The open orders of this place within the actor's scope, least time left first."""
    rows = await db.fetch(_VISIBLE_HERE, *scope_args(actor), place_id, limit, [*ENDED])
    return [order_view(row, actor) for row in rows]
