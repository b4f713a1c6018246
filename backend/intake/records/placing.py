"""Where a record is, from its clues, within the area of its source. To be `locating.locate` once that is there."""

import msgspec

from backend.errors import AppError
from backend.geo.datum import to_wgs84
from backend.geo.lonlat import LonLat, is_on_globe
from backend.intake.runtime import current_runtime
from backend.intake.sources.structs import Source
from backend.intake.structs import Clues, PointClue
from backend.orders.assignment.structs import OrderSite
from backend.places import queries as places
from backend.places.structs import PlaceRead
from qr import queries as qr

NEAREST_PLACE_M = 50.0
DOOR_ACCURACY_M, SPOT_ACCURACY_M = 30.0, 100.0
"""Less exact than the first, a position names no door; less exact than the second, it says nothing."""


class RecordSite(msgspec.Struct, frozen=True, kw_only=True):
    """`certainty`: exact (a door or place), near (a position)."""

    site: OrderSite
    certainty: str


class NotPlaced(Exception):
    """`reason`: a code of why nobody knows where it is."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def place(clues: Clues, source: Source) -> RecordSite:
    """The site, by the first clue that is given and leads somewhere. Raises NotPlaced."""
    found = await _find(clues, source)
    if not found.site.area_code.startswith(source.area_code):
        raise NotPlaced("outside")
    return found


async def _find(clues: Clues, source: Source) -> RecordSite:
    if clues.code:
        return await _by_code(clues.code)
    if clues.place_id is not None:
        return await by_place(clues.place_id)
    if clues.point is not None:
        return await _by_point(clues.point, source)
    raise NotPlaced("address" if clues.address else "no-place")


async def _by_code(text: str) -> RecordSite:
    try:
        door = await qr.get_place(current_runtime().payload.parse(text))
    except AppError as error:
        raise NotPlaced("code") from error
    site = OrderSite(
        lng=door.point.lng,
        lat=door.point.lat,
        area_code=door.area_code,
        grid_code=door.grid_code or "",
        place_id=door.id,
        label=door.address or door.name,
    )
    return RecordSite(site=site, certainty="exact")


async def by_place(place_id: int) -> RecordSite:
    """The site of a place of ours. Raises NotPlaced."""
    try:
        found = await places.get_place(place_id)
    except AppError as error:
        raise NotPlaced("place") from error
    return RecordSite(site=_site_of(found), certainty="exact")


async def _by_point(point: PointClue, source: Source) -> RecordSite:
    if not is_on_globe(point.lng, point.lat):
        raise NotPlaced("swapped" if is_on_globe(point.lat, point.lng) else "range")
    if (point.accuracy_m or 0.0) > SPOT_ACCURACY_M:
        raise NotPlaced("inexact")
    here = to_wgs84(point.lng, point.lat, point.datum or source.datum)
    return await by_point(here, is_door_named=(point.accuracy_m or 0.0) <= DOOR_ACCURACY_M)


async def by_point(here: LonLat, *, is_door_named: bool = True) -> RecordSite:
    """The site of a position, WGS-84, with the door beside it. Raises NotPlaced."""
    around = await places.look_around(here, NEAREST_PLACE_M)
    if around.area_code is None:
        raise NotPlaced("outside")
    near = around.nearest if is_door_named else None
    site = OrderSite(
        lng=here.lng,
        lat=here.lat,
        area_code=around.area_code,
        grid_code=around.grid_code or "",
        place_id=near.id if near else None,
        label=near.label if near else "",
    )
    return RecordSite(site=site, certainty="near")


def _site_of(found: PlaceRead) -> OrderSite:
    return OrderSite(
        lng=found.loc.lng,
        lat=found.loc.lat,
        area_code=found.area_code,
        grid_code=found.grid_code or "",
        place_id=found.id,
        label=found.label,
    )
