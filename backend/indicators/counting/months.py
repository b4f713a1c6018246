"""The sums of months, held against the contributions that they are sums of, area by area."""

from datetime import datetime

from backend import db
from backend.indicators.counting.lock import counting
from backend.indicators.measures import CODES

_MEASURES = ", ".join(CODES)
_CELL = "area_code, month, item_code, source_kind, priority"
_SUMS = ", ".join(f"NULLIF(sum({code}), 0)::int AS {code}" for code in CODES)
_COUNTED = f"""
    SELECT * FROM (
        SELECT area_code, date_trunc('month', day)::date AS month, item_code, source_kind, priority, {_SUMS}
        FROM order_contribution WHERE area_code = $1 GROUP BY 1, 2, 3, 4, 5
    ) counted WHERE num_nonnulls({_MEASURES}) > 0
"""
_STORED = f"""
    SELECT {_CELL}, {_MEASURES} FROM indicator_month WHERE area_code = $1 AND num_nonnulls({_MEASURES}) > 0
"""
_DIFFERENT = f"""
    WITH counted AS MATERIALIZED ({_COUNTED}), stored AS MATERIALIZED ({_STORED})
    SELECT (SELECT count(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM stored) missing)
         + (SELECT count(*) FROM (SELECT * FROM stored EXCEPT SELECT * FROM counted) unfounded)
"""
_CLEAR = "DELETE FROM indicator_month WHERE area_code = $1"
_FILL = f"INSERT INTO indicator_month ({_CELL}, {_MEASURES}) {_COUNTED}"
_NOTE = """
    WITH noted AS (INSERT INTO indicator_difference (found_at, kind, area_code, rows) VALUES ($2, 'month', $3, $4::int))
    UPDATE indicator_recount SET month_differences = month_differences + $4::int WHERE id = $1
"""
# A leap over the index from one area to the next; areas of which only sums are left are among them.
_AREAS = """
    WITH RECURSIVE leap AS (
        SELECT least((SELECT min(area_code) FROM order_contribution),
            (SELECT min(area_code) FROM indicator_month)) AS code
        UNION ALL
        SELECT least((SELECT min(area_code) FROM order_contribution WHERE area_code > code),
            (SELECT min(area_code) FROM indicator_month WHERE area_code > code))
        FROM leap WHERE code IS NOT NULL
    )
    SELECT code FROM leap WHERE code IS NOT NULL
"""


async def list_areas() -> list[str]:
    """The areas of which anything was counted."""
    return [row["code"] for row in await db.fetch(_AREAS)]


async def count_differences(area_code: str) -> int:
    """How many rows of the area's months are other sums than those of its contributions."""
    return await db.fetchval(_DIFFERENT, area_code)


async def fill(area_code: str) -> None:
    """Make the months of the area the sums of its contributions; under the lock of counting."""
    await db.execute(_CLEAR, area_code)
    await db.execute(_FILL, area_code)


async def mend_all(run_id: int, now: datetime) -> int:
    """Hold the months of every area against the contributions, and mend them. Returns how many rows differed."""
    found = 0
    for area in await list_areas():
        async with counting():
            different = await count_differences(area)
            if different:
                await fill(area)
                await db.execute(_NOTE, run_id, now, area, different)
        found += different
    return found
