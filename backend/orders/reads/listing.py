"""Lists of orders, cut by scope, open ones least time left first, paged by keyset."""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.orders.deadlines.overdue import DUE_AT
from backend.orders.model.states import ENDED, State
from backend.orders.model.visibility import VISIBLE, scope_args
from backend.orders.reads.rows import COLUMNS, JOINS, order_view
from backend.orders.reads.views import OrderView
from backend.structs import Page, decode_cursor, encode_cursor

_LIST = """
    SELECT {columns} {joins}
    WHERE {visible}
      AND ($5::text[] IS NULL OR o.state = ANY($5))
      AND (NOT $6::bool OR o.handler_id = $4)
      AND ($7::text IS NULL OR o.item_code = $7)
      AND ($8::text IS NULL OR o.area_code LIKE $8 || '%')
      AND ($9::timestamptz IS NULL OR ({due}, o.id) > ($9, $10::bigint))
    ORDER BY {due}, o.id LIMIT $11
"""
_OF_OPEN, _OF_ALL = (
    _LIST.format(columns=COLUMNS, joins=JOINS, visible=VISIBLE, due=due) for due in (DUE_AT, "o.resolve_by")
)
"""Open orders are few and stand by what is due next; with the ended ones they are millions, and an index helps."""
_COUNT = f"SELECT o.state, count(*) FROM work_order o WHERE {VISIBLE} GROUP BY o.state"


class OrderFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is narrowed to; None means not narrowed."""

    states: list[State] | None = None
    mine: bool = False
    item_code: str | None = None
    area_code: str | None = None


async def list_orders(actor: Actor, wanted: OrderFilter, *, limit: int, cursor: str | None = None) -> Page[OrderView]:
    """A page of the orders that the actor may see. Raises BadRequest for a foreign cursor."""
    after_at, after_id = _after(cursor)
    is_open = wanted.states is not None and not set(wanted.states) & set(ENDED)
    rows = await db.fetch(
        _OF_OPEN if is_open else _OF_ALL,
        *scope_args(actor),
        None if wanted.states is None else [state.value for state in wanted.states],
        wanted.mine,
        wanted.item_code,
        wanted.area_code,
        after_at,
        after_id,
        limit + 1,
    )
    shown, key = rows[:limit], "due_at" if is_open else "resolve_by"
    last = encode_cursor(shown[-1][key].isoformat(), shown[-1]["id"]) if len(rows) > limit else None
    return Page(items=[order_view(row, actor) for row in shown], next_cursor=last)


async def count_by_state(actor: Actor) -> dict[str, int]:
    """How many visible orders stand in each state."""
    return {row["state"]: row["count"] for row in await db.fetch(_COUNT, *scope_args(actor))}


def _after(cursor: str | None) -> tuple[datetime | None, int | None]:
    if cursor is None:
        return None, None
    at, order_id = decode_cursor(cursor, datetime, int)
    return at, order_id  # type: ignore[return-value]
