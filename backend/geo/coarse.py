"""A stranger's position as others may know it: to about a hundred metres, where no plate says where the thing is.

Whoever reports without a plate gives the own position, which may be the own door. Rounding always leads to the same
point, so that nobody finds the true one by asking often or from several sides.
"""

from backend.geo.lonlat import LonLat

_DECIMALS = 3
MOVED_MOST_M = 80.0
"""So far at the most rounding leads away: half the diagonal of a thousandth of a degree, at the equator."""
AT_PLATE_M = 0.5
"""A position nearer than this to a known place is that place's own, which is public."""


def coarse(point: LonLat) -> LonLat:
    return LonLat(round(point.lng, _DECIMALS), round(point.lat, _DECIMALS))


def coarse_sql(point: str) -> str:
    """The same of an SQL geography."""
    return f"ST_SnapToGrid({point}::geometry, {10**-_DECIMALS})::geography"


def is_at_plate_sql(point: str, plate: str) -> str:
    """SQL that says whether a geography is a place's own position; false where there is no place."""
    return f"coalesce(ST_DWithin({point}, {plate}, {AT_PLATE_M}), false)"
