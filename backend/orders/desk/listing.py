"""A page of the desk: open orders least time left first, ended ones latest first; by keyset, in both directions."""

from datetime import datetime

import asyncpg
import msgspec

from backend.accounts.structs import Actor
from backend.orders.desk.conditions import desk_areas
from backend.orders.desk.counting import DeskCounts, count_desk
from backend.orders.desk.cursors import DeskCursor, read_cursor, write_cursor
from backend.orders.desk.ended_orders import fetch_ended
from backend.orders.desk.filters import DeskFilter, DeskPage
from backend.orders.desk.open_orders import fetch_open, find_order
from backend.orders.desk.reading import reading
from backend.orders.desk.rows import NO_THUMB, DeskOrder, DuplicatesSql, desk_order
from backend.orders.desk.search import parse_search
from backend.orders.reads.thumbnails import links_of, thumb_of
from backend.sql import Sql

PAGE = 50


class DeskView(msgspec.Struct, frozen=True, kw_only=True):
    page: DeskPage
    counts: DeskCounts
    thumbs: dict[int, str]
    """The link to the first photo of each order, where it is asked for."""


async def view_desk(
    actor: Actor,
    desk_filter: DeskFilter,
    now: datetime,
    cursor: str | None = None,
    limit: int = PAGE,
    *,
    sealed: Sql | None = None,
    duplicates: DuplicatesSql | None = None,
) -> DeskView:
    """A page of the orders of the actor's desk, and how many there are. Raises BadRequest for a foreign cursor.

    `sealed`: with photos, but for these orders (`thumbnails.thumb_of`). `duplicates`: how to tell which open orders may
    be the same case, where the page marks them.
    """
    thumb = NO_THUMB if sealed is None else thumb_of(actor, sealed=sealed)
    spot = read_cursor(cursor, desk_filter.digest())
    async with reading():
        search = await parse_search(desk_filter.text, desk_areas(actor))
        if desk_filter.is_ended:
            rows = await fetch_ended(actor, desk_filter, search, now, spot, limit + 1, thumb)
        else:
            rows = await fetch_open(actor, desk_filter, search, now, spot, limit + 1, thumb, duplicates)
        counts = await count_desk(actor, desk_filter, search, now)
    return DeskView(page=_page(rows, desk_filter, spot, limit), counts=counts, thumbs=links_of(rows, now))


async def find_desk_order(
    actor: Actor, order_id: int, now: datetime, *, sealed: Sql | None = None, duplicates: DuplicatesSql | None = None
) -> tuple[DeskOrder, dict[int, str]] | None:
    """One order of the actor's desk as a row, whatever any filter leaves out, with the link to its photo.

    None for one that is not theirs.
    """
    thumb = NO_THUMB if sealed is None else thumb_of(actor, sealed=sealed)
    row = await find_order(actor, order_id, thumb, duplicates)
    return None if row is None else (desk_order(row), links_of([row], now))


def _page(rows: list[asyncpg.Record], desk_filter: DeskFilter, spot: DeskCursor | None, limit: int) -> DeskPage:
    has_more, shown = len(rows) > limit, rows[:limit]
    is_back = spot is not None and spot.is_back
    if is_back:
        shown = shown[::-1]
    key, digest = "opened_at" if desk_filter.is_ended else "due_at", desk_filter.digest()
    has_previous, has_next = (has_more, True) if is_back else (spot is not None, has_more)
    return DeskPage(
        items=[desk_order(row) for row in shown],
        previous=write_cursor(shown[0], key, digest, is_back=True) if shown and has_previous else None,
        next=write_cursor(shown[-1], key, digest, is_back=False) if shown and has_next else None,
    )
