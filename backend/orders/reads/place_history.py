"""Everything ever reported at one place: how often by class of items, and the orders themselves, newest first.

Read as staff: what somebody reported there by the way is found among the own reports.
"""

from datetime import datetime, timedelta

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.orders.model.sources import UNREPORTED_SQL
from backend.orders.model.states import State
from backend.orders.model.visibility import staff_of, visible_at_place
from backend.orders.reads.rows import COLUMNS, JOINS, order_view
from backend.orders.reads.views import OrderView
from backend.sql import sql
from backend.structs import Page, Read, decode_cursor, encode_cursor

RECENT_DAYS = 30
# Merged orders are one case with another one, and of others nobody reported anything: none is counted.
COUNTED = f"o.source_kind NOT IN ({UNREPORTED_SQL}) AND o.state <> '{State.MERGED}'"
_COUNTS = f"""
    SELECT i.item_code AS class_code, min(i.item_zh) AS name_zh, min(i.item_en) AS name_en, count(*) AS total,
           count(*) FILTER (WHERE o.opened_at > :since) AS recent, max(o.opened_at) AS last_at
    FROM work_order o JOIN item i ON i.code = o.item_id
    WHERE {{visible}} AND o.place_id = :place_id AND {COUNTED}
    GROUP BY i.item_code ORDER BY count(*) DESC, i.item_code
"""
_ORDERS = f"""
    SELECT {COLUMNS} {JOINS}
    WHERE {{staff_of}} AND o.place_id = :place_id AND (:before::bigint IS NULL OR o.id < :before)
    ORDER BY o.id DESC LIMIT :most
"""


class ClassCount(Read, frozen=True, kw_only=True):
    """How often one class of items, such as A1 parking order, came up at a place."""

    class_code: str
    name_zh: str
    name_en: str
    total: int
    recent: int
    """In the last thirty days."""
    last_at: datetime


class PlaceHistory(Read, frozen=True, kw_only=True):
    """Everything ever reported at a place: counted is all, listed are the orders that the reader may open."""

    place_id: int
    classes: list[ClassCount]
    orders: Page[OrderView]


async def get_history(
    place_id: int, actor: Actor, now: datetime, *, limit: int, cursor: str | None = None
) -> PlaceHistory:
    """Counts by class and a page of orders, as far as the actor sees. Raises BadRequest for a foreign cursor."""
    since = now - timedelta(days=RECENT_DAYS)
    counts = await db.fetch(sql(_COUNTS, visible=visible_at_place(actor), place_id=place_id, since=since))
    before = decode_cursor(cursor, int)[0] if cursor else None
    readable = {"staff_of": staff_of(actor), "reader": actor.account_id}
    rows = await db.fetch(sql(_ORDERS, **readable, place_id=place_id, before=before, most=limit + 1))
    shown: list[OrderView] = [order_view(row, actor) for row in rows[:limit]]
    return PlaceHistory(
        place_id=place_id,
        classes=[msgspec.convert(dict(row), ClassCount) for row in counts],
        orders=Page(items=shown, next_cursor=encode_cursor(shown[-1].id) if len(rows) > limit else None),
    )


def recent_classes(place: str, now: str, most: str) -> str:
    """The strip of a place as SQL: what came up there most in the last thirty days, as JSON of ClassCount.

    It tells of no order and no person.
    """
    return f"""(SELECT coalesce(json_agg(strip), '[]') FROM (
        SELECT i.item_code AS class_code, min(i.item_zh) AS name_zh, min(i.item_en) AS name_en, count(*) AS total,
               count(*) AS recent, max(o.opened_at) AS last_at
        FROM work_order o JOIN item i ON i.code = o.item_id
        WHERE o.place_id = {place} AND o.opened_at > {now} - interval '{RECENT_DAYS} days' AND {COUNTED}
        GROUP BY i.item_code ORDER BY count(*) DESC, i.item_code LIMIT {most}
    ) strip)"""
