"""Find an order by what people say of it, and say whether somebody still sees it, or whether it has ended."""

from collections.abc import Sequence

from backend import db
from backend.accounts.structs import Actor
from backend.orders.model.errors import NumberUnknown
from backend.orders.model.states import ENDED, OPEN, quoted
from backend.orders.model.visibility import visible_to
from backend.sql import sql

_BY_NUMBER = "SELECT o.id FROM work_order o WHERE {visible} AND o.number = :number"
_ENDED = f"SELECT id FROM work_order WHERE id = ANY($1::bigint[]) AND state IN ({quoted(ENDED)})"
_OPEN_NUMBER = f"SELECT number FROM work_order WHERE id = $1 AND state IN ({quoted(OPEN)})"
_IS_VISIBLE = "SELECT EXISTS (SELECT FROM work_order o WHERE {visible} AND o.id = :order_id)"


async def get_id(number: str, actor: Actor) -> int:
    """The order of this number within the actor's scope. Raises NumberUnknown."""
    order_id = await db.fetchval(sql(_BY_NUMBER, visible=visible_to(actor), number=number.strip().upper()))
    if order_id is None:
        raise NumberUnknown(number=number)
    return order_id


async def is_visible(order_id: int, actor: Actor) -> bool:
    """Whether the actor sees this order."""
    return await db.fetchval(sql(_IS_VISIBLE, visible=visible_to(actor), order_id=order_id))


async def list_ended(order_ids: Sequence[int]) -> set[int]:
    """Those of these orders that have ended."""
    return {row["id"] for row in await db.fetch(_ENDED, order_ids)}


async def find_open_number(order_id: int) -> str | None:
    """The number of an order that is open."""
    return await db.fetchval(_OPEN_NUMBER, order_id)
