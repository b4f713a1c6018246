"""The orders behind a figure: every one that adds something to one side of it, latest first."""

from collections.abc import Sequence
from datetime import date

import msgspec

from backend import db
from backend.indicators.measures import ORDER_CODES
from backend.indicators.reading.areas import list_counted_areas
from backend.indicators.reading.readings import measures_of_row, readings_in, row_sql
from backend.indicators.structs import Indicator, Period
from backend.sql import sql

MOST = 50
ABOVE_ALL = 2**62
_ROWS = """
    WITH picked AS (
        SELECT DISTINCT m.order_id FROM order_contribution m
        WHERE m.area_code = ANY(:areas::text[]) AND m.day BETWEEN :first AND :last AND m.order_id < :before AND ({adds})
        ORDER BY m.order_id DESC LIMIT :most
    ),
    summed AS (
        SELECT m.order_id, min(m.day) AS first, max(m.day) AS last, {sums}
        FROM picked p JOIN order_contribution m ON m.order_id = p.order_id
        WHERE m.day BETWEEN :first AND :last AND ({adds}) GROUP BY 1
    )
    SELECT o.id, o.number, o.item_id AS item_code, o.state, o.area_code, summed.*
    FROM summed JOIN work_order o ON o.id = summed.order_id ORDER BY o.id DESC
"""


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """An order and what it adds: `value`, unless the expression does not add up order by order; `measures` in any case.

    `first` and `last`: the days on which it does.
    """

    order_id: int
    number: str
    item_code: str
    state: str
    area_code: str
    first: date
    last: date
    value: float | None
    measures: dict[str, int]


def side_of(indicator: Indicator, part: str) -> str:
    """The expression of a side: numerator or denominator; a count has the first alone."""
    return (indicator.denominator or "") if part == "denominator" else indicator.numerator


async def list_source_rows(
    expression: str, areas: Sequence[str], period: Period, before: int | None = None
) -> list[SourceRow]:
    """At most `MOST` orders with ids below `before`; none where there is no expression."""
    if not expression:
        return []
    readings = readings_in(expression)
    slots = readings.of(ORDER_CODES)
    read = row_sql(slots)
    text = _ROWS.format(adds=read.adds, sums=read.sums)
    said = {"areas": await list_counted_areas(areas), "before": before or ABOVE_ALL, "most": MOST}
    found = []
    for row in await db.fetch(sql(text, **said, first=period.first, last=period.last, **read.values)):
        fields = dict(row)
        del fields["id"]
        sums = {number: fields.pop(f"sum_{number}") or 0 for number, _ in slots}
        found.append(SourceRow(value=readings.value(sums), measures=measures_of_row(slots, sums), **fields))
    return found
