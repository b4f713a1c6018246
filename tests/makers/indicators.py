"""What is counted of orders, as facts bring it about, and whether that is what a recount says."""

from datetime import date
from typing import Any

from backend import db
from backend.indicators import reactions
from backend.indicators.counting import activities, increments, statement, sums
from backend.indicators.counting.lock import counting
from backend.indicators.measures import ACTIVITY_CODES, ORDER_CODES, ActivityKind
from backend.sql import sql
from tests.makers.facts import delivery_to_names
from tests.makers.worker import deliver

_CONTRIBUTED = f"""
    SELECT day, {", ".join(f"sum({code})::int AS {code}" for code in ORDER_CODES)} FROM order_contribution
    WHERE order_id = ANY($1::bigint[]) GROUP BY day
"""


async def count_what_happened() -> None:
    """Deliver the facts that wait to the indicators alone, and count."""
    noting = {kind.name(): [reactions.note_orders] for kind in reactions.NOTED}
    noting |= {kind.name(): [reactions.note_activities] for kind in reactions.NOTED_ACTIVITIES}
    await deliver(delivery_to_names(noting))
    await increments.count_touched()


async def contributions(*order_ids: int) -> dict[date, dict[str, int]]:
    """By day what the orders add, measures of nought left out."""
    rows = await db.fetch(_CONTRIBUTED, list(order_ids))
    return {row["day"]: {code: row[code] for code in ORDER_CODES if row[code]} for row in rows}


async def require_counted_rightly() -> None:
    """Every order adds what it is, and the sums are those of that."""
    async with counting():
        assert await db.fetchval(statement.of_range(0, 2**62)) is None, "an order is counted otherwise than it is"
        for kind in ActivityKind:
            assert await db.fetchval(activities.of_range(kind, 0, 2**62)) is None, f"a {kind} is counted otherwise"
    for area in await sums.list_areas():
        assert await sums.count_differences(area) == 0, "a sum is another than that of its contributions"


async def activity(kind: ActivityKind, subject_id: int) -> dict[date, dict[str, int]]:
    """By day what a patrol, an inspection or a finding adds, measures of nought left out."""
    rows = await db.fetch(
        "SELECT * FROM activity_contribution WHERE kind = $1 AND subject_id = $2 ORDER BY day", kind.value, subject_id
    )
    return {row["day"]: {code: row[code] for code in ACTIVITY_CODES if row[code]} for row in rows}


async def contribute(area_code: str, day: date, *, order_id: int = 1, **said: Any) -> None:
    """A contribution that no order has, with its place in the sums of months. `said`: dimensions and measures."""
    row = {"item_code": "A101", "source_kind": "report", "priority": "P2", **said}
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    text = (
        f"INSERT INTO order_contribution (order_id, day, area_code, {names}) VALUES (:order_id, :day, :area, {values})"
    )
    await db.execute(sql(text, order_id=order_id, day=day, area=area_code, **row))


async def sum_months() -> None:
    """Make all sums what the contributions say."""
    for area in await sums.list_areas():
        await sums.fill(area)
