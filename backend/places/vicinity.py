"""What lies around a point, to be drawn: borders and roads as SVG paths, places as dots, in metres from the point.

x grows to the east and y to the south. A square of a few hundred metres is as good as flat: both axes are scaled by the
ellipsoid's radii at the point. Paths have whole metres, which is what a phone can show.
"""

from dataclasses import dataclass
from math import hypot

import asyncpg

from backend import db
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.places.kinds import AreaLevel, PlaceKind
from backend.sql import sql

_STEP_DEG = 0.001
_PLACES_MOST = 120
_ROADS_MOST = 80
_BORDERS_MOST = 6

# west, south, east, north: the square. east_m and north_m: metres for a degree.
_BOX = "ST_MakeEnvelope(:west::float8, :south::float8, :east::float8, :north::float8, 4326)"
_HERE = "ST_SetSRID(ST_MakePoint(:lng::float8, :lat::float8), 4326)"


def _drawn(line: str) -> str:
    """SQL of the part of a line that lies within the square, as a path; a metre more or less is not to be seen."""
    flat = f"ST_Scale(ST_Translate(ST_ClipByBox2D({line}, {_BOX}), -:lng::float8, -:lat::float8)"
    return f"ST_AsSVG(ST_SimplifyPreserveTopology({flat}, :east_m::float8, :north_m::float8), 1), 0, 0)"


_ROADS = f"""
SELECT 'road' AS kind, road.name, '' AS number, {_drawn("road.line")} AS path, 0::float8 AS x, 0::float8 AS y
FROM road WHERE road.line && {_BOX} AND ST_Intersects(road.line, {_BOX}) ORDER BY road.id LIMIT :roads
"""
_BORDERS = f"""
SELECT 'border', area.name, area.code, {_drawn("ST_Boundary(area.polygon)")}, 0, 0
FROM area WHERE area.level = '{AreaLevel.COMMITTEE}' AND area.polygon && {_BOX} ORDER BY area.code LIMIT {_BORDERS_MOST}
"""
_PLACES = f"""
SELECT place.kind, coalesce(nullif(place.name, ''), nullif(place.address, ''), place.road_name || place.house_number),
       place.house_number, '', (ST_X(place.loc::geometry) - :lng::float8) * :east_m::float8,
       (:lat::float8 - ST_Y(place.loc::geometry)) * :north_m::float8
FROM place WHERE ST_DWithin(place.loc, {_HERE}::geography, :within_m::float8)
ORDER BY ST_Distance(place.loc, {_HERE}::geography), place.id LIMIT :places
"""
_ALL = f"({_ROADS}) UNION ALL ({_BORDERS}) UNION ALL ({_PLACES})"
_CENTRES = """
SELECT code, name, ST_X(middle) AS lng, ST_Y(middle) AS lat
FROM (SELECT code, name, ST_PointOnSurface(polygon) AS middle FROM area
      WHERE polygon IS NOT NULL AND level = $1 AND starts_with(code, $2) ORDER BY code LIMIT $3) known
"""


@dataclass(frozen=True, slots=True)
class NearbyRoad:
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class NearbyBorder:
    """The outline of a committee's area as far as it runs through the square; within one alone, the path is empty."""

    code: str
    name: str
    path: str


@dataclass(frozen=True, slots=True)
class NearbyPlace:
    """A place as a dot, with what to call it on a page; `number`: its house number where it is a doorplate."""

    label: str
    number: str
    x: float
    y: float

    @property
    def distance_m(self) -> float:
        return hypot(self.x, self.y)


@dataclass(frozen=True, slots=True)
class Vicinity:
    half_m: float
    roads: list[NearbyRoad]
    borders: list[NearbyBorder]
    places: list[NearbyPlace]
    """Nearest first."""

    @property
    def road_names(self) -> dict[int, str]:
        """Each name once, by the number of the first road that has it, from 1."""
        first = {road.name: number for number, road in reversed([*enumerate(self.roads, start=1)]) if road.name}
        return {number: name for name, number in sorted(first.items(), key=lambda named: named[1])}


@dataclass(frozen=True, slots=True)
class Centre:
    """An area and a point within it, to begin from where the phone tells none."""

    code: str
    name: str
    point: LonLat


async def look(
    point: LonLat, half_m: float, *, places_most: int = _PLACES_MOST, roads_most: int = _ROADS_MOST
) -> Vicinity:
    """The square around a point, `half_m` metres to each side, in one statement."""
    square, within_m = _square(point, half_m), hypot(half_m, half_m)
    rows = await db.fetch(sql(_ALL, **square, within_m=within_m, places=places_most, roads=roads_most))
    return Vicinity(
        half_m,
        roads=[NearbyRoad(row["name"], row["path"]) for row in rows if row["kind"] == "road" and row["path"]],
        borders=[
            NearbyBorder(row["number"], row["name"], row["path"] or "") for row in rows if row["kind"] == "border"
        ],
        places=sorted(
            (_place(row) for row in rows if row["kind"] in tuple(PlaceKind)), key=lambda place: place.distance_m
        ),
    )


async def list_roads(point: LonLat, half_m: float) -> list[NearbyRoad]:
    """The roads of the square around a point, `half_m` metres to each side."""
    rows = await db.fetch(sql(_ROADS, **_square(point, half_m), roads=_ROADS_MOST))
    return [NearbyRoad(row["name"], row["path"]) for row in rows if row["path"]]


def _square(point: LonLat, half_m: float) -> dict[str, float]:
    """The values of a statement about the square around a point."""
    east_m, north_m = _metres_per_degree(point)
    wide, high = half_m / east_m, half_m / north_m
    return {
        **{"lng": point.lng, "lat": point.lat, "east_m": east_m, "north_m": north_m},
        **{"west": point.lng - wide, "south": point.lat - high, "east": point.lng + wide, "north": point.lat + high},
    }


def _place(row: asyncpg.Record) -> NearbyPlace:
    number = row["number"] if row["kind"] == PlaceKind.DOORPLATE else ""
    return NearbyPlace(row["name"], number, row["x"], row["y"])


def offset_m(middle: LonLat, point: LonLat) -> tuple[float, float]:
    """How many metres east and south of the middle a point lies."""
    east_m, north_m = _metres_per_degree(middle)
    return (point.lng - middle.lng) * east_m, (middle.lat - point.lat) * north_m


def moved(point: LonLat, east_m: float, south_m: float) -> LonLat:
    """The point so many metres away; at a pole or at the date line, the last one before it."""
    per_degree_east, per_degree_north = _metres_per_degree(point)
    lng, lat = point.lng + east_m / per_degree_east, point.lat - south_m / per_degree_north
    return LonLat(min(max(lng, -180.0), 180.0), min(max(lat, -90.0), 90.0))


async def list_centres(level: AreaLevel, within: str = "", limit: int = 200) -> list[Centre]:
    """The areas of a level that have an outline, by code."""
    rows = await db.fetch(_CENTRES, level.value, within, limit)
    return [Centre(row["code"], row["name"], LonLat(row["lng"], row["lat"])) for row in rows]


def _metres_per_degree(point: LonLat) -> tuple[float, float]:
    """How long a degree is at this point, east and north."""
    east = metres_between(point, LonLat(point.lng + _inwards(point.lng), point.lat))
    north = metres_between(point, LonLat(point.lng, point.lat + _inwards(point.lat)))
    return max(east, 1.0) / _STEP_DEG, north / _STEP_DEG


def _inwards(degrees: float) -> float:
    """A small step that never leaves the globe."""
    return -_STEP_DEG if degrees > 0 else _STEP_DEG
