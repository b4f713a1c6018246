"""The statements of an overview: each counts one thing over the shops of an area.

Joined row by row from the area's places and the week's slots, so that what they cost grows with these, and not with all
shops that there are.
"""

from datetime import datetime
from typing import Any

import msgspec

from backend import db
from backend.geo.area_sql import within
from backend.sql import sql
from shops.grades.structs import Grade
from shops.grades.visits import visit_days
from shops.inspections import sql as findings_sql
from shops.overview import conditions
from shops.overview.structs import DepartmentRate, RouteTiming, ShopCount
from shops.pickup.structs import STATES_WITHDRAWN

_WITHIN = within("place.area_id", ":area::text")
_SHOPS = f"""
    WITH here AS MATERIALIZED (
        SELECT shop.id, shop.state, place.area_id, coalesce(place.grid_cell_id, place.area_id) AS code,
            coalesce(g.grade, 'A') AS grade
        FROM place CROSS JOIN LATERAL (
            SELECT id, state FROM shop WHERE place_id = place.id AND ended_at IS NULL OFFSET 0
        ) shop LEFT JOIN shop_grade g ON g.shop_id = shop.id WHERE {_WITHIN}
    ),
    every AS MATERIALIZED (
        SELECT area_id, grade, {visit_days("area_id", "grade")} AS days
        FROM (SELECT DISTINCT area_id, grade FROM here) met
    )
    SELECT here.code, count(*) AS shops, count(*) FILTER (WHERE here.grade = 'A') AS a,
        count(*) FILTER (WHERE here.grade = 'B') AS b, count(*) FILTER (WHERE here.grade = 'C') AS c,
        count(*) FILTER (WHERE here.state = 'open') AS trading,
        count(*) FILTER (WHERE {conditions.is_overdue("here.id", ":now::timestamptz")}) AS overdue,
        count(*) FILTER (WHERE {conditions.is_visit_due("here.id", "here.state", "every.days", ":now::timestamptz")})
            AS visit_due
    FROM here JOIN every USING (area_id, grade) GROUP BY here.code ORDER BY here.code
"""
RATED_FINDINGS = f"""
    FROM place CROSS JOIN LATERAL (SELECT id, name FROM shop WHERE place_id = place.id OFFSET 0) shop
    JOIN inspection_finding f ON f.shop_id = shop.id JOIN checklist_point p ON p.id = f.point_id
    JOIN checklist l ON l.id = p.checklist_id
    CROSS JOIN LATERAL (SELECT f.fixed_at IS NOT NULL OR f.due_at < :now::timestamptz AS is_due,
        {findings_sql.is_overdue(":now::timestamptz")} AS is_overdue OFFSET 0) came
    WHERE {_WITHIN} AND f.found_at >= :since::timestamptz AND f.found_at <= :now AND f.state <> 'struck'
"""
"""What was found in an area since an instant and not struck; `came` says what became of it."""
_DEPARTMENTS = f"""
    SELECT l.department, count(*) AS found, count(*) FILTER (WHERE came.is_due) AS due,
        count(*) FILTER (WHERE f.fixed_at IS NOT NULL) AS rectified,
        count(*) FILTER (WHERE came.is_due AND NOT came.is_overdue) AS in_time
    {RATED_FINDINGS} GROUP BY l.department ORDER BY l.department
"""
PAST_PICKUPS = f"""
    FROM pickup_slot s JOIN pickup_route r ON r.id = s.route_id
    CROSS JOIN LATERAL (SELECT id, number, order_id, shop_id, kind, state, arrived_at FROM pickup_booking
        WHERE slot_id = s.id OFFSET 0) b
    JOIN shop ON shop.id = b.shop_id JOIN place ON place.id = shop.place_id
    CROSS JOIN LATERAL (SELECT coalesce(b.arrived_at <= s.ends_at, false) AS is_on_time) came
    WHERE s.starts_at >= :since::timestamptz AND s.starts_at < :now::timestamptz AND s.ends_at <= :now
        AND b.state NOT IN ({STATES_WITHDRAWN}) AND {_WITHIN}
"""
"""The pickups of the shops of an area whose time is over, of slots that began since an instant."""
_TIMINGS = f"""
    SELECT r.id AS route_id, r.name AS route, count(*) AS due, count(*) FILTER (WHERE came.is_on_time) AS on_time,
        count(*) FILTER (WHERE b.state = 'missed') AS missed
    {PAST_PICKUPS} GROUP BY r.id, r.name ORDER BY r.name, r.id
"""


async def count_shops(area: str, now: datetime) -> list[ShopCount]:
    """By grid cell; a shop whose place lies in none is counted by its area."""
    return [_count(row) for row in await db.fetch(sql(_SHOPS, area=area, now=now))]


async def rate_departments(area: str, since: datetime, now: datetime) -> list[DepartmentRate]:
    rows = await db.fetch(sql(_DEPARTMENTS, area=area, since=since, now=now))
    return [msgspec.convert(dict(row), DepartmentRate) for row in rows]


async def time_routes(area: str, since: datetime, now: datetime) -> list[RouteTiming]:
    rows = await db.fetch(sql(_TIMINGS, area=area, since=since, now=now))
    return [msgspec.convert(dict(row), RouteTiming) for row in rows]


def _count(row: Any) -> ShopCount:
    grades = {Grade.A: row["a"], Grade.B: row["b"], Grade.C: row["c"]}
    names = ("code", "shops", "overdue", "trading", "visit_due")
    return ShopCount(grades=grades, **{name: row[name] for name in names})
