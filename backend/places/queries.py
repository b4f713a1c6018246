"""Reads of places. The first four stand on the way of every report and are one indexed statement each.

Positions are WGS-84, distances metres. The SQL of the hot ones is public, so that a larger statement can take it in.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import asyncpg
from msgspec import convert, json

from backend import db
from backend.geo import area_sql
from backend.geo.lonlat import LonLat
from backend.places import sql as places_sql
from backend.places.errors import AreaNotFound, PlaceNotFound
from backend.places.kinds import AreaLevel, PlaceKind
from backend.places.structs import AreaName, AreaRead, Located, PlaceNear, PlaceRead, Surroundings
from backend.sql import Sql, sql
from backend.structs import Page, decode_cursor, encode_cursor

PlaceT = TypeVar("Kept", bound=PlaceRead)
EVERY_KIND = tuple(PlaceKind)

_SAME_M = 0.01
"""Rounding: what is nearest lies within its own distance and so much."""
# $1 place id
GET_PLACE = f"SELECT {places_sql.PLACE_COLUMNS} {places_sql.FROM_PLACE} WHERE place.id = $1"

# $1 longitude, $2 latitude
LOCATE = f"""
SELECT cell.code AS grid_code, {places_sql.AREA_AROUND} AS area_code
FROM (SELECT {places_sql.point("$1::float8", "$2::float8")} AS geom) here {places_sql.around("here.geom")}"""

# The index walks outwards from the point and stops at the first place; a radius condition inside, or a second key to
# sort by, would make it collect all of them first. Of those that are no farther than that one the lowest id is meant.
_NEAREST = f"""(
    SELECT {places_sql.PLACE_COLUMNS}, ST_Distance(place.loc, here.geom::geography) AS distance_m
    FROM (
        SELECT ST_Distance(place.loc, here.geom::geography) AS m FROM place WHERE place.kind = ANY(:kinds::text[])
        ORDER BY place.loc <-> here.geom::geography LIMIT 1
    ) first
    JOIN place ON ST_DWithin(place.loc, here.geom::geography, least(first.m, :within_m::float8) + {_SAME_M})
    JOIN area ON area.code = place.area_id
    WHERE place.kind = ANY(:kinds::text[]) ORDER BY distance_m, place.id LIMIT 1
) nearest"""

LOOK_AROUND = f"""
SELECT cell.code AS grid_code, {places_sql.AREA_AROUND} AS area_code, to_jsonb(nearest)::text AS nearest
FROM (SELECT {places_sql.point(":lng::float8", ":lat::float8")} AS geom) here {places_sql.around("here.geom")}
LEFT JOIN LATERAL {_NEAREST} ON nearest.distance_m <= :within_m::float8"""

# Within `radius_m` metres of a point.
LIST_NEAR = f"""
SELECT {places_sql.PLACE_COLUMNS}, ST_Distance(place.loc, here.geog) AS distance_m
FROM (SELECT {places_sql.point(":lng::float8", ":lat::float8")}::geography AS geog) here, place
JOIN area ON area.code = place.area_id
WHERE ST_DWithin(place.loc, here.geog, :radius_m) AND place.kind = ANY(:kinds::text[])
ORDER BY distance_m, place.id LIMIT :most"""

_BY_KEYS = f"""
SELECT {places_sql.PLACE_COLUMNS} FROM unnest($2::text[]) WITH ORDINALITY wanted(key, nr)
JOIN place ON place.dataset = $1 AND place.source_key = wanted.key
JOIN area ON area.code = place.area_id ORDER BY wanted.nr"""

_IDS_BY_KEYS = "SELECT source_key, id, area_id FROM place WHERE dataset = $1 AND source_key = ANY($2::text[])"

# As `PlaceRead.label` says it.
_LABELS = """
SELECT id, coalesce(nullif(name, ''), nullif(address, ''), road_name || house_number) AS label
FROM place WHERE id = ANY($1::bigint[])"""

_AREA_COLUMNS = "code, level, name, polygon IS NOT NULL AS has_outline, is_demo"


async def get_place(place_id: int) -> PlaceRead:
    """Read one place. Raises PlaceNotFound."""
    row = await db.fetchrow(GET_PLACE, place_id)
    if row is None:
        raise PlaceNotFound
    return _place(row, PlaceRead)


async def locate(point: LonLat) -> Located:
    """Find the grid cell and the smallest area around a point."""
    row = await db.fetchrow(LOCATE, point.lng, point.lat)
    return convert(dict(row), Located) if row else Located(grid_code=None, area_code=None)


async def look_around(point: LonLat, within_m: float, kinds: tuple[PlaceKind, ...] = EVERY_KIND) -> Surroundings:
    """Find cell, area and nearest place of a point in one statement."""
    row = await db.fetchrow(around(point, within_m, kinds))
    assert row is not None
    return surroundings(row)


def around(point: LonLat, within_m: float, kinds: tuple[PlaceKind, ...] = EVERY_KIND) -> Sql:
    """SQL of one row for a point, as `surroundings` reads it, with the columns `area_code` and `grid_code`."""
    return sql(LOOK_AROUND, lng=point.lng, lat=point.lat, within_m=within_m, kinds=list(kinds))


def surroundings(row: asyncpg.Record) -> Surroundings:
    """Cell, area and nearest place, by the row of `around`."""
    near = row["nearest"]
    nearest = _place(json.decode(near), PlaceNear) if near is not None else None
    return Surroundings(grid_code=row["grid_code"], area_code=row["area_code"], nearest=nearest)


async def list_near(
    point: LonLat, radius_m: float, kinds: tuple[PlaceKind, ...] = EVERY_KIND, limit: int = 50
) -> Page[PlaceNear]:
    """List places around a point, nearest first: one page, the nearest `limit`."""
    rows = await db.fetch(
        sql(LIST_NEAR, lng=point.lng, lat=point.lat, radius_m=radius_m, kinds=list(kinds), most=limit)
    )
    return Page(items=[_place(row, PlaceNear) for row in rows])


async def list_by_source_keys(dataset: str, source_keys: list[str]) -> Page[PlaceRead]:
    """List places by the keys that their source gave them, in that order; unknown keys are left out."""
    rows = await db.fetch(_BY_KEYS, dataset, source_keys)
    return Page(items=[_place(row, PlaceRead) for row in rows])


async def find_by_source_keys(dataset: str, source_keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Id and area of the places of a dataset that have these keys, by key; unknown keys are left out."""
    rows = await db.fetch(_IDS_BY_KEYS, dataset, source_keys)
    return {row["source_key"]: (row["id"], row["area_id"]) for row in rows}


async def list_ids(dataset: str) -> list[int]:
    """The ids of every place of a dataset."""
    return [row["id"] for row in await db.fetch("SELECT id FROM place WHERE dataset = $1 ORDER BY id", dataset)]


async def list_known_cells(codes: Sequence[str]) -> set[str]:
    """Those of these grid cells that are there."""
    rows = await db.fetch("SELECT code FROM grid_cell WHERE code = ANY($1::text[])", codes)
    return {row["code"] for row in rows}


async def get_area(code: str) -> AreaRead:
    """Read one area. Raises AreaNotFound."""
    row = await db.fetchrow(f"SELECT {_AREA_COLUMNS} FROM area WHERE code = $1", code)
    if row is None:
        raise AreaNotFound
    return convert(dict(row), AreaRead)


async def list_areas(
    prefix: str = "", level: AreaLevel | None = None, cursor: str | None = None, limit: int = 100
) -> Page[AreaRead]:
    """List the areas within a code prefix, by code."""
    after = str(decode_cursor(cursor, str)[0]) if cursor else ""
    rows = await db.fetch(
        f"SELECT {_AREA_COLUMNS} FROM area WHERE {area_sql.within('code', '$1::text')} AND code ~>~ $2"
        " AND ($3::text IS NULL OR level = $3) ORDER BY code USING ~<~ LIMIT $4",
        *(prefix, after, level, limit + 1),
    )
    items = [convert(dict(row), AreaRead) for row in rows[:limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].code) if len(rows) > limit else None)


async def list_names(prefixes: Sequence[str], towns: Sequence[str], limit: int) -> list[AreaName]:
    """Names of the areas within these prefixes, by code: down to towns, and of some towns the committees too."""
    rows = await db.fetch(
        sql(
            "SELECT code, name FROM area WHERE {within} AND (length(code) < 12 OR left(code, 9) = ANY(:towns::text[]))"
            " ORDER BY code USING ~<~ LIMIT :most",
            within=area_sql.within_any("code", prefixes, "area"),
            towns=list(towns),
            most=limit,
        )
    )
    return [AreaName(**row) for row in rows]


async def list_labels(place_ids: Sequence[int]) -> dict[int, str]:
    """What to call these places on a page, by id."""
    return {row["id"]: row["label"] for row in await db.fetch(_LABELS, list(place_ids))}


async def list_areas_of(place_ids: Sequence[int]) -> dict[int, str]:
    """The committee in which each of these places lies, by id; those that lie in none are left out."""
    statement = "SELECT id, area_id FROM place WHERE id = ANY($1::bigint[]) AND area_id IS NOT NULL"
    return {row["id"]: row["area_id"] for row in await db.fetch(statement, list(place_ids))}


async def list_ids_called(words: str, prefixes: Sequence[str], limit: int) -> list[int]:
    """The ids of places within these areas whose name or address has these words in it, however they are written."""
    rows = await db.fetch(
        sql(
            "SELECT id FROM place WHERE {within} AND {called} LIMIT :most",
            within=area_sql.within_any("area_id", prefixes, "area"),
            called=sql(places_sql.called(":words"), words=words),
            most=limit,
        )
    )
    return [row["id"] for row in rows]


def _place(row: Mapping[str, Any] | asyncpg.Record, kind: type[PlaceT]) -> PlaceT:
    fields = dict(row)
    fields["kind"] = PlaceKind(fields["kind"])
    fields["loc"] = LonLat(fields.pop("lng"), fields.pop("lat"))
    return kind(**fields)
