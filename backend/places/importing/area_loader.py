"""One batch of areas and grid cells into the database. Areas go first, so that cells find their committee."""

from collections.abc import Sequence

from backend import db
from backend.geo.area_codes import CELL_CHARS
from backend.places.importing.area_rows import AreaRow
from backend.places.importing.place_loader import BatchResult, Overlap
from backend.places.importing.reasons import RowReason
from backend.places.kinds import LEVEL_BY_LENGTH

BATCH = 2_000
_TIMEOUT_S = 300

_CREATE_STAGING = """
CREATE TEMP TABLE incoming (line bigint, code text, level text, name text, polygon geometry) ON COMMIT DROP"""

# A demo town keeps its committees and cells to itself; its district only its own row.
_TAKE_OUT_DEMO = """
DELETE FROM incoming USING area
WHERE area.is_demo AND (area.code = incoming.code
    OR length(area.code) >= 9 AND left(incoming.code, length(area.code)) = area.code)
RETURNING line, incoming.code"""

_WITHOUT_COMMITTEE = """
SELECT line, code FROM incoming WHERE level IS NULL AND NOT EXISTS (
    SELECT 1 FROM area WHERE area.code = left(incoming.code, 12))"""

# A list of names without outlines leaves the outlines that are there.
_UPSERT_AREAS = """
INSERT INTO area AS kept (code, level, name, polygon)
SELECT code, level, name, polygon FROM incoming WHERE level IS NOT NULL ORDER BY code
ON CONFLICT (code) DO UPDATE
SET name = EXCLUDED.name, polygon = COALESCE(EXCLUDED.polygon, kept.polygon)
WHERE (kept.name, kept.polygon)
    IS DISTINCT FROM (EXCLUDED.name, COALESCE(EXCLUDED.polygon, kept.polygon))
RETURNING xmax = 0 AS is_new"""

_UPSERT_CELLS = """
INSERT INTO grid_cell AS kept (code, area_id, polygon)
SELECT code, left(code, 12), polygon FROM incoming
WHERE level IS NULL AND EXISTS (SELECT 1 FROM area WHERE area.code = left(incoming.code, 12)) ORDER BY code
ON CONFLICT (code) DO UPDATE SET polygon = EXCLUDED.polygon
WHERE kept.polygon IS DISTINCT FROM EXCLUDED.polygon
RETURNING xmax = 0 AS is_new"""

_SLIVER_DEG = 0.0001
"""Neighbours drawn by different hands cross by some metres: common ground counts where it is wider than twice this."""
# An outline that was stored just now on another of its kind, each pair once.
_ON_ANOTHER = f"""
    other.polygon && mine.polygon AND other.code <> mine.code AND NOT ST_Touches(mine.polygon, other.polygon)
CROSS JOIN LATERAL (SELECT ST_CollectionExtract(ST_Intersection(mine.polygon, other.polygon), 3) AS ground) common
WHERE incoming.polygon IS NOT NULL AND NOT ST_IsEmpty(ST_Buffer(common.ground, -{_SLIVER_DEG}))
    AND (mine.code < other.code OR NOT EXISTS (
        SELECT 1 FROM incoming twin WHERE twin.code = other.code AND twin.polygon IS NOT NULL))"""
_OVERLAPS = f"""
SELECT mine.code, mine.name, other.code AS other_code, other.name AS other_name,
    ST_Area(common.ground::geography) AS square_m
FROM incoming JOIN area mine ON mine.code = incoming.code
JOIN area other ON other.level = mine.level AND {_ON_ANOTHER}
UNION ALL
SELECT mine.code, mine.code, other.code, other.code, ST_Area(common.ground::geography)
FROM incoming JOIN grid_cell mine ON mine.code = incoming.code
JOIN grid_cell other ON {_ON_ANOTHER}
ORDER BY code, other_code"""


async def identify(rows: Sequence[AreaRow]) -> list[AreaRow]:
    """Areas are known by their codes."""
    return list(rows)


async def load(batch: Sequence[tuple[int, AreaRow]]) -> BatchResult:
    """Store one batch in one transaction that may be repeated."""
    async with db.transaction(), db.connection() as connection:
        await connection.execute(_CREATE_STAGING)
        await connection.copy_records_to_table("incoming", records=map(_record, batch))
        demo = await connection.fetch(_TAKE_OUT_DEMO)
        stored = await connection.fetch(_UPSERT_AREAS, timeout=_TIMEOUT_S)
        homeless = await connection.fetch(_WITHOUT_COMMITTEE)
        stored += await connection.fetch(_UPSERT_CELLS, timeout=_TIMEOUT_S)
        overlaps = await connection.fetch(_OVERLAPS, timeout=_TIMEOUT_S)
    new = sum(row["is_new"] for row in stored)
    refused = [(line, RowReason.DEMO_DATA, code) for line, code in sorted(set(map(tuple, demo)))]
    refused += [(row["line"], RowReason.NO_COMMITTEE, row["code"]) for row in homeless]
    return BatchResult(
        new=new,
        changed=len(stored) - new,
        unchanged=len(batch) - len(stored) - len(refused),
        refused=refused,
        overlaps=[Overlap(**row) for row in overlaps],
    )


def _record(numbered: tuple[int, AreaRow]) -> tuple[object, ...]:
    line, row = numbered
    level = None if len(row.code) == CELL_CHARS else LEVEL_BY_LENGTH[len(row.code)]
    return line, row.code, level, row.name, row.outline
