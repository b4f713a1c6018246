"""The pages of a place's memory: its orders newest first, narrowed and by keyset, and how many a month by class.

Read as staff, as in place_memory.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.orders.model.names import ItemName
from backend.orders.model.states import ENDED
from backend.orders.model.visibility import visible_at_place, visible_to
from backend.orders.reads.place_history import COUNTED
from backend.orders.reads.thumbnails import thumb_of
from backend.sql import Sql, sql
from backend.structs import Page, Read, decode_cursor, encode_cursor
from media.structs import Thumb

PAGE = 30
_SOURCES = "unnest(:place_ids::bigint[], :untils::timestamptz[]) AS source(place_id, until)"
_WITHIN = "o.place_id = source.place_id AND (source.until IS NULL OR o.opened_at < source.until) AND {at_place}"
# Of each place at most a page is taken, found by the index of its orders: the cost is that of its own history.
_ORDERS = f"""
    SELECT o.id, o.number, o.state, o.source_kind, o.opened_at, coalesce(o.closed_at, o.cancelled_at) AS ended_at,
           o.place_id, o.item_id AS item_code, i.name_zh, i.name_en, o.merged_into_id, {{visible}} AS may_open,
           (SELECT survivor.number FROM work_order survivor WHERE survivor.id = o.merged_into_id) AS merged_into,
           (SELECT count(*) FROM work_order other WHERE other.merged_into_id = o.id) AS takes_in, {{thumb}} AS thumb
    FROM {_SOURCES} CROSS JOIN LATERAL (
        SELECT o.* FROM work_order o
        WHERE {_WITHIN} AND (:before::bigint IS NULL OR o.id < :before) AND starts_with(o.item_id, :matter)
          AND (:standing = '' OR (o.state = ANY(:ended::text[])) = (:standing = 'ended'))
        ORDER BY o.id DESC LIMIT :most
    ) o JOIN item i ON i.code = o.item_id
    ORDER BY o.id DESC LIMIT :most
"""
_MONTHS = f"""
    SELECT i.item_code AS class_code, min(i.item_zh) AS name_zh, min(i.item_en) AS name_en,
           greatest(date_trunc('month', o.opened_at AT TIME ZONE 'Asia/Shanghai')::date, :earliest::date) AS month,
           count(*) AS total
    FROM {_SOURCES} JOIN work_order o ON {_WITHIN} JOIN item i ON i.code = o.item_id
    WHERE {COUNTED} GROUP BY i.item_code, 4
"""


class OrderStanding(StrEnum):
    ALL = ""
    OPEN = "open"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class PlaceSource:
    """A place whose orders are told, those of a former place `until` its plates were taken over."""

    place_id: int
    until: datetime | None = None


class PlaceOrder(Read, frozen=True, kw_only=True):
    """An order of a place in one line. No word of a reporter and no name of anybody."""

    id: int
    number: str
    state: str
    item: ItemName
    source_kind: str
    opened_at: datetime
    ended_at: datetime | None
    place_id: int
    merged_into_id: int | None
    merged_into: str | None
    """The number of the order that it ended as part of."""
    may_open: bool
    """False for an order that was handled where the reader does not look, before a border was moved."""
    takes_in: int
    """How many orders ended as part of it."""
    thumb: Thumb | None = None
    """Its first photo, where that is asked for."""


class MonthCount(Read, frozen=True, kw_only=True):
    """How many orders of a class were opened in a month of Shanghai; the earliest month stands for all before."""

    class_code: str
    name_zh: str
    name_en: str
    month: date
    total: int


async def list_orders(
    sources: Sequence[PlaceSource],
    actor: Actor,
    *,
    matter: str = "",
    standing: OrderStanding = OrderStanding.ALL,
    cursor: str | None = None,
    limit: int = PAGE,
    sealed: Sql | None = None,
) -> Page[PlaceOrder]:
    """A page of what may be told of these places to the actor. `matter` is a class or an item.

    `sealed`: with photos, but for these orders (`thumbnails.thumb_of`).
    Raises BadRequest for a foreign cursor.
    """
    before = decode_cursor(cursor, int)[0] if cursor else None
    listed = sql(
        _ORDERS,
        visible=visible_to(actor),
        at_place=visible_at_place(actor),
        **_columns(sources),
        before=before,
        matter=matter,
        standing=standing.value,
        ended=list(ENDED),
        most=limit + 1,
        thumb=Sql("NULL::json") if sealed is None else thumb_of(actor, sealed=sealed),
    )
    rows = await db.fetch(listed)
    shown = [_order(dict(row)) for row in rows[:limit]]
    return Page(items=shown, next_cursor=encode_cursor(shown[-1].id) if len(rows) > limit else None)


async def count_months(sources: Sequence[PlaceSource], actor: Actor, earliest: date) -> list[MonthCount]:
    """Counts of the same orders; what was opened before the month of `earliest` counts as of then."""
    rows = await db.fetch(sql(_MONTHS, at_place=visible_at_place(actor), **_columns(sources), earliest=earliest))
    return [MonthCount(**row) for row in rows]


def _columns(sources: Sequence[PlaceSource]) -> dict[str, list[Any]]:
    return {
        "place_ids": [source.place_id for source in sources],
        "untils": [source.until for source in sources],
    }


def _order(row: dict) -> PlaceOrder:
    item = ItemName(code=row.pop("item_code"), name_zh=row.pop("name_zh"), name_en=row.pop("name_en"))
    thumb = msgspec.json.decode(row.pop("thumb") or "null", type=Thumb | None)
    return PlaceOrder(item=item, thumb=thumb, **row)
