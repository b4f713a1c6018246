"""The verbs of places. Importing files is a family of its own: `backend.places.importing`."""

from backend import db
from backend.errors import Conflict
from backend.geo import area_sql
from backend.places import sql
from backend.places.bulk import Town, copy_town

_RELOCATE = f"""
UPDATE place SET area_id = found.area_code, grid_cell_id = found.grid_code, updated_at = now()
FROM (
    SELECT place.id, cell.code AS grid_code, {sql.AREA_AROUND} AS area_code
    FROM place {sql.around("place.loc::geometry")}
    WHERE {area_sql.within("place.area_id", "$1::text")} OR place.loc && (
        SELECT ST_SetSRID(ST_Extent(polygon)::geometry, 4326)::geography FROM area
        WHERE {area_sql.within("code", "$1::text")})
) found
WHERE place.id = found.id AND found.area_code IS NOT NULL
    AND (place.area_id, place.grid_cell_id) IS DISTINCT FROM (found.area_code, found.grid_code)"""

# A road belongs to a town: places that left it are on the other town's road of the same name.
_MISPLACED = """
    FROM place JOIN road old ON old.id = place.road_id JOIN area town ON town.code = left(place.area_id, 9)
    WHERE old.area_id <> town.code AND length(old.area_id) = 9 AND NOT place.is_demo"""
_ADD_ROADS = f"""
INSERT INTO road (name, area_id) SELECT DISTINCT old.name, town.code {_MISPLACED}
ON CONFLICT ON CONSTRAINT road_area_name_unique DO NOTHING"""
_FOLLOW_ROADS = f"""
UPDATE place SET road_id = road.id
FROM (SELECT place.id, old.name, town.code {_MISPLACED}) astray
JOIN road ON road.area_id = astray.code AND road.name = astray.name WHERE place.id = astray.id"""
_RELOCATE_TIMEOUT_S = 600


class TownIsReal(Conflict):
    code = "town-is-real"


async def load_town(town: Town) -> bool:
    """Load a prepared town once. False when it is there already. Raises TownIsReal when real data has its codes."""
    async with db.transaction():
        await db.execute("SELECT pg_advisory_xact_lock(hashtext($1))", f"places.load_town:{town.dataset}")
        codes = [area.code for area in town.areas]
        found = await db.fetch("SELECT is_demo FROM area WHERE code = ANY($1)", codes)
        if any(row["is_demo"] != town.is_demo for row in found):
            raise TownIsReal(codes=codes)
        if not found:
            await copy_town(town)
    return not found


async def relocate(prefix: str) -> int:
    """Find cell and area again for every place within a code prefix, or around its outlines, after these changed.

    A place that comes to another town comes to that town's road of its name, too. Returns how many moved.
    """
    async with db.transaction(), db.connection() as connection:
        moved = await connection.execute(_RELOCATE, prefix, timeout=_RELOCATE_TIMEOUT_S)
        await connection.execute(_ADD_ROADS, timeout=_RELOCATE_TIMEOUT_S)
        await connection.execute(_FOLLOW_ROADS, timeout=_RELOCATE_TIMEOUT_S)
    return int(moved.split()[-1])
