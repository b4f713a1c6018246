"""What lies around a point, to be drawn: roads as SVG paths and places as dots, in metres east and south of the point.

A square of a few hundred metres is as good as flat: both axes are scaled by the ellipsoid's radii at the point.
"""

from dataclasses import dataclass

from backend import db
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.places import queries
from backend.places.kinds import AreaLevel
from backend.places.structs import PlaceNear
from backend.sql import sql

_STEP_DEG = 0.001
_PLACES_MOST = 120
_ROADS_MOST = 80
_WITHIN_DIAGONAL = 1.42

# east_m and north_m: metres for a degree; half_m: half a side.
_ROADS = """
WITH here (lng, lat, east_m, north_m, half_m) AS (
    SELECT :lng::float8, :lat::float8, :east_m::float8, :north_m::float8, :half_m::float8
),
box AS (
    SELECT here.*, ST_MakeEnvelope(lng - half_m / east_m, lat - half_m / north_m,
        lng + half_m / east_m, lat + half_m / north_m, 4326) AS geom FROM here
)
SELECT road.name, ST_AsSVG(
    ST_Scale(ST_Translate(ST_ClipByBox2D(road.line, box.geom), -lng, -lat), east_m, north_m), 0, 1) AS path
FROM box JOIN road ON road.line && box.geom WHERE ST_Intersects(road.line, box.geom) ORDER BY road.id LIMIT :most
"""
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
class Dot:
    """A place: metres east and south of the middle."""

    place: PlaceNear
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Vicinity:
    half_m: float
    roads: list[NearbyRoad]
    dots: list[Dot]


@dataclass(frozen=True, slots=True)
class Centre:
    """An area and a point within it, to begin from where the phone tells none."""

    code: str
    name: str
    point: LonLat


async def look(point: LonLat, half_m: float) -> Vicinity:
    """The square around a point, `half_m` metres to each side."""
    roads = await list_roads(point, half_m)
    near = await queries.list_near(point, half_m * _WITHIN_DIAGONAL, limit=_PLACES_MOST)
    return Vicinity(half_m, roads, [Dot(place, *offset_m(point, place.loc)) for place in near.items])


async def list_roads(point: LonLat, half_m: float) -> list[NearbyRoad]:
    """The roads of the square around a point, `half_m` metres to each side, in metres east and south of it."""
    east_m, north_m = _metres_per_degree(point)
    square = {"lng": point.lng, "lat": point.lat, "east_m": east_m, "north_m": north_m, "half_m": half_m}
    rows = await db.fetch(sql(_ROADS, **square, most=_ROADS_MOST))
    return [NearbyRoad(row["name"], row["path"]) for row in rows if row["path"]]


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
