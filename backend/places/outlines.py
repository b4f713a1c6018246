"""Outlines of cells and areas for a drawn map, straight from PostGIS as SVG paths: no tiles, no other host.

The drawing is an equirectangular projection around its own middle: metres, east to the right, and the origin in the
south-western corner of all that is drawn. ST_AsSVG turns north upwards.
"""

from collections.abc import Sequence
from math import ceil

from backend import db
from backend.structs import Read

_METRES_A_DEGREE = 111_320
_SELECT = f"""
    WITH shape AS (
        SELECT code, '' AS name, polygon, true AS is_cell FROM grid_cell WHERE code = ANY($1::text[])
        UNION ALL SELECT code, name, polygon, false FROM area WHERE code = ANY($2::text[]) AND polygon IS NOT NULL
    ),
    frame AS (
        SELECT ST_XMin(box) AS west, ST_YMin(box) AS south, cos(radians(ST_YMin(box))) * {_METRES_A_DEGREE} AS east_m,
               (ST_XMax(box) - ST_XMin(box)) * cos(radians(ST_YMin(box))) * {_METRES_A_DEGREE} AS width_m,
               (ST_YMax(box) - ST_YMin(box)) * {_METRES_A_DEGREE} AS height_m
        FROM (SELECT ST_Extent(polygon) AS box FROM shape) extent
    ),
    drawn AS (
        SELECT code, name, is_cell, width_m, height_m, ST_SimplifyPreserveTopology(ST_Affine(polygon, east_m, 0, 0,
            {_METRES_A_DEGREE}, -west * east_m, -south * {_METRES_A_DEGREE}), width_m / 1500) AS polygon
        FROM shape, frame
    )
    SELECT code, name, is_cell, width_m, height_m, ST_AsSVG(polygon, 1, 0) AS path, ST_X(middle) AS x,
           -ST_Y(middle) AS y, sqrt(ST_Area(polygon)) AS side_m
    FROM (SELECT *, ST_PointOnSurface(polygon) AS middle FROM drawn OFFSET 0) placed ORDER BY code
"""


class Outline(Read, frozen=True):
    """One shape: its path, where to write into it, the side of a square as large as it, what it is called."""

    code: str
    is_cell: bool
    path: str
    x: float
    y: float
    side_m: float
    name: str = ""
    """Of an area; a cell has none."""


class Drawing(Read, frozen=True):
    """Shapes in metres; y grows downwards from minus `height_m` to 0."""

    width_m: int
    height_m: int
    outlines: list[Outline]


async def draw(cell_codes: Sequence[str], area_codes: Sequence[str]) -> Drawing:
    """Draw these cells and areas; what has no outline is left out."""
    rows = await db.fetch(_SELECT, list(cell_codes), list(area_codes))
    if not rows:
        return Drawing(width_m=0, height_m=0, outlines=[])
    names = ("code", "name", "is_cell", "path", "x", "y", "side_m")
    return Drawing(
        width_m=ceil(rows[0]["width_m"]),
        height_m=ceil(rows[0]["height_m"]),
        outlines=[Outline(**{name: row[name] for name in names}) for row in rows],
    )
