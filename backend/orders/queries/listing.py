"""Lists of orders, cut by scope, least time left first, paged by keyset."""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.orders.queries.rows import COLUMNS, JOINS, order_view
from backend.orders.queries.scope import VISIBLE, scope_args
from backend.orders.states import State
from backend.orders.structs import OrderView
from backend.structs import Page, decode_cursor, encode_cursor

_LIST = f"""
    SELECT {COLUMNS} {JOINS}
    WHERE {VISIBLE}
      AND ($5::text[] IS NULL OR o.state = ANY($5))
      AND (NOT $6::bool OR o.handler_id = $4)
      AND ($7::text IS NULL OR o.item_code = $7)
      AND ($8::text IS NULL OR o.area_code LIKE $8 || '%')
      AND ($9::timestamptz IS NULL OR (o.resolve_by, o.id) > ($9, $10::bigint))
    ORDER BY o.resolve_by, o.id LIMIT $11
"""
_COUNT = f"SELECT o.state, count(*) FROM work_order o WHERE {VISIBLE} GROUP BY o.state"


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is narrowed to; None means not narrowed."""

    states: list[State] | None = None
    mine: bool = False
    item_code: str | None = None
    area_code: str | None = None


async def list_orders(actor: Actor, wanted: Filter, *, limit: int, cursor: str | None = None) -> Page[OrderView]:
    """A page of the orders that the actor may see. Raises BadRequest for a foreign cursor."""
    after_at, after_id = _after(cursor)
    rows = await db.fetch(
        _LIST,
        *scope_args(actor),
        None if wanted.states is None else [state.value for state in wanted.states],
        wanted.mine,
        wanted.item_code,
        wanted.area_code,
        after_at,
        after_id,
        limit + 1,
    )
    shown = rows[:limit]
    last = encode_cursor(shown[-1]["resolve_by"].isoformat(), shown[-1]["id"]) if len(rows) > limit else None
    return Page(items=[order_view(row, actor) for row in shown], next_cursor=last)


async def count_by_state(actor: Actor) -> dict[str, int]:
    """How many visible orders stand in each state."""
    return {row["state"]: row["count"] for row in await db.fetch(_COUNT, *scope_args(actor))}


def _after(cursor: str | None) -> tuple[datetime | None, int | None]:
    if cursor is None:
        return None, None
    at, order_id = decode_cursor(cursor, datetime, int)
    return at, order_id  # type: ignore[return-value]
