"""Vector tiles of what is public knowledge: borders and their names, grid cells, roads, doors and other places.

One statement a tile. Its layers: `areas` (code, level, name), `area_names` (the same, one point each), `cells` (code),
`roads` (name), `places` (kind, number, road, name; the id is the place's). A level of the map has what it can show:
committees from 12, roads from 12 and their names from 13, cells from 14, places from 15 as bare dots and from 16 with
number and name. Outlines reach 64 steps beyond the tile, so that no border is drawn along its edge.
"""

from backend import db
from backend.maps.tile_matrix import EXTENT, MapTile
from backend.places.kinds import AreaLevel, PlaceKind
from backend.sql import sql

_REACH = 64
_TOWNS_FROM, _COMMITTEES_FROM, _ROADS_FROM, _ROAD_NAMES_FROM, _CELLS_FROM = 9, 12, 12, 13, 14
_DOTS_FROM, _PLACES_FROM = 15, 16
_PLACES_MOST = 6000
"""Of a tile of 530 m: a dense market has a third of it."""

_TILE = "ST_TileEnvelope(:level::int, :column::int, :row::int)"
_BOX = "ST_MakeEnvelope(:west::float8, :south::float8, :east::float8, :north::float8, 4326)"
_HERE = """ST_X({point}) >= :left::float8 AND ST_X({point}) < :right::float8
    AND ST_Y({point}) > :bottom::float8 AND ST_Y({point}) <= :top::float8"""


def _in_tile(geometry: str, reach: int) -> str:
    return f"ST_AsMVTGeom(ST_Transform({geometry}, 3857), {_TILE}, {EXTENT}, {reach}, {'true' if reach else 'false'})"


def _layer(name: str, rows: str, id_column: str = "") -> str:
    key = f", '{id_column}'" if id_column else ""
    return f"coalesce((SELECT ST_AsMVT(feature, '{name}', {EXTENT}, 'geom'{key}) FROM ({rows}) feature), '')"


_LEVELS = "area.level = ANY(:area_levels::text[])"
_AREAS = f"""
    SELECT area.code, area.level, area.name, {_in_tile("area.polygon", _REACH)} AS geom
    FROM area WHERE area.polygon && {_BOX} AND {_LEVELS} ORDER BY area.code"""
_AREA_NAMES = f"""
    SELECT code, level, name, {_in_tile("middle", 0)} AS geom FROM (
        SELECT code, level, name, ST_PointOnSurface(polygon) AS middle
        FROM area WHERE polygon && {_BOX} AND {_LEVELS} OFFSET 0
    ) named WHERE {_HERE.format(point="middle")} ORDER BY code"""
_CELLS = f"""
    SELECT grid_cell.code, {_in_tile("grid_cell.polygon", _REACH)} AS geom
    FROM grid_cell WHERE grid_cell.polygon && {_BOX} ORDER BY grid_cell.code"""
_ROADS = f"""
    SELECT road.name, {_in_tile("road.line", _REACH)} AS geom
    FROM road WHERE road.line && {_BOX} ORDER BY road.id"""
_ROADS_WITHOUT_NAMES = f"""
    SELECT ST_Collect(drawn.geom) AS geom FROM (
        SELECT {_in_tile("road.line", _REACH)} AS geom FROM road WHERE road.line && {_BOX}
    ) drawn WHERE drawn.geom IS NOT NULL"""
_NEAR = f"place.loc && {_BOX}::geography AND {_HERE.format(point='place.loc::geometry')}"
_DOTS = f"""
    SELECT kind, ST_Collect(DISTINCT geom) AS geom FROM (
        SELECT place.kind, {_in_tile("place.loc::geometry", 0)} AS geom FROM place WHERE {_NEAR} OFFSET 0
    ) drawn WHERE geom IS NOT NULL GROUP BY kind"""
# What a door is called is its road and number: only what is called otherwise is said besides.
_PLACES = f"""
    SELECT place.id, place.kind, nullif(place.house_number, '') AS number, nullif(place.road_name, '') AS road,
        CASE WHEN place.kind <> '{PlaceKind.DOORPLATE}' OR place.house_number = '' OR place.road_name = ''
             THEN coalesce(nullif(place.name, ''), nullif(place.address, ''), place.road_name || place.house_number)
        END AS name, {_in_tile("place.loc::geometry", 0)} AS geom
    FROM place WHERE {_NEAR} ORDER BY place.id LIMIT {_PLACES_MOST}"""


async def draw(tile: MapTile) -> bytes:
    """The tile; empty where nothing lies in it."""
    layers = [_layer("areas", _AREAS), _layer("area_names", _AREA_NAMES)]
    if tile.level >= _ROADS_FROM:
        layers.append(_layer("roads", _ROADS if tile.level >= _ROAD_NAMES_FROM else _ROADS_WITHOUT_NAMES))
    if tile.level >= _CELLS_FROM:
        layers.append(_layer("cells", _CELLS))
    if tile.level >= _PLACES_FROM:
        layers.append(_layer("places", _PLACES, "id"))
    elif tile.level >= _DOTS_FROM:
        layers.append(_layer("places", _DOTS))
    return await db.fetchval(sql(f"SELECT {' || '.join(layers)}", **_values(tile)))


def _values(tile: MapTile) -> dict[str, object]:
    own, around = tile.bounds, tile.bounds.widened(_REACH / EXTENT)
    return {
        **{"level": tile.level, "column": tile.column, "row": tile.row, "area_levels": _area_levels(tile.level)},
        **{"west": around.west, "south": around.south, "east": around.east, "north": around.north},
        **{"left": own.west, "bottom": own.south, "right": own.east, "top": own.north},
    }


def _area_levels(level: int) -> list[str]:
    shown = {AreaLevel.DISTRICT: 0, AreaLevel.TOWN: _TOWNS_FROM, AreaLevel.COMMITTEE: _COMMITTEES_FROM}
    return [name.value for name, least in shown.items() if level >= least]
