"""The patrols, inspections and findings behind a figure, latest first; each with what names it."""

from collections.abc import Sequence
from datetime import date

import msgspec

from backend import db
from backend.indicators.measures import ACTIVITY_CODES, ActivityKind
from backend.indicators.reading.areas import list_counted_areas
from backend.indicators.reading.readings import measures_of_row, readings_in, row_sql
from backend.indicators.reading.source_rows import ABOVE_ALL, MOST
from backend.indicators.structs import Period
from backend.sql import sql

_KINDS = ", ".join(f"'{kind}'" for kind in ActivityKind)
_KEY = f"m.subject_id * 4 + array_position(ARRAY[{_KINDS}], m.kind::text)"
_ROWS = f"""
    WITH picked AS (
        SELECT DISTINCT {_KEY} AS key, m.kind, m.subject_id FROM activity_contribution m
        WHERE m.area_code = ANY(:areas::text[]) AND m.day BETWEEN :first AND :last AND {_KEY} < :before AND ({{adds}})
        ORDER BY 1 DESC LIMIT :most
    ),
    summed AS (
        SELECT p.key, m.kind, m.subject_id, max(m.area_code) AS area_code, min(m.day) AS first, max(m.day) AS last,
            {{sums}}
        FROM picked p JOIN activity_contribution m ON m.kind = p.kind AND m.subject_id = p.subject_id
        WHERE m.day BETWEEN :first AND :last AND ({{adds}}) GROUP BY 1, 2, 3
    )
    SELECT summed.*, coalesce(r.name, shop.name, '') AS name, shop.id AS shop_id
    FROM summed
    LEFT JOIN patrol_task t ON summed.kind = 'patrol' AND t.id = summed.subject_id
    LEFT JOIN patrol_route r ON r.id = t.route_id
    LEFT JOIN inspection i ON summed.kind = 'inspection' AND i.id = summed.subject_id
    LEFT JOIN inspection_finding f ON summed.kind = 'finding' AND f.id = summed.subject_id
    LEFT JOIN shop ON shop.id = coalesce(i.shop_id, f.shop_id)
    ORDER BY summed.key DESC
"""


class ActivityRow(msgspec.Struct, frozen=True, kw_only=True):
    """`name`: that of the route or the shop. `key`: what the next ones are below. `first` and `last`: on which days."""

    key: int
    kind: ActivityKind
    subject_id: int
    name: str
    shop_id: int | None
    area_code: str
    first: date
    last: date
    value: float | None
    measures: dict[str, int]


def is_of_activities(expression: str) -> bool:
    """Whether what is behind it are patrols and inspections alone; where orders are, those are listed."""
    return bool(expression) and readings_in(expression).are_of_activities


async def list_activity_rows(
    expression: str, areas: Sequence[str], period: Period, before: int | None = None
) -> list[ActivityRow]:
    """At most `MOST` with keys below `before`."""
    readings = readings_in(expression)
    slots = readings.of(ACTIVITY_CODES)
    read = row_sql(slots)
    text = _ROWS.format(adds=read.adds, sums=read.sums)
    said = {"areas": await list_counted_areas(areas), "before": before or ABOVE_ALL, "most": MOST}
    found = []
    for row in await db.fetch(sql(text, **said, first=period.first, last=period.last, **read.values)):
        fields = dict(row)
        sums = {number: fields.pop(f"sum_{number}") or 0 for number, _ in slots}
        measures = measures_of_row(slots, sums)
        fields["kind"] = ActivityKind(fields["kind"])
        found.append(ActivityRow(value=readings.value(sums), measures=measures, **fields))
    return found
