"""Reads for whoever has the words of an address and looks for the place: by pieces of its words, by its very name."""

from collections.abc import Sequence

from backend import db
from backend.geo import area_sql
from backend.geo.area_codes import COMMITTEE_CHARS, DISTRICT_CHARS, TOWN_CHARS
from backend.geo.lonlat import LonLat
from backend.places import sql as places_sql
from backend.places.kinds import PlaceKind
from backend.places.structs import AreaName, PlaceRead
from backend.sql import sql

_LEVEL_WORDS = "(街道|镇|乡|新区|区|县|居民委员会|居委会|居委|村民委员会|村委会|村委|社区|村)$"
# Each piece is in the words. The index is asked for all of their pairs at once, behind a wall: a planner that does not
# know the values would rather walk all places in their order, or read the whole index of areas beside it.
_WITH_PIECES = f"""
SELECT {places_sql.PLACE_COLUMNS}
FROM (
    SELECT * FROM place WHERE place_grams(place.words) @> (
        SELECT array_agg(gram) FROM unnest(:pieces::text[]) piece, unnest(place_query_grams(piece)) gram) OFFSET 0
) place JOIN area ON area.code = place.area_id
WHERE {{within}} AND NOT EXISTS (SELECT FROM unnest(:pieces::text[]) piece WHERE strpos(place.words, piece) = 0)
ORDER BY place.id LIMIT :most"""
_NAMED = f"""
SELECT {places_sql.PLACE_COLUMNS}
FROM unnest(:names::text[]) given
CROSS JOIN LATERAL (
    SELECT * FROM (
        SELECT * FROM place WHERE place_grams(place.words) @> place_query_grams(place_fold(given)) OFFSET 0
    ) place
    WHERE split_part(place.words, E'\\n', 1) = place_fold(given) AND {{within}} ORDER BY place.id LIMIT :most
) place JOIN area ON area.code = place.area_id"""
_AREAS = f"""
SELECT code, name FROM area CROSS JOIN LATERAL (SELECT regexp_replace(name, '{_LEVEL_WORDS}', '') AS short) known
WHERE {{within}} AND length(code) <= :deepest AND length(short) > 1 AND strpos(:said, short) > 0 ORDER BY code"""
_ROADS = "SELECT DISTINCT name FROM road WHERE {within} ORDER BY name LIMIT :most"
_ROADS_MOST = 5_000
_NAMES = f"""
SELECT DISTINCT name FROM (
    SELECT name FROM place WHERE {{of_places}} UNION SELECT road_name FROM place WHERE {{of_places}}
    UNION SELECT name FROM road WHERE {{of_places}}
    UNION SELECT name FROM area WHERE {{of_areas}}
    UNION SELECT regexp_replace(name, '{_LEVEL_WORDS}', '') FROM area WHERE {{of_areas}}
) known WHERE length(name) BETWEEN 3 AND 20 AND name !~ '[0-9]' ORDER BY name LIMIT :most"""
_NAMES_MOST = 20_000


async def list_with_pieces(pieces: Sequence[str], area_code: str, limit: int) -> list[PlaceRead]:
    """Places within an area in whose words all of these pieces stand, which are folded as words of places are."""
    within = area_sql.within_any("place.area_id", [area_code], "area")
    rows = await db.fetch(sql(_WITH_PIECES, pieces=list(pieces), within=within, most=limit))
    return [_place(dict(row)) for row in rows]


async def list_named(names: Sequence[str], area_code: str, limit: int) -> list[PlaceRead]:
    """Places within an area that are called exactly so; up to `limit` of each name."""
    within = area_sql.within_any("place.area_id", [area_code], "area")
    return [_place(dict(row)) for row in await db.fetch(sql(_NAMED, names=list(names), within=within, most=limit))]


async def list_areas_said(said: str, area_code: str) -> list[AreaName]:
    """The areas of the same district whose name stands in a text, whether or not as 街道, 镇 or 居委.

    Of an area that is wider than a district, its districts and towns.
    """
    district = area_code[:DISTRICT_CHARS]
    deepest = COMMITTEE_CHARS if len(district) == DISTRICT_CHARS else TOWN_CHARS
    within = area_sql.within_any("code", [district], "area")
    return [AreaName(**row) for row in await db.fetch(sql(_AREAS, said=said, deepest=deepest, within=within))]


async def list_road_names(area_code: str) -> list[str]:
    """What the roads of an area are called."""
    within = area_sql.within_any("area_id", [area_code], "area")
    return [row["name"] for row in await db.fetch(sql(_ROADS, within=within, most=_ROADS_MOST))]


async def list_place_names(area_code: str) -> list[str]:
    """What places, roads and areas within an area are called, of three characters and more, without numbers."""
    of_places = area_sql.within_any("area_id", [area_code], "area")
    of_areas = area_sql.within_any("code", [area_code], "area")
    rows = await db.fetch(sql(_NAMES, of_places=of_places, of_areas=of_areas, most=_NAMES_MOST))
    return [row["name"] for row in rows]


def _place(row: dict[str, object]) -> PlaceRead:
    lng, lat = row.pop("lng"), row.pop("lat")
    return PlaceRead(**(row | {"kind": PlaceKind(row["kind"]), "loc": LonLat(lng, lat)}))  # pyright: ignore
