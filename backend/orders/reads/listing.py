"""Lists of orders, cut by scope, open ones least time left first, paged by keyset."""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.geo.area_sql import within
from backend.orders.deadlines.overdue import DUE_AT
from backend.orders.model.states import ENDED, State
from backend.orders.model.visibility import visible_to
from backend.orders.reads.rows import COLUMNS, JOINS, order_view
from backend.orders.reads.views import OrderView
from backend.sql import Sql, sql
from backend.structs import Page, decode_cursor, encode_cursor

_LIST = f"""
    SELECT {COLUMNS} {JOINS}
    WHERE {{visible}}
      AND (:states::text[] IS NULL OR o.state = ANY(:states))
      AND (NOT :mine::bool OR o.handler_id = :reader)
      AND (:item_code::text IS NULL OR o.item_id = :item_code)
      AND (:area_code::text IS NULL OR {within("o.area_code", ":area_code")})
      AND (:after_at::timestamptz IS NULL OR ({{due}}, o.id) > (:after_at, :after_id::bigint))
    ORDER BY {{due}}, o.id LIMIT :most
"""
_OF_OPEN, _OF_ALL = Sql(DUE_AT), Sql("o.resolve_by")
"""Open orders are few and stand by what is due next; with the ended ones they are millions, and an index helps."""
_COUNT = "SELECT o.state, count(*) FROM work_order o WHERE {visible} GROUP BY o.state"


class OrderFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is narrowed to; None means not narrowed."""

    states: list[State] | None = None
    mine: bool = False
    item_code: str | None = None
    area_code: str | None = None


async def list_orders(
    actor: Actor, order_filter: OrderFilter, *, limit: int, cursor: str | None = None
) -> Page[OrderView]:
    """A page of the orders that the actor may see. Raises BadRequest for a foreign cursor."""
    after_at, after_id = _after(cursor)
    is_open = order_filter.states is not None and not set(order_filter.states) & set(ENDED)
    listed = sql(
        _LIST,
        visible=visible_to(actor),
        due=_OF_OPEN if is_open else _OF_ALL,
        states=None if order_filter.states is None else [state.value for state in order_filter.states],
        mine=order_filter.mine,
        item_code=order_filter.item_code,
        area_code=order_filter.area_code,
        after_at=after_at,
        after_id=after_id,
        most=limit + 1,
    )
    rows = await db.fetch(listed)
    shown, key = rows[:limit], "due_at" if is_open else "resolve_by"
    last = encode_cursor(shown[-1][key].isoformat(), shown[-1]["id"]) if len(rows) > limit else None
    return Page(items=[order_view(row, actor) for row in shown], next_cursor=last)


async def count_by_state(actor: Actor) -> dict[str, int]:
    """How many visible orders stand in each state."""
    rows = await db.fetch(sql(_COUNT, visible=visible_to(actor)))
    return {row["state"]: row["count"] for row in rows}


def _after(cursor: str | None) -> tuple[datetime | None, int | None]:
    if cursor is None:
        return None, None
    at, order_id = decode_cursor(cursor, datetime, int)
    return at, order_id  # type: ignore[return-value]
