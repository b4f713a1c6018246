"""How many orders each tab has under the present filter: all the open ones, of the ended ones a thousand at most."""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.orders.desk.conditions import base_of, due, in_states, of_tab
from backend.orders.desk.ended_orders import count_ended, is_all
from backend.orders.desk.filters import DeskFilter, DeskTab, DueWhen
from backend.orders.desk.search import DeskSearch
from backend.orders.desk.sql import all_of, joined
from backend.sql import Sql, sql

ENDED_MOST = 1001


class DeskCounts(msgspec.Struct, frozen=True, kw_only=True):
    tabs: dict[DeskTab, int]
    """Of the open tabs, as far as the rest of the filter goes."""
    due: dict[DueWhen, int]
    """Of the chosen tab, by time left."""
    ended: int | None = None
    """Only where ended orders are looked at: at most `ENDED_MOST`, and a lower bound unless `is_exact`."""
    is_exact: bool = True


async def count_desk(actor: Actor, desk_filter: DeskFilter, search: DeskSearch, now: datetime) -> DeskCounts:
    """Everything in one statement: all open tabs in one pass over the open orders."""
    found = base_of(actor, desk_filter, search)
    tabs = [tab for tab in DeskTab if tab is not DeskTab.ENDED]
    by_tab = [_count(tab, None if desk_filter.is_ended else desk_filter.due, now) for tab in tabs]
    by_due = [_count(DeskTab.OPEN if desk_filter.is_ended else desk_filter.tab, when, now) for when in DueWhen]
    ended = (Sql("NULL::bigint"), Sql("true"))
    if desk_filter.is_ended:
        ended = (count_ended(actor, desk_filter, search, now, ENDED_MOST), is_all(desk_filter, search))
    counts = joined(", ", (*by_tab, *by_due, *ended))
    where = all_of(found, Sql(in_states(DeskTab.OPEN)))
    row = await db.fetchrow(sql("SELECT {counts} FROM work_order o WHERE {where}", counts=counts, where=where))
    assert row is not None
    *numbers, most, is_exact = row
    return DeskCounts(
        tabs=dict(zip(tabs, numbers, strict=False)),
        due=dict(zip(DueWhen, numbers[len(tabs) :], strict=True)),
        ended=most,
        is_exact=is_exact,
    )


def _count(tab: DeskTab, when: DueWhen | None, now: datetime) -> Sql:
    said = all_of(Sql(in_states(tab)), of_tab(tab), due(when, now))
    return sql("count(*) FILTER (WHERE {said})", said=said)
