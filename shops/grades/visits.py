"""Which shops are due for a check: so long after the last one as their grade says, nearest or longest due first."""

from datetime import datetime, timedelta

from msgspec import convert

from backend import db
from backend.accounts.scope import prefixes_sql
from backend.accounts.structs import Actor
from backend.geo.area_sql import within_any
from backend.geo.lonlat import LonLat
from backend.places import sql as places_sql
from backend.sql import Sql, sql
from backend.structs import Read
from shops.grades.structs import Grade, GradeSettings
from shops.inspections.inspectors import areas_to_inspect
from shops.inspections.structs import Department
from shops.register.queries import FROM_SHOP


def visit_days(area: str, grade: str) -> str:
    """SQL of after how many days somebody comes again to a shop of this grade there, as `grades.settings` has it."""
    usual = GradeSettings()
    set_there = _by_grade(grade, "visit_days_a", "visit_days_b", "visit_days_c")
    else_where = _by_grade(grade, usual.visit_days_a, usual.visit_days_b, usual.visit_days_c)
    return f"""coalesce((SELECT {set_there} FROM grade_setting WHERE area_code = ANY({prefixes_sql(area)})
        ORDER BY length(area_code) DESC LIMIT 1), {else_where})"""


def _by_grade(grade: str, a: object, b: object, c: object) -> str:
    return f"CASE {grade} WHEN 'A' THEN {a} WHEN 'B' THEN {b} ELSE {c} END"


_GRADE = "coalesce(g.grade, 'A')"
_AWAY = f"ST_Distance(place.loc, {places_sql.point(':lng', ':lat')}::geography)"
_DUE = f"""
SELECT * FROM (
    SELECT shop.id, shop.name, place.address, place.area_id AS area_code, {_GRADE} AS grade,
        last.at AS checked_at, last.at + make_interval(days => {visit_days("place.area_id", _GRADE)}) AS due_at,
        {{away}} AS away_m
    {FROM_SHOP} LEFT JOIN shop_grade g ON g.shop_id = shop.id
    CROSS JOIN LATERAL (
        SELECT max(i.received_at) AS at FROM inspection i JOIN checklist l ON l.id = i.checklist_id
        WHERE i.shop_id = shop.id AND (:department = '' OR l.department = :department)
    ) last
    WHERE shop.ended_at IS NULL AND shop.state = 'open' AND {{within}}
      AND NOT EXISTS (SELECT FROM shop_person p
          WHERE p.shop_id = shop.id AND p.account_id = :reader AND p.until IS NULL)
) shops WHERE due_at IS NULL OR due_at <= :now
ORDER BY away_m NULLS LAST, due_at NULLS FIRST, id LIMIT :most
"""


class DueVisit(Read, frozen=True, kw_only=True):
    """A shop that is to be checked. `checked_at`, `due_at`: None where it never was; `away_m`: None without a position.

    Both times are of the department that was asked for, or of any.
    """

    id: int
    name: str
    address: str
    area_code: str
    grade: Grade
    checked_at: datetime | None
    due_at: datetime | None
    away_m: float | None

    def late_days(self, now: datetime) -> int:
        """For how many whole days it has been due."""
        return (now - self.due_at) // timedelta(days=1) if self.due_at else 0


async def list_due(
    actor: Actor, now: datetime, *, department: Department | None = None, near: LonLat | None = None, most: int = 100
) -> list[DueVisit]:
    """The open shops that somebody may inspect and that are due, without their own ones.

    Nearest first where a position (WGS-84) is given, else those that were never checked and then the longest due.
    """
    away = sql(_AWAY, lng=near.lng, lat=near.lat) if near else Sql("NULL::float8", {})
    statement = sql(
        _DUE,
        away=away,
        within=within_any("place.area_id", await areas_to_inspect(actor), "area"),
        department=department.value if department else "",
        reader=actor.account_id,
        now=now,
        most=most,
    )
    return [convert(dict(row), DueVisit) for row in await db.fetch(statement)]
