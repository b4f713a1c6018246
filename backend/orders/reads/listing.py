"""Lists of orders, cut by scope: open ones first, least time left in front, then ended ones, latest reported in front.

Open orders are few and ended ones are millions. Each kind is read by a statement that names its states, so that the
indexes of that kind serve it, and that asks for nothing which was not asked for. Paged by keyset.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import asyncpg
import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.orders.deadlines.overdue import DUE_AT
from backend.orders.model.states import ENDED, OPEN, State, quoted
from backend.orders.model.visibility import visible_to
from backend.orders.reads.rows import COLUMNS, JOINS, order_view
from backend.orders.reads.views import OrderView
from backend.sql import Sql, sql
from backend.structs import Page, decode_cursor, encode_cursor

# That they are open is said in print, too: the indexes of open orders are for statements that say so.
_COUNT = f"""
    SELECT o.state, count(*) FROM work_order o
    WHERE o.state IN ({quoted(OPEN)}) AND o.state = ANY(:states::text[]) AND {{visible}} GROUP BY o.state
"""


class OrderFilter(msgspec.Struct, frozen=True, kw_only=True):
    """What a list is narrowed to; None means not narrowed."""

    states: list[State] | None = None
    mine: bool = False
    item_code: str | None = None
    area_code: str | None = None


class _Kind(NamedTuple):
    """Orders that stand together in a list, and by what."""

    states: tuple[State, ...]
    key: str
    column: str
    direction: str
    beyond: str


_OPEN = _Kind(OPEN, DUE_AT, "due_at", "ASC", ">")
_ENDED = _Kind(ENDED, "o.opened_at", "opened_at", "DESC", "<")


class _Spot(NamedTuple):
    """The last order of the page before."""

    at: datetime
    order_id: int


async def list_orders(
    actor: Actor, order_filter: OrderFilter, *, limit: int, cursor: str | None = None
) -> Page[OrderView]:
    """A page of the orders that the actor may see. Raises BadRequest for a foreign cursor."""
    first, spot = _read_cursor(cursor)
    rows: list[asyncpg.Record] = []
    for kind in (_OPEN, _ENDED)[(_OPEN, _ENDED).index(first) :]:
        states = [state for state in kind.states if order_filter.states is None or state in order_filter.states]
        if states and len(rows) <= limit:
            found = _conditions(actor, order_filter, kind, states, spot)
            rows += await db.fetch(_listed(kind, found, limit + 1 - len(rows), actor))
        spot = None
    shown = rows[:limit]
    return Page(
        items=[order_view(row, actor) for row in shown],
        next_cursor=_cursor(shown[-1]) if len(rows) > limit else None,
    )


async def count_open(actor: Actor, states: Iterable[State]) -> dict[str, int]:
    """How many visible orders stand in each of these states, of those in which an order is open."""
    rows = await db.fetch(sql(_COUNT, visible=visible_to(actor), states=[state.value for state in states]))
    return {row["state"]: row["count"] for row in rows}


def _listed(kind: _Kind, found: Sql, most: int, actor: Actor) -> Sql:
    """Only what is shown is told in full: the orders are picked first."""
    order = f"{kind.key} {kind.direction}, o.id {kind.direction}"
    picked = f"SELECT o.id FROM work_order o WHERE {{found}} ORDER BY {order} LIMIT :most"
    text = f"SELECT {COLUMNS} {JOINS} WHERE o.id = ANY(ARRAY({picked})) ORDER BY {order}"
    return sql(text, found=found, most=most, reader=actor.account_id)


def _conditions(actor: Actor, order_filter: OrderFilter, kind: _Kind, states: list[State], spot: _Spot | None) -> Sql:
    """States stand in the text: no plan for any states can use an index of some."""
    area, item = order_filter.area_code, order_filter.item_code
    conditions = {
        "visible": visible_to(actor),
        "states": Sql(f"o.state IN ({quoted(states)})"),
        "mine": Sql("o.handler_id = :reader::bigint", {"reader": actor.account_id}) if order_filter.mine else None,
        "item": Sql("o.item_id = :item_code", {"item_code": item}) if item is not None else None,
        "area": within_any("o.area_code", [area], "asked_area") if area is not None else None,
        "beyond": Sql(f"({kind.key}, o.id) {kind.beyond} (:at, :after)", {"at": spot.at, "after": spot.order_id})
        if spot
        else None,
    }
    named = {name: condition for name, condition in conditions.items() if condition is not None}
    return sql(" AND ".join(f"{{{name}}}" for name in named), **named)


def _cursor(row: asyncpg.Record) -> str:
    kind = _ENDED if row["state"] in ENDED else _OPEN
    return encode_cursor(kind.column, row[kind.column].isoformat(), row["id"])


def _read_cursor(cursor: str | None) -> tuple[_Kind, _Spot | None]:
    if cursor is None:
        return _OPEN, None
    column, at, order_id = decode_cursor(cursor, str, datetime, int)
    kind = _ENDED if column == _ENDED.column else _OPEN
    return kind, _Spot(at, order_id)
