"""Ended orders of the desk, latest first: millions, so that no filter may look at all of them.

What is common is found among the latest; what is not is rare, and the index by keys names all of it at once. Which of
the two it is shows only when the latest have been looked through, hence two statements at most.
"""

from datetime import datetime
from typing import Any

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.orders.desk.conditions import conditions_of, in_states, named_by_keys
from backend.orders.desk.cursors import DeskCursor, add_cursor, order_by
from backend.orders.desk.filters import DeskFilter, DeskTab
from backend.orders.desk.rows import COLUMNS, JOINS
from backend.orders.desk.search import DeskSearch
from backend.orders.desk.sql import Conditions

LATEST = 20_000
_KEY = "o.opened_at"
_ENDED = in_states(DeskTab.ENDED)


async def fetch_ended(
    actor: Actor, wanted: DeskFilter, sought: DeskSearch, now: datetime, spot: DeskCursor | None, limit: int
) -> list[asyncpg.Record]:
    among_latest = await _among_latest(actor, wanted, sought, now, spot, limit)
    if len(among_latest) == limit:
        return among_latest
    return await fetch_named(actor, wanted, sought, now, spot, limit, unless_all_latest=True) or among_latest


def count_ended(
    actor: Actor, wanted: DeskFilter, sought: DeskSearch, now: datetime, most: int, values: list[Any]
) -> str:
    """SQL for how many there are among the latest, at most `most`; what it names is bound into `values`."""
    found = conditions_of(actor, wanted, sought, now, values)
    picked = f"SELECT FROM ({_latest(found, wanted, sought, None)}) o WHERE {found} LIMIT {found.bind(most)}"
    return f"(SELECT count(*) FROM ({picked}) picked)"


def is_all(wanted: DeskFilter, sought: DeskSearch, values: list[Any]) -> str:
    """SQL for whether the latest are all there are; what it names is bound into `values`."""
    return f"NOT {_is_longer(Conditions(values), wanted, sought, None)}"


def _latest(found: Conditions, wanted: DeskFilter, sought: DeskSearch, spot: DeskCursor | None) -> str:
    """The latest ended orders of all areas, behind the spot and within the days that were asked for."""
    order = order_by(spot, _KEY, descending=True)
    return f"SELECT o.* FROM work_order o WHERE {_bounds(found, wanted, sought, spot)} {order} LIMIT {LATEST}"


async def _among_latest(
    actor: Actor, wanted: DeskFilter, sought: DeskSearch, now: datetime, spot: DeskCursor | None, limit: int
) -> list[asyncpg.Record]:
    found = conditions_of(actor, wanted, sought, now)
    order = order_by(spot, _KEY, descending=True)
    window = _latest(found, wanted, sought, spot)
    picked = f"SELECT o.* FROM ({window}) o WHERE {found} {order} LIMIT {found.bind(limit)}"
    return await db.fetch(f"SELECT {COLUMNS} FROM ({picked}) o {JOINS} {order}", *found.values)


async def fetch_named(
    actor: Actor,
    wanted: DeskFilter,
    sought: DeskSearch,
    now: datetime,
    spot: DeskCursor | None,
    limit: int,
    unless_all_latest: bool = False,
) -> list[asyncpg.Record]:
    """The latest of all that the keys or a few places name; none, if wanted so, where the latest are all there is."""
    found = conditions_of(actor, wanted, sought, now)
    if sought.place_ids is None:
        found.add(named_by_keys(found, actor, wanted))
    if unless_all_latest:
        found.add(_is_longer(found, wanted, sought, spot))
    add_cursor(found, spot, _KEY, descending=True)
    order = order_by(spot, _KEY, descending=True)
    named = f"SELECT o.id, o.opened_at FROM work_order o WHERE {found}"
    picked = f"SELECT w.* FROM (SELECT * FROM named o {order} LIMIT {found.bind(limit)}) o JOIN work_order w USING (id)"
    return await db.fetch(
        f"WITH named AS MATERIALIZED ({named}) SELECT {COLUMNS} FROM ({picked}) o {JOINS} {order}", *found.values
    )


def _is_longer(found: Conditions, wanted: DeskFilter, sought: DeskSearch, spot: DeskCursor | None) -> str:
    bounds = _bounds(found, wanted, sought, spot)
    order = order_by(spot, _KEY, descending=True)
    return f"(SELECT EXISTS (SELECT FROM work_order o WHERE {bounds} {order} OFFSET {LATEST} LIMIT 1))"


def _bounds(found: Conditions, wanted: DeskFilter, sought: DeskSearch, spot: DeskCursor | None) -> str:
    """Ended, within the days, behind the spot: what the walk through the index of ended orders can use."""
    bounds = Conditions(found.values)
    bounds.add(_ENDED)
    bounds.add_days(wanted.since, wanted.until)
    bounds.add_days(sought.since, sought.until)
    add_cursor(bounds, spot, _KEY, descending=True)
    return str(bounds)
