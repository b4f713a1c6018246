"""The verbs of places. Importing files is a family of its own: `backend.places.importing`."""

from backend import db
from backend.errors import Conflict
from backend.places import sql
from backend.places.bulk import Town, copy_town

_RELOCATE = f"""
UPDATE place SET area_code = found.area_code, grid_code = found.grid_code, updated_at = now()
FROM (
    SELECT place.id, cell.code AS grid_code, {sql.AREA_AROUND} AS area_code
    FROM place {sql.around("place.loc::geometry")}
    WHERE {sql.within("place.area_code", "$1::text")}
) found
WHERE place.id = found.id AND found.area_code IS NOT NULL
    AND (place.area_code, place.grid_code) IS DISTINCT FROM (found.area_code, found.grid_code)"""

_RELOCATE_TIMEOUT_S = 600


class TownIsReal(Conflict):
    code = "town-is-real"
    headline_zh, headline_en = (
        "该街镇已有真实数据,不能混入演示数据",
        "This town holds real data; demonstration data is not mixed in",
    )


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
    """Find cell and area again for every place within a code prefix, after outlines changed. Returns how many moved."""
    async with db.transaction(), db.connection() as connection:
        moved = await connection.execute(_RELOCATE, prefix, timeout=_RELOCATE_TIMEOUT_S)
    return int(moved.split()[-1])
