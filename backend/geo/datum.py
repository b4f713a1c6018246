"""WGS-84 to and from the shifted datums of Chinese maps: GCJ-02 (Amap, Tencent, most phones' SDKs) and BD-09 (Baidu).

The shift holds on the Chinese mainland only. Everywhere else (Hong Kong, Macao, Taiwan, abroad) the three datums are
taken as one, which is what the map services do. Both ways are total: a mainland point comes back to itself within a
tenth of a millimetre. The published shift ends in a step of some 500 m at the border, so in the strip just outside it a
shifted position has two originals; the mainland one is returned.

`mainland.geojson` is no map and says nothing of borders. It is derived from Natural Earth 1:10m (public domain, version
5): the mainland grown by about 4 km on land and 30 km over the sea, simplified to about 5 km, to some 200 m around Hong
Kong and Macao and 2 km around Kinmen and Matsu, which are cut out.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from enum import StrEnum
from itertools import pairwise
from math import atan2, cos, floor, hypot, pi, sin, sqrt
from pathlib import Path

from backend.geo.lonlat import LonLat

# Krassovsky 1940, on which the shift is defined.
_AXIS_M = 6378245.0
_ECCENTRICITY_SQUARED = 0.00669342162296594323
_BD_PI = pi * 3000.0 / 180.0
_BD_LNG, _BD_LAT = 0.0065, 0.006
_SETTLED_DEGREES = 1e-11
_MOST_ROUNDS = 30


class Datum(StrEnum):
    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


_Edge = tuple[float, float, float, float]


def _edges() -> Iterator[_Edge]:
    """The edges of all rings, outer and inner, as x1, y1, x2, y2."""
    mainland = json.loads(Path(__file__).with_name("mainland.geojson").read_text())
    for polygon in mainland["coordinates"]:
        for ring in polygon:
            for (x1, y1), (x2, y2) in pairwise(ring):
                yield x1, y1, x2, y2


def _by_degree(edges: list[_Edge]) -> dict[int, list[_Edge]]:
    """The edges that each whole degree of latitude meets: a point is compared with those of its own degree alone."""
    found: dict[int, list[_Edge]] = defaultdict(list)
    for edge in edges:
        for degree in range(floor(min(edge[1], edge[3])), floor(max(edge[1], edge[3])) + 1):
            found[degree].append(edge)
    return dict(found)


_EDGES = list(_edges())
_BY_DEGREE = _by_degree(_EDGES)
_WEST, _EAST = min(edge[0] for edge in _EDGES), max(edge[0] for edge in _EDGES)
_SOUTH, _NORTH = min(edge[1] for edge in _EDGES), max(edge[1] for edge in _EDGES)
_MARGIN = 0.05


def is_on_mainland(lng: float, lat: float) -> bool:
    """Whether maps shift this WGS-84 position: whether a ray to the east leaves the outline an odd number of times."""
    if not (_SOUTH <= lat <= _NORTH and _WEST <= lng <= _EAST):
        return False
    is_inside = False
    for x1, y1, x2, y2 in _BY_DEGREE.get(floor(lat), ()):
        if (y1 > lat) != (y2 > lat) and lng < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            is_inside = not is_inside
    return is_inside


def from_wgs84(lng: float, lat: float, datum: Datum) -> LonLat:
    """Shift a WGS-84 position to what a map in `datum` shows."""
    if datum is Datum.WGS84 or not is_on_mainland(lng, lat):
        return LonLat(lng, lat)
    return LonLat(*_SHIFTS[datum](lng, lat))


def to_wgs84(lng: float, lat: float, datum: Datum) -> LonLat:
    """Take the shift of `datum` off again, exactly."""
    if datum is Datum.WGS84 or not _may_be_shifted(lng, lat):
        return LonLat(lng, lat)
    original = _undo(_SHIFTS[datum], lng, lat)
    return LonLat(*original) if is_on_mainland(*original) else LonLat(lng, lat)


def _may_be_shifted(lng: float, lat: float) -> bool:
    # Far from the mainland the formula need not converge, and its answer would be thrown away.
    return _WEST - _MARGIN < lng < _EAST + _MARGIN and _SOUTH - _MARGIN < lat < _NORTH + _MARGIN


def _undo(shift: Callable[[float, float], tuple[float, float]], lng: float, lat: float) -> tuple[float, float]:
    """Fixed point of p = target - (shift(p) - p). The shift changes slowly, so each round wins two digits."""
    here_lng, here_lat = lng, lat
    for _ in range(_MOST_ROUNDS):
        shifted_lng, shifted_lat = shift(here_lng, here_lat)
        off_lng, off_lat = shifted_lng - lng, shifted_lat - lat
        here_lng, here_lat = here_lng - off_lng, here_lat - off_lat
        if abs(off_lng) < _SETTLED_DEGREES and abs(off_lat) < _SETTLED_DEGREES:
            break
    return here_lng, here_lat


def _to_gcj02(lng: float, lat: float) -> tuple[float, float]:
    x, y = lng - 105.0, lat - 35.0
    ripple = (20.0 * sin(6.0 * x * pi) + 20.0 * sin(2.0 * x * pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + ripple
    north += (20.0 * sin(y * pi) + 40.0 * sin(y / 3.0 * pi)) * 2.0 / 3.0
    north += (160.0 * sin(y / 12.0 * pi) + 320.0 * sin(y / 30.0 * pi)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + ripple
    east += (20.0 * sin(x * pi) + 40.0 * sin(x / 3.0 * pi)) * 2.0 / 3.0
    east += (150.0 * sin(x / 12.0 * pi) + 300.0 * sin(x / 30.0 * pi)) * 2.0 / 3.0
    radians = lat / 180.0 * pi
    curve = 1.0 - _ECCENTRICITY_SQUARED * sin(radians) ** 2
    north_degrees = north * 180.0 / (_AXIS_M * (1.0 - _ECCENTRICITY_SQUARED) / (curve * sqrt(curve)) * pi)
    east_degrees = east * 180.0 / (_AXIS_M / sqrt(curve) * cos(radians) * pi)
    return lng + east_degrees, lat + north_degrees


def _to_bd09(lng: float, lat: float) -> tuple[float, float]:
    x, y = _to_gcj02(lng, lat)
    radius = hypot(x, y) + 0.00002 * sin(y * _BD_PI)
    angle = atan2(y, x) + 0.000003 * cos(x * _BD_PI)
    return radius * cos(angle) + _BD_LNG, radius * sin(angle) + _BD_LAT


_SHIFTS = {Datum.GCJ02: _to_gcj02, Datum.BD09: _to_bd09}
