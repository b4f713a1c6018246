"""Where and when reports come: hours and weekdays of roads, and the places from which most of them come.

Counted over the same contributions as `reported`, so that they add up to it; the hour is that of the order's opening.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from backend import db
from backend.indicators.structs import Period
from backend.orders.desk import reading
from backend.sql import sql

PLACES_MOST = 20
_HOURS = """
    SELECT m.road, extract(isodow FROM l.opened)::int - 1 AS weekday, extract(hour FROM l.opened)::int AS hour,
        sum(m.reported)::int AS reported
    FROM order_contribution m JOIN work_order o ON o.id = m.order_id
    CROSS JOIN LATERAL (SELECT o.opened_at AT TIME ZONE 'Asia/Shanghai' AS opened) l
    WHERE m.area_code = ANY(:areas::text[]) AND m.day BETWEEN :first AND :last AND m.reported > 0 AND m.road <> ''
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
_PLACES = """
    WITH reported AS MATERIALIZED (
        SELECT o.place_id, m.item_code, m.road, (:last::date - m.day) / 7 AS weeks_ago, m.reported
        FROM order_contribution m JOIN work_order o ON o.id = m.order_id
        WHERE m.area_code = ANY(:areas::text[]) AND m.day BETWEEN :first AND :last AND m.reported > 0
            AND o.place_id IS NOT NULL
    ),
    busy AS (
        SELECT place_id FROM reported WHERE weeks_ago = 0 GROUP BY 1 HAVING sum(reported) >= :least
        ORDER BY sum(reported) DESC, place_id LIMIT :most
    )
    SELECT place_id, coalesce(nullif(p.name, ''), nullif(p.address, ''), p.road_name || p.house_number) AS label,
        r.road, r.item_code, r.weeks_ago, sum(r.reported)::int AS reported
    FROM reported r JOIN busy USING (place_id) JOIN place p ON p.id = place_id
    GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
"""


class RoadHour(NamedTuple):
    """Reports of a road on a weekday (0: Monday) in an hour of Shanghai."""

    road: str
    weekday: int
    hour: int
    reported: int


class PlaceReports(NamedTuple):
    """Reports of an item at a place, so many weeks before the last one."""

    place_id: int
    label: str
    road: str
    item_code: str
    weeks_ago: int
    reported: int


async def list_road_hours(areas: Sequence[str], period: Period) -> list[RoadHour]:
    """Of these areas of orders, as `list_counted_areas` gives them. Places without a road are left out."""
    async with reading():
        rows = await db.fetch(sql(_HOURS, areas=list(areas), first=period.first, last=period.last))
    return [RoadHour(*row) for row in rows]


async def list_busy_places(areas: Sequence[str], since: date, last: date, least: int) -> list[PlaceReports]:
    """Of the places of these areas of orders with at least `least` reports in the seven days to `last`, at most
    `PLACES_MOST`: these and all since the first day."""
    said = {"areas": list(areas), "first": since, "last": last, "least": least, "most": PLACES_MOST}
    async with reading():
        rows = await db.fetch(sql(_PLACES, **said))
    return [PlaceReports(*row) for row in rows]
