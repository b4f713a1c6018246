"""The expressions of the desk are those that its indexes are built on: otherwise millions would be read."""

from datetime import UTC, datetime

import pytest

from backend import db
from backend.orders.deadlines.overdue import DUE_AT
from backend.orders.desk import DeskFilter, DeskTab, DueWhen
from backend.orders.desk.conditions import conditions_of, named_by_keys
from backend.orders.desk.search import DeskSearch
from backend.orders.desk.sql import all_of
from backend.sql import Sql, sql
from tests.makers.desk import make_dispatcher

pytestmark = pytest.mark.usefixtures("database")


async def _plan(where: Sql, order: str = "", without: str = "") -> str:
    """The plan where nothing is read from end to end or sorted if that can be helped; perhaps without some indexes."""
    async with db.transaction() as transaction:
        await db.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        await db.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        if without:
            await db.execute(f"DROP INDEX {without}")
        rows = await db.fetch(sql(f"EXPLAIN SELECT o.id FROM work_order o WHERE {{where}} {order}", where=where))
        await transaction.rollback()
    return "\n".join(row[0] for row in rows)


async def test_open_orders_come_from_the_index_by_time_left_already_sorted():
    wanted = DeskFilter(due=DueWhen.OVERDUE)
    found = conditions_of(await make_dispatcher("310115"), wanted, DeskSearch(), datetime.now(UTC))

    plan = await _plan(found, f"ORDER BY {DUE_AT}, o.id LIMIT 50")

    assert "work_order_desk_due" in plan
    assert "Sort" not in plan


async def test_ended_orders_come_from_their_own_index_latest_first():
    found = conditions_of(
        await make_dispatcher("310115"), DeskFilter(tab=DeskTab.ENDED), DeskSearch(), datetime.now(UTC)
    )

    plan = await _plan(found, "ORDER BY o.opened_at DESC, o.id DESC LIMIT 50")

    assert "work_order_desk_ended" in plan


async def test_rare_ended_orders_are_named_by_their_keys():
    asker, wanted = await make_dispatcher("310115"), DeskFilter(tab=DeskTab.ENDED, unit_id=7, item="A101")
    found = conditions_of(asker, wanted, DeskSearch(), datetime.now(UTC))
    found = all_of(found, named_by_keys(asker, wanted))

    # Each holds just the ended orders too: of a table as small as this one it might be read whole instead.
    others = "work_order_desk_ended, work_order_ended_by_area, work_order_ended_by_unit, work_order_ended_around"
    assert "work_order_desk_keys" in await _plan(found, without=others)
