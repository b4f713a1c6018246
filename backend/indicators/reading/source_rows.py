"""The orders behind a figure: every one that adds something to one side of it, latest first."""

from collections.abc import Sequence
from datetime import date

import msgspec

from backend import db
from backend.indicators.expressions.compiling import Evaluate, Slots, compiled
from backend.indicators.expressions.nodes import Selector
from backend.indicators.expressions.parser import parse
from backend.indicators.reading.program import column_sql
from backend.indicators.reading.sums import list_counted_areas
from backend.indicators.structs import Indicator, Period
from backend.sql import Sql, sql

MOST = 50
_ABOVE_ALL = 2**62
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


async def list_source_rows(
    indicator: Indicator, part: str, areas: Sequence[str], period: Period, before: int | None = None
) -> list[SourceRow]:
    """At most `MOST` orders with ids below `before`. `part`: numerator or denominator; a count has the first alone."""
    expression = indicator.denominator if part == "denominator" else indicator.numerator
    if not expression:
        return []
    slots = Slots()
    evaluate = compiled(parse(expression), slots)
    rows = await db.fetch(_statement(slots, await list_counted_areas(areas), period, before or _ABOVE_ALL))
    found = []
    for row in rows:
        said = dict(row)
        del said["id"]
        sums = [said.pop(f"sum_{slot}") or 0 for slot in range(len(slots.places))]
        measures: dict[str, int] = {}
        for (measure, _), value in zip(slots.places, sums, strict=True):
            if value:
                measures[measure] = measures.get(measure, 0) + value
        found.append(SourceRow(value=_value(evaluate, sums), measures=measures, **said))
    return found


def _value(evaluate: Evaluate, sums: list[int]) -> float | None:
    try:
        return float(evaluate(sums))
    except (ZeroDivisionError, OverflowError):
        return None


def _statement(slots: Slots, areas: Sequence[str], period: Period, before: int) -> Sql:
    values: dict[str, str] = {}
    adds, sums = [], []
    for slot, (measure, selector) in enumerate(slots.places):
        condition = _condition(selector, slot, values)
        adds.append(f"(m.{measure} <> 0{condition})")
        sums.append(f"sum(m.{measure}) FILTER (WHERE true{condition})::bigint AS sum_{slot}")
    text = _ROWS.format(adds=" OR ".join(adds) or "false", sums=", ".join(sums) or "0")
    days = {"first": period.first, "last": period.last}
    return sql(text, areas=list(areas), before=before, most=MOST, **days, **values)


def _condition(selector: Selector, slot: int, values: dict[str, str]) -> str:
    said = []
    for number, (name, value) in enumerate(selector):
        bound = f"slot_{slot}_{number}"
        values[bound] = value
        said.append(f" AND {column_sql((name, len(value) if name == 'item' else 0))} = :{bound}")
    return "".join(said)
