"""Where a row says it is, in its own datum and in WGS-84. Doubtful ones are refused, never put right in silence."""

from typing import Any

import msgspec
import numpy as np
import shapely
from shapely.geometry import shape

from backend.geo.datum import Datum, is_on_mainland, to_wgs84
from backend.geo.lonlat import LonLat, is_on_globe
from backend.places.importing import degrees
from backend.places.importing.reasons import RowNote, RowReason, RowRefused

_NO_DEGREES = 1_000
"""Numbers as large as this are metres of a projection, not degrees with a slip."""
MAX_CORNERS = 10_000
MAX_SIDE_DEGREES = 0.2
"""About 20 km: what is wider is an area and no place."""


class Position(msgspec.Struct, frozen=True):
    """`raw` is the pair as the source gave it; `loc` and `outline` are WGS-84."""

    raw: tuple[float, float]
    datum: Datum
    loc: LonLat
    notes: tuple[RowNote, ...] = ()
    outline: shapely.MultiPolygon | None = None


def from_text(lng: str, lat: str, datum: Datum) -> Position:
    """Read a pair of degrees, decimal or with minutes and seconds. Raises RowRefused."""
    east, north = degrees.read(lng, "EW"), degrees.read(lat, "NS")
    if east is None or north is None:
        is_swapped = degrees.read(lng, "NS") is not None and degrees.read(lat, "EW") is not None
        raise RowRefused(RowReason.SWAPPED if is_swapped else RowReason.BAD_NUMBER, lat if north is None else lng)
    return _position(east, north, datum)


def from_geometry(geometry: Any, datum: Datum) -> Position:
    """Take a GeoJSON point; or a line or polygon with a point on it, the polygon as outline. Raises RowRefused."""
    found, notes = read_geometry(geometry)
    if isinstance(found, shapely.Point):
        return msgspec.structs.replace(_position(found.x, found.y, datum), notes=notes)
    inside = shapely.point_on_surface(found)
    return msgspec.structs.replace(
        _position(inside.x, inside.y, datum),
        notes=(*notes, RowNote.POINT_ON_SURFACE),
        outline=_outline_of_place(found, datum),
    )


def faces_of(found: shapely.Geometry, datum: Datum) -> shapely.MultiPolygon | None:
    """The polygons of a shape, every corner of them in WGS-84; None where it has none."""
    parts = shapely.get_parts(shapely.get_parts(found))
    faces = [part for part in parts if isinstance(part, shapely.Polygon) and part.area > 0]
    if not faces:
        return None
    whole = shapely.MultiPolygon(faces)
    return whole if datum is Datum.WGS84 else _unshifted(whole, datum)


def read_geometry(geometry: Any) -> tuple[shapely.Geometry, tuple[RowNote, ...]]:
    """A flat, valid shape from GeoJSON. Raises RowRefused."""
    if geometry is None:
        raise RowRefused(RowReason.MISSING_VALUE, "geometry")
    try:
        outline = shapely.force_2d(shape(geometry))
    except Exception as error:  # shapely raises whatever the malformed nesting leads it to
        raise RowRefused(RowReason.BAD_GEOMETRY, str(error)[:200]) from error
    if outline.is_empty:
        raise RowRefused(RowReason.BAD_GEOMETRY, "empty")
    west, south, east, north = shapely.bounds(outline).tolist()
    if not (is_on_globe(west, south) and is_on_globe(east, north)):
        _refuse_off_globe(west, south)
    if outline.is_valid:
        return outline, ()
    return shapely.make_valid(outline), (RowNote.MADE_VALID,)


def _outline_of_place(found: shapely.Geometry, datum: Datum) -> shapely.MultiPolygon | None:
    corners = int(shapely.get_num_coordinates(found))
    west, south, east, north = shapely.bounds(found).tolist()
    if corners > MAX_CORNERS or max(east - west, north - south) > MAX_SIDE_DEGREES:
        raise RowRefused(RowReason.OUTLINE_TOO_LARGE, f"{corners}, {east - west:.3f}° x {north - south:.3f}°")
    outline = faces_of(found, datum)
    if outline is None or outline.is_valid:
        return outline
    # Where the published shift ends in a step, an outline can cross itself once it is taken off.
    return faces_of(shapely.make_valid(outline), Datum.WGS84)


def _unshifted(outline: shapely.MultiPolygon, datum: Datum) -> shapely.MultiPolygon:
    def unshift(corners: np.ndarray) -> np.ndarray:
        return np.array([(loc.lng, loc.lat) for loc in (to_wgs84(lng, lat, datum) for lng, lat in corners.tolist())])

    return shapely.transform(outline, unshift)


def _position(lng: float, lat: float, datum: Datum) -> Position:
    if not is_on_globe(lng, lat):
        _refuse_off_globe(lng, lat)
    if lng == 0 and lat == 0:
        raise RowRefused(RowReason.ZERO_POSITION)
    if not is_on_mainland(lng, lat) and is_on_mainland(lat, lng):
        raise RowRefused(RowReason.SWAPPED, f"{lng}, {lat}")
    return Position((lng, lat), datum, to_wgs84(lng, lat, datum))


def _refuse_off_globe(lng: float, lat: float) -> None:
    if max(abs(lng), abs(lat)) >= _NO_DEGREES:
        raise RowRefused(RowReason.PROJECTED, f"{lng}, {lat}")
    swapped = is_on_globe(lat, lng)
    raise RowRefused(RowReason.SWAPPED if swapped else RowReason.OFF_GLOBE, f"{lng}, {lat}")
