"""Find an order by what people say of it, and say whether somebody still sees it."""

from backend import db
from backend.accounts.structs import Actor
from backend.orders.model.errors import NumberUnknown
from backend.orders.model.visibility import VISIBLE, scope_args

_BY_NUMBER = f"SELECT o.id FROM work_order o WHERE {VISIBLE} AND o.number = $5"
_IS_VISIBLE = f"SELECT EXISTS (SELECT FROM work_order o WHERE {VISIBLE} AND o.id = $5)"


async def get_id(number: str, actor: Actor) -> int:
    """The order of this number within the actor's scope. Raises NumberUnknown."""
    order_id = await db.fetchval(_BY_NUMBER, *scope_args(actor), number.strip().upper())
    if order_id is None:
        raise NumberUnknown(number=number)
    return order_id


async def is_visible(order_id: int, actor: Actor) -> bool:
    """Whether the actor sees this order."""
    return await db.fetchval(_IS_VISIBLE, *scope_args(actor), order_id)
