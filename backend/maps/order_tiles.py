"""Vector tiles of open orders, for whoever is staff of them: never a word of anybody, nor who reported or handles one.

The layer `orders` has points: from level 15 one for each order, the most urgent first, with `number`, `state`,
`priority` and `late`; below it one for all orders of a sixty-fourth of the tile, where they lie on average, with `n`,
how many are `late`, and between which `west`, `south`, `east` and `north` they lie. Ended orders are never drawn. A
point lies in one tile: what is on an edge belongs to the east and to the south of it.
"""

from datetime import datetime

from backend import db
from backend.accounts.structs import Actor
from backend.maps.tile_matrix import EXTENT, MapTile
from backend.orders.deadlines.overdue import DUE_AT, is_overdue
from backend.orders.desk import DeskFilter, reading
from backend.orders.desk.conditions import conditions_of, desk_areas
from backend.orders.desk.search import parse_search
from backend.orders.model.states import OPEN, quoted
from backend.orders.model.visibility import staff_of
from backend.sql import Sql, sql

SINGLE_FROM = 15
POINTS_MOST = 2000
"""Of one tile: of more, the least urgent are left out."""
_SIDE = 8
"""So many groups side by side in a tile: each is as wide as the sign that stands for it."""
_INDEXED_FROM = 8
"""A larger tile is a quarter of a province: nearly all open orders lie in it, and geodesic edges bend."""
_SLACK = 0.05

_AT = "o.loc::geometry"
_WITHIN = f"""ST_X({_AT}) >= :west::float8 AND ST_X({_AT}) < :east::float8
    AND ST_Y({_AT}) > :south::float8 AND ST_Y({_AT}) <= :north::float8"""
_INDEXED = """o.loc && ST_MakeEnvelope(:around_west::float8, :around_south::float8, :around_east::float8,
    :around_north::float8, 4326)::geography"""
_OPEN = Sql(f"o.state IN ({quoted(OPEN)})")


def _in_tile(point: str) -> str:
    return f"""ST_AsMVTGeom(ST_Transform({point}, 3857), ST_TileEnvelope(:level::int, :column::int, :row::int),
        {EXTENT}, 0, false)"""


_SINGLE = f"""
    SELECT ST_AsMVT(feature, 'orders', {EXTENT}, 'geom', 'id') FROM (
        SELECT o.id, o.number, o.state, o.priority, {is_overdue(":now::timestamptz")} AS late, {_in_tile(_AT)} AS geom
        FROM work_order o WHERE {{here}} AND {{found}} ORDER BY {DUE_AT}, o.id LIMIT :most
    ) feature"""
# Positions are cast once for each order, behind a wall. Far out, where nearly all open orders are in the tile, the spot
# is one whole number and no condition: of those the planner believes that they leave one order, and sorts thousands.
_GROUPED = f"""
    SELECT ST_AsMVT(feature, 'orders', {EXTENT}, 'geom') FROM (
        SELECT n, late, left_lng AS west, low_lat AS south, right_lng AS east, high_lat AS north,
            {_in_tile("ST_SetSRID(ST_MakePoint(lng, lat), 4326)")} AS geom
        FROM (
            SELECT count(*)::int AS n, (count(*) FILTER (WHERE is_late))::int AS late, avg(lng) AS lng, avg(lat) AS lat,
                min(lng) AS left_lng, min(lat) AS low_lat, max(lng) AS right_lng, max(lat) AS high_lat
            FROM (
                SELECT lng, lat, is_late, CASE WHEN lng >= :west::float8 AND lng < :east::float8
                        AND lat > :south::float8 AND lat <= :north::float8
                    THEN floor((lng - :west::float8) / (:east::float8 - :west::float8) * {_SIDE})::int * {_SIDE}
                        + floor((:north::float8 - lat) / (:north::float8 - :south::float8) * {_SIDE})::int END AS spot
                FROM (
                    SELECT ST_X(at) AS lng, ST_Y(at) AS lat, is_late FROM (
                        SELECT {_AT} AS at, {is_overdue(":now::timestamptz")} AS is_late
                        FROM work_order o WHERE {{here}} AND {{found}} OFFSET 0
                    ) read OFFSET 0
                ) placed
            ) spotted GROUP BY spot HAVING spot IS NOT NULL
        ) grouped
    ) feature"""


async def draw_scope(actor: Actor, tile: MapTile, now: datetime, *, most: int = POINTS_MOST) -> bytes:
    """All open orders of which the actor is staff; empty where there is none. `most`: single ones of a tile."""
    async with reading():
        return await _draw(tile, sql("{open} AND {staff}", open=_OPEN, staff=staff_of(actor)), now, most)


async def draw_desk(actor: Actor, tile: MapTile, desk_filter: DeskFilter, now: datetime) -> bytes:
    """The orders that the desk's list has with this filter, which is of an open tab."""
    async with reading():
        search = await parse_search(desk_filter.text, desk_areas(actor))
        return await _draw(tile, conditions_of(actor, desk_filter, search, now), now, POINTS_MOST)


async def _draw(tile: MapTile, found: Sql, now: datetime, most: int) -> bytes:
    values = {"level": tile.level, "column": tile.column, "row": tile.row, "now": now, **tile.bounds._asdict()}
    here = _here(tile)
    statement = sql(_GROUPED, here=here, found=found, **values)
    if tile.level >= SINGLE_FROM:
        statement = sql(_SINGLE, here=here, found=found, most=most, **values)
    return await db.fetchval(statement) or b""


def _here(tile: MapTile) -> Sql:
    """Lies in the tile, found by the index of positions where that finds few; far out anything."""
    if tile.level < _INDEXED_FROM:
        return Sql("true")
    around = tile.bounds.widened(_SLACK)._asdict()
    return Sql(f"{_INDEXED} AND {_WITHIN}", {f"around_{side}": value for side, value in around.items()})
