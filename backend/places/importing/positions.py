"""Where a row says it is, in its own datum and in WGS-84. Doubtful ones are refused, never put right in silence."""

import re
from typing import Any

import msgspec
import shapely
from shapely.geometry import shape

from backend.geo.datum import Datum, is_on_mainland, to_wgs84
from backend.geo.lonlat import LonLat, is_on_globe
from backend.places.importing.reasons import Note, Reason, RowRefused

# What float() would also take (nan, 1_0, full-width digits) is a mistake in a coordinate.
_NUMBER = re.compile(r"[+-]?\d+(\.\d*)?$", re.ASCII)


class Position(msgspec.Struct, frozen=True):
    raw: tuple[float, float]
    datum: Datum
    loc: LonLat
    notes: tuple[Note, ...] = ()


def from_text(lng: str, lat: str, datum: Datum) -> Position:
    """Read a pair of decimal degrees. Raises RowRefused."""
    for value in (lng, lat):
        if not _NUMBER.match(value):
            raise RowRefused(Reason.BAD_NUMBER, value)
    return _position(float(lng), float(lat), datum)


def from_geometry(geometry: Any, datum: Datum) -> Position:
    """Take a GeoJSON point, or a point on a line or polygon. Raises RowRefused."""
    outline, notes = read_geometry(geometry)
    if not isinstance(outline, shapely.Point):
        outline = shapely.point_on_surface(outline)
        notes = (*notes, Note.POINT_ON_SURFACE)
    return msgspec.structs.replace(_position(outline.x, outline.y, datum), notes=notes)


def read_geometry(geometry: Any) -> tuple[shapely.Geometry, tuple[Note, ...]]:
    """A flat, valid shape from GeoJSON. Raises RowRefused."""
    if geometry is None:
        raise RowRefused(Reason.MISSING_VALUE, "geometry")
    try:
        outline = shapely.force_2d(shape(geometry))
    except Exception as error:  # shapely raises whatever the malformed nesting leads it to
        raise RowRefused(Reason.BAD_GEOMETRY, str(error)[:200]) from error
    if outline.is_empty:
        raise RowRefused(Reason.BAD_GEOMETRY, "empty")
    west, south, east, north = shapely.bounds(outline).tolist()
    if not (is_on_globe(west, south) and is_on_globe(east, north)):
        _refuse_off_globe(west, south)
    if outline.is_valid:
        return outline, ()
    return shapely.make_valid(outline), (Note.MADE_VALID,)


def _position(lng: float, lat: float, datum: Datum) -> Position:
    if not is_on_globe(lng, lat):
        _refuse_off_globe(lng, lat)
    if lng == 0 and lat == 0:
        raise RowRefused(Reason.ZERO_POSITION)
    if not is_on_mainland(lng, lat) and is_on_mainland(lat, lng):
        raise RowRefused(Reason.SWAPPED, f"{lng}, {lat}")
    return Position((lng, lat), datum, to_wgs84(lng, lat, datum))


def _refuse_off_globe(lng: float, lat: float) -> None:
    swapped = is_on_globe(lat, lng)
    raise RowRefused(Reason.SWAPPED if swapped else Reason.OFF_GLOBE, f"{lng}, {lat}")
