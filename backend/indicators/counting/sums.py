"""The sums, held against the contributions that they are sums of, area by area."""

from datetime import datetime
from typing import NamedTuple

from backend import db
from backend.indicators.counting import rollups
from backend.indicators.counting.lock import counting
from backend.indicators.measures import CODES

_MEASURES = ", ".join(CODES)
_CONTRIBUTED = f"contributed AS ({rollups.contributed()})"
_PENTADS = f"{_CONTRIBUTED}, pentads AS MATERIALIZED ({rollups.pentad_rows('contributed', CODES)})"
_ORDERS = "contributed AS (SELECT * FROM order_contribution WHERE area_code = $1)"
_COUNTED_SOMETHING = rollups.counts_something(CODES)


class _Summed(NamedTuple):
    """A table of sums: its columns, what its rows are made of, and which rows count."""

    table: str
    columns: str
    made_of: str
    rows: str
    counts: str


_TABLES = (
    _Summed(
        "indicator_month",
        f"{', '.join(rollups.MONTH_KEY)}, {_MEASURES}",
        _CONTRIBUTED,
        rollups.month_rows("contributed", CODES),
        _COUNTED_SOMETHING,
    ),
    _Summed(
        "indicator_marginal",
        f"{', '.join(rollups.MARGINAL_KEY)}, {_MEASURES}",
        _PENTADS,
        rollups.marginal_rows("contributed", "pentads", CODES),
        _COUNTED_SOMETHING,
    ),
    _Summed(
        "indicator_spread",
        f"{', '.join(rollups.SPREAD_KEY)}, cases",
        _ORDERS,
        rollups.spread_rows("contributed"),
        "cases <> 0",
    ),
)


def _different(to: _Summed) -> str:
    return f"""
        WITH {to.made_of},
        counted AS MATERIALIZED (SELECT * FROM ({to.rows}) rows WHERE {to.counts}),
        stored AS MATERIALIZED (SELECT {to.columns} FROM {to.table} WHERE area_code = $1 AND {to.counts})
        SELECT (SELECT count(*) FROM (SELECT * FROM counted EXCEPT SELECT * FROM stored) missing)
             + (SELECT count(*) FROM (SELECT * FROM stored EXCEPT SELECT * FROM counted) unfounded)
    """


def _fill(to: _Summed) -> str:
    return f"""
        WITH {to.made_of}
        INSERT INTO {to.table} ({to.columns}) SELECT * FROM ({to.rows}) rows WHERE {to.counts}
    """


_DIFFERENT = {to.table: _different(to) for to in _TABLES}
_CLEAR = {to.table: f"DELETE FROM {to.table} WHERE area_code = $1" for to in _TABLES}
_FILL = {to.table: _fill(to) for to in _TABLES}
_NOTE = """
    WITH noted AS (INSERT INTO indicator_difference (found_at, kind, area_code, rows) VALUES ($2, 'month', $3, $4::int))
    UPDATE indicator_recount SET month_differences = month_differences + $4::int WHERE id = $1
"""
# A leap over the index from one area to the next; areas of which only sums are left are among them.
_FROM = ("order_contribution", "activity_contribution", "indicator_month")
_LEAST = ", ".join(f"(SELECT min(area_code) FROM {table})" for table in _FROM)
_NEXT = ", ".join(f"(SELECT min(area_code) FROM {table} WHERE area_code > code)" for table in _FROM)
_AREAS = f"""
    WITH RECURSIVE leap AS (
        SELECT least({_LEAST}) AS code UNION ALL SELECT least({_NEXT}) FROM leap WHERE code IS NOT NULL
    )
    SELECT code FROM leap WHERE code IS NOT NULL
"""


async def list_areas() -> list[str]:
    """The areas of which anything was counted."""
    return [row["code"] for row in await db.fetch(_AREAS)]


async def count_differences(area_code: str) -> int:
    """How many rows of the area's sums are others than those of its contributions."""
    return sum([await db.fetchval(text, area_code) for text in _DIFFERENT.values()])


async def fill(area_code: str) -> None:
    """Make the sums of the area those of its contributions; under the lock of counting."""
    for to in _TABLES:
        await db.execute(_CLEAR[to.table], area_code)
        await db.execute(_FILL[to.table], area_code)


async def fill_all() -> None:
    """The same of every area, each under the lock."""
    for area in await list_areas():
        async with counting():
            await fill(area)


async def mend_all(run_id: int, now: datetime) -> int:
    """Hold the sums of every area against the contributions, and mend them. Returns how many rows differed."""
    found = 0
    for area in await list_areas():
        async with counting():
            different = await count_differences(area)
            if different:
                await fill(area)
                await db.execute(_NOTE, run_id, now, area, different)
        found += different
    return found
