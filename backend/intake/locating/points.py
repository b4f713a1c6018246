"""A position as its source gave it: judged before it is converted, and never moved to where it would fit. Pure."""

from backend.geo.datum import Datum, to_wgs84
from backend.geo.lonlat import LonLat, is_on_globe
from backend.intake.locating.structs import ClueProblem
from backend.intake.structs import PointClue

DOOR_ACCURACY_M, SPOT_ACCURACY_M = 30.0, 100.0
"""Less exact than the first, a position names no door; less exact than the second, it says nothing."""


def wgs84(point: PointClue, declared: Datum) -> LonLat | ClueProblem:
    """The position in WGS-84, or what is wrong with it by itself."""
    if not is_on_globe(point.lng, point.lat):
        return ClueProblem.SWAPPED if is_on_globe(point.lat, point.lng) else ClueProblem.NOT_A_POSITION
    if point.lng == 0 and point.lat == 0:
        return ClueProblem.NOT_A_POSITION
    if (point.accuracy_m or 0.0) > SPOT_ACCURACY_M:
        return ClueProblem.TOO_VAGUE
    return to_wgs84(point.lng, point.lat, point.datum or declared)


def swapped(point: PointClue, declared: Datum) -> LonLat | None:
    """The same with latitude and longitude the other way round, to ask whether that would lie in the town."""
    if not is_on_globe(point.lat, point.lng):
        return None
    return to_wgs84(point.lat, point.lng, point.datum or declared)
