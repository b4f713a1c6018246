"""What a page has to know before it asks for tiles: which version of the data they show, and where to look first."""

from collections.abc import Sequence

from backend import db
from backend.geo.area_sql import within_any
from backend.maps.tile_matrix import Bounds
from backend.sql import sql
from backend.structs import Read

_LATELY = 200
CHANGES_MOST = 1000
"""So many of the latest changes stay when the others are forgotten: the version is of fewer, and stays as it is."""
# Changes commit in another order than they are numbered: a late one is seen by the sum.
_VERSION = f"""(
    SELECT coalesce(max(id), 0) || '-' || coalesce(sum(id), 0) || '-' ||
           coalesce((extract(epoch FROM max(at)) * 1000)::bigint, 0)
    FROM (SELECT id, at FROM map_change ORDER BY id DESC LIMIT {_LATELY}) lately)"""
_GROUND = f"""
    SELECT {_VERSION} AS version, ST_XMin(box) AS west, ST_YMin(box) AS south, ST_XMax(box) AS east,
           ST_YMax(box) AS north
    FROM (SELECT ST_Extent(polygon) AS box FROM area WHERE polygon IS NOT NULL AND {{within}}) extent
"""


_FORGET = "DELETE FROM map_change WHERE id <= (SELECT id FROM map_change ORDER BY id DESC OFFSET $1 LIMIT 1)"


class Ground(Read, frozen=True):
    """`version` changes with areas, cells, roads and places. `bounds`: of the areas that were named, if known."""

    version: str
    bounds: Bounds | None


async def read_ground(areas: Sequence[str]) -> Ground:
    """The version, and the extent of these areas and all that lie in them; "" is everywhere."""
    row = await db.fetchrow(sql(_GROUND, within=within_any("code", areas, "area")))
    assert row is not None
    sides = [row[side] for side in ("west", "south", "east", "north")]
    return Ground(row["version"], None if sides[0] is None else Bounds(*sides))


async def read_version() -> str:
    return await db.fetchval(f"SELECT {_VERSION}")


async def forget_changes() -> None:
    """Forget all changes but the latest, of which versions are made."""
    await db.execute(_FORGET, CHANGES_MOST)
