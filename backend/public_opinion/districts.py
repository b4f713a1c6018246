"""What the towns of a district say together: added up from their counts, so that adding up again changes nothing.

A word of several towns is one where it reads alike. Somebody who reports in two towns is a reporter in each.
"""

from collections.abc import Iterable
from datetime import date, datetime

from backend import db
from backend.geo.area_codes import DISTRICT_CHARS
from backend.public_opinion.weeks import week_at, weeks_to
from backend.sql import sql

LATELY, ALL_WEEKS = 2, 13
"""Weeks that are added up by day and by night: counts of earlier ones hardly change."""
_TOWNS = """
    SELECT left(area_code, 6) AS district, array_agg(area_code ORDER BY area_code) AS towns
    FROM opinion_total WHERE week = $1 AND length(area_code) = 9 GROUP BY 1 ORDER BY 1
"""
_ALONE = "SELECT pg_advisory_xact_lock(hashtext('public_opinion.district ' || $1))"
_ADD_UP = """
    WITH summed AS MATERIALIZED (
        SELECT w.word, bool_and(w.is_place) AS is_place, sum(c.orders) AS orders, sum(c.reporters) AS reporters,
               count(*) AS towns
        FROM opinion_count c JOIN opinion_word w ON w.id = c.word_id AND NOT w.is_dropped
        WHERE c.area_code = ANY(:towns::text[]) AND c.week = :week GROUP BY w.word
    ),
    gone AS (
        DELETE FROM opinion_district_count d WHERE d.district_code = :district AND d.week = :week
            AND NOT EXISTS (SELECT FROM summed WHERE summed.word = d.word)
    )
    INSERT INTO opinion_district_count AS d (district_code, week, word, is_place, orders, reporters, towns)
    SELECT :district, :week, word, is_place, orders, reporters, towns FROM summed
    ON CONFLICT ON CONSTRAINT opinion_district_count_once DO UPDATE SET is_place = EXCLUDED.is_place,
        orders = EXCLUDED.orders, reporters = EXCLUDED.reporters, towns = EXCLUDED.towns
    WHERE (d.is_place, d.orders, d.reporters, d.towns)
        <> (EXCLUDED.is_place, EXCLUDED.orders, EXCLUDED.reporters, EXCLUDED.towns)
"""
_TOTAL = """
    INSERT INTO opinion_total AS d (area_code, week, orders, reporters)
    SELECT :district, :week, sum(orders), sum(reporters) FROM opinion_total
    WHERE area_code = ANY(:towns::text[]) AND week = :week HAVING sum(orders) > 0
    ON CONFLICT ON CONSTRAINT opinion_total_once DO UPDATE SET orders = EXCLUDED.orders, reporters = EXCLUDED.reporters
    WHERE (d.orders, d.reporters) <> (EXCLUDED.orders, EXCLUDED.reporters)
"""


async def add_up(now: datetime, weeks: int = LATELY) -> None:
    """Add up the last so many weeks of every district."""
    await add_up_weeks(weeks_to(week_at(now), weeks))


async def add_up_weeks(weeks: Iterable[date]) -> None:
    """Add up some weeks, called by their Mondays."""
    for week in weeks:
        for row in await db.fetch(_TOWNS, week):
            await _add_up(row["district"], row["towns"], week)


async def _add_up(district: str, towns: list[str], week: date) -> None:
    assert len(district) == DISTRICT_CHARS
    async with db.transaction():
        await db.execute(_ALONE, district)
        for statement in (_ADD_UP, _TOTAL):
            await db.execute(sql(statement, district=district, towns=towns, week=week))
