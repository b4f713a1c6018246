"""Ended orders of the desk, latest first: millions, so that no filter may look at all of them.

What is common is found among the latest; what is not is rare, and the index by keys names all of it at once. Which of
the two it is shows only when the latest have been looked through, hence two statements at most.
"""

from datetime import datetime

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.orders.desk.conditions import closed_as, conditions_of, in_states, named_by_keys
from backend.orders.desk.cursors import DeskCursor, beyond, order_by
from backend.orders.desk.filters import DeskFilter, DeskTab
from backend.orders.desk.rows import COLUMNS, JOINS, NO_THUMB
from backend.orders.desk.search import DeskSearch
from backend.orders.desk.sql import all_of, opened
from backend.sql import Sql, sql

LATEST = 20_000
_KEY = "o.opened_at"
_ENDED = in_states(DeskTab.ENDED)


async def fetch_ended(
    actor: Actor,
    desk_filter: DeskFilter,
    search: DeskSearch,
    now: datetime,
    spot: DeskCursor | None,
    limit: int,
    thumb: Sql = NO_THUMB,
) -> list[asyncpg.Record]:
    among_latest = await _among_latest(actor, desk_filter, search, now, spot, limit, thumb)
    if len(among_latest) == limit:
        return among_latest
    named = await fetch_named(actor, desk_filter, search, now, spot, limit, unless_all_latest=True, thumb=thumb)
    return named or among_latest


def count_ended(actor: Actor, desk_filter: DeskFilter, search: DeskSearch, now: datetime, most: int) -> Sql:
    """SQL for how many there are among the latest, at most `most`."""
    found = conditions_of(actor, desk_filter, search, now)
    picked = "SELECT FROM ({latest}) o WHERE {found} LIMIT :most"
    latest = _latest(desk_filter, search, None)
    return sql(f"(SELECT count(*) FROM ({picked}) picked)", latest=latest, found=found, most=most)


def is_all(desk_filter: DeskFilter, search: DeskSearch) -> Sql:
    """SQL for whether the latest are all there are."""
    return sql("NOT {longer}", longer=_is_longer(desk_filter, search, None))


def _latest(desk_filter: DeskFilter, search: DeskSearch, spot: DeskCursor | None) -> Sql:
    """The latest ended orders of all areas, behind the spot and within the days that were asked for."""
    order = order_by(spot, _KEY, descending=True)
    bounds = _bounds(desk_filter, search, spot)
    return sql(f"SELECT o.* FROM work_order o WHERE {{bounds}} {order} LIMIT {LATEST}", bounds=bounds)


async def _among_latest(
    actor: Actor,
    desk_filter: DeskFilter,
    search: DeskSearch,
    now: datetime,
    spot: DeskCursor | None,
    limit: int,
    thumb: Sql,
) -> list[asyncpg.Record]:
    found = conditions_of(actor, desk_filter, search, now)
    order = order_by(spot, _KEY, descending=True)
    picked = f"SELECT o.* FROM ({{latest}}) o WHERE {{found}} {order} LIMIT :most"
    text = f"SELECT {COLUMNS}, {{thumb}} AS thumb FROM ({picked}) o {JOINS} {order}"
    return await db.fetch(sql(text, latest=_latest(desk_filter, search, spot), found=found, thumb=thumb, most=limit))


async def fetch_named(
    actor: Actor,
    desk_filter: DeskFilter,
    search: DeskSearch,
    now: datetime,
    spot: DeskCursor | None,
    limit: int,
    unless_all_latest: bool = False,
    thumb: Sql = NO_THUMB,
) -> list[asyncpg.Record]:
    """The latest of all that the keys or a few places name; none, if wanted so, where the latest are all there is."""
    found = all_of(
        conditions_of(actor, desk_filter, search, now),
        named_by_keys(actor, desk_filter) if search.place_ids is None else None,
        _is_longer(desk_filter, search, spot) if unless_all_latest else None,
        beyond(spot, _KEY, descending=True),
    )
    order = order_by(spot, _KEY, descending=True)
    named = "SELECT o.id, o.opened_at FROM work_order o WHERE {found}"
    picked = f"SELECT w.* FROM (SELECT * FROM named o {order} LIMIT :most) o JOIN work_order w USING (id)"
    text = (
        f"WITH named AS MATERIALIZED ({named}) SELECT {COLUMNS}, {{thumb}} AS thumb FROM ({picked}) o {JOINS} {order}"
    )
    return await db.fetch(sql(text, found=found, thumb=thumb, most=limit))


def _is_longer(desk_filter: DeskFilter, search: DeskSearch, spot: DeskCursor | None) -> Sql:
    order = order_by(spot, _KEY, descending=True)
    text = f"(SELECT EXISTS (SELECT FROM work_order o WHERE {{bounds}} {order} OFFSET {LATEST} LIMIT 1))"
    return sql(text, bounds=_bounds(desk_filter, search, spot))


def _bounds(desk_filter: DeskFilter, search: DeskSearch, spot: DeskCursor | None) -> Sql:
    """Ended, within the days, behind the spot: what the walk through the index of ended orders can use."""
    return all_of(
        Sql(_ENDED),
        opened(desk_filter.since, desk_filter.until, "filter"),
        closed_as(desk_filter),
        opened(search.since, search.until, "search"),
        beyond(spot, _KEY, descending=True),
    )
