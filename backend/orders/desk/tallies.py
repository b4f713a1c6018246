"""How many orders there are, and how they went: by area, item and place, over the week that ends today.

What is counted here is what the desk lists: the same states, days and words on time as its filters, so that each number
can be looked at order by order. Days are Shanghai's.
"""

from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import msgspec

from backend import db
from backend.calendars.rules import midnight, shanghai_date
from backend.geo.area_sql import within_any
from backend.orders.deadlines.outcomes import IS_ON_TIME, TOOK_MIN
from backend.orders.deadlines.overdue import is_overdue
from backend.orders.desk.reading import reading
from backend.orders.desk.sql import all_of, in_district
from backend.orders.model.states import ENDED, OPEN, State, quoted
from backend.sql import Sql, sql
from backend.structs import Read

T = TypeVar("T", bound=Read)
WEEK_DAYS = 7
PLACES_MOST = 10
_DAY = timedelta(days=1)


class Week(msgspec.Struct, frozen=True):
    """Seven days, the first and the last included."""

    first: date
    last: date

    @property
    def before(self) -> "Week":
        return Week(self.first - WEEK_DAYS * _DAY, self.first - _DAY)


def week_to(now: datetime) -> Week:
    """The seven days that end with today."""
    today = shanghai_date(now)
    return Week(today - (WEEK_DAYS - 1) * _DAY, today)


class ReportedTally(Read, frozen=True, kw_only=True):
    """Orders that are open, and those of both weeks by the day on which they were opened."""

    open: int = 0
    overdue: int = 0
    new_open: int = 0
    """Opened this week, and still open."""
    new_ended: int = 0
    """Opened this week, and ended since."""
    new_before: int = 0
    """Opened in the week before."""


class ClosedTally(Read, frozen=True, kw_only=True):
    """Orders by the week in which they were closed; minutes that the median and nine of ten took."""

    closed: int = 0
    on_time: int = 0
    p50_min: float | None = None
    p90_min: float | None = None
    closed_before: int = 0
    on_time_before: int = 0
    p50_min_before: float | None = None
    p90_min_before: float | None = None


class Tallies(msgspec.Struct, frozen=True):
    """Of an area: the whole, by the areas within, by item, and of the places with most of all."""

    reported: dict[str, dict[str, ReportedTally]]
    closed: dict[str, dict[str, ClosedTally]]
    """Each by `total`, `area`, `item` and `place`, then by code or id as text; of places only what was reported."""


async def tally(area_code: str, child_chars: int, week: Week, now: datetime) -> Tallies:
    """Count an area, a prefix, by the areas within whose codes have so many digits. Two statements."""
    values = {"chars": child_chars, "since": midnight(week.before.first), "week": midnight(week.first)}
    within = all_of(in_district(area_code, "within"), within_any("o.area_code", [area_code], "within"))
    async with reading():
        reported = await _grouped(_REPORTED, ReportedTally, within, now=now, most=PLACES_MOST, **values)
        until = midnight(week.last + _DAY)
        closed = await _grouped(_CLOSED, ClosedTally, within, until=until, **values)
    return Tallies(reported, closed)


async def _grouped(text: str, kind: type[T], within: Sql, **values: Any) -> dict[str, dict[str, T]]:
    found: dict[str, dict[str, T]] = {"total": {}, "area": {}, "item": {}, "place": {}}
    for row in await db.fetch(sql(text, within=within, **values)):
        counted = {name: value for name, value in row.items() if name not in ("by", "key")}
        found[row["by"]][row["key"] or ""] = msgspec.convert(counted, kind)
    return found


_BY = """CASE grouping(child, item_id, place_id) WHEN 7 THEN 'total' WHEN 3 THEN 'area' WHEN 5 THEN 'item'
        ELSE 'place' END AS by, coalesce(child, item_id, place_id::text) AS key"""
_REPORTED = f"""
    WITH found AS (
        SELECT left(o.area_code, :chars::int) AS child, o.item_id, o.place_id, true AS is_open, o.opened_at,
            {is_overdue(":now")} AS is_overdue
        FROM work_order o WHERE o.state IN ({quoted(OPEN)}) AND {{within}}
        UNION ALL
        SELECT left(o.area_code, :chars::int), o.item_id, o.place_id, false, o.opened_at, false
        FROM work_order o WHERE o.state IN ({quoted(ENDED)}) AND o.opened_at >= :since AND {{within}}
    ),
    counted AS (
        SELECT {_BY}, count(*) FILTER (WHERE is_open) AS open, count(*) FILTER (WHERE is_overdue) AS overdue,
            count(*) FILTER (WHERE is_open AND opened_at >= :week) AS new_open,
            count(*) FILTER (WHERE NOT is_open AND opened_at >= :week) AS new_ended,
            count(*) FILTER (WHERE opened_at >= :since AND opened_at < :week) AS new_before
        FROM found GROUP BY GROUPING SETS ((), (child), (item_id), (place_id))
    ),
    busiest AS (
        SELECT * FROM counted WHERE by = 'place' AND key IS NOT NULL
        ORDER BY open + new_ended DESC, overdue DESC, key LIMIT :most
    )
    SELECT * FROM counted WHERE by <> 'place' UNION ALL SELECT * FROM busiest
"""
_CLOSED = f"""
    WITH found AS (
        SELECT left(o.area_code, :chars::int) AS child, o.item_id, {IS_ON_TIME} AS is_on_time, {TOOK_MIN} AS took_min,
            o.closed_at >= :week AS is_new
        FROM work_order o
        WHERE o.state = '{State.CLOSED}' AND o.closed_at >= :since AND o.closed_at < :until AND {{within}}
    )
    SELECT CASE grouping(child, item_id) WHEN 3 THEN 'total' WHEN 1 THEN 'area' ELSE 'item' END AS by,
        coalesce(child, item_id) AS key, count(*) FILTER (WHERE is_new) AS closed,
        count(*) FILTER (WHERE is_new AND is_on_time) AS on_time,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY took_min) FILTER (WHERE is_new) AS p50_min,
        percentile_cont(0.9) WITHIN GROUP (ORDER BY took_min) FILTER (WHERE is_new) AS p90_min,
        count(*) FILTER (WHERE NOT is_new) AS closed_before,
        count(*) FILTER (WHERE NOT is_new AND is_on_time) AS on_time_before,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY took_min) FILTER (WHERE NOT is_new) AS p50_min_before,
        percentile_cont(0.9) WITHIN GROUP (ORDER BY took_min) FILTER (WHERE NOT is_new) AS p90_min_before
    FROM found GROUP BY GROUPING SETS ((), (child), (item_id))
"""
