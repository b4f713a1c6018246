"""Where a record is: by its clues within the area of its source, or by what a person says."""

import msgspec

from backend.geo.lonlat import LonLat
from backend.intake.locating.service import NEAREST_PLACE_M, locate
from backend.intake.locating.structs import NotLocated, PlaceHit
from backend.intake.runtime import current_runtime
from backend.intake.sources.structs import Source
from backend.intake.structs import Clues
from backend.orders.assignment.structs import OrderSite
from backend.places import queries as places
from backend.places.errors import PlaceNotFound
from backend.places.structs import PlaceRead


class RecordSite(msgspec.Struct, frozen=True, kw_only=True):
    """`certainty`: exact (a door or place), near (a position, or beside a door)."""

    site: OrderSite
    certainty: str


class NotPlaced(Exception):
    """`reason`: a code of why nobody knows where it is; `nearest`: what a person may choose from."""

    def __init__(self, reason: str, nearest: tuple[PlaceHit, ...] = ()) -> None:
        super().__init__(reason)
        self.reason, self.nearest = reason, nearest


async def place(clues: Clues, source: Source) -> RecordSite:
    """The site, by the first clue that is given and leads somewhere. Raises NotPlaced."""
    payload = current_runtime().payload
    try:
        found = await locate(clues, area_code=source.area_code, datum=source.datum, payload=payload)
    except NotLocated as unknown:
        reason = unknown.rejected[0].problem.value if unknown.rejected else "no-place"
        raise NotPlaced(reason, unknown.nearest) from unknown
    site = OrderSite(
        lng=found.point.lng,
        lat=found.point.lat,
        area_code=found.area_code,
        grid_code=found.grid_code or "",
        place_id=found.place_id,
        label=found.label,
    )
    return RecordSite(site=site, certainty=found.certainty.value)


async def list_nearest(clues: Clues, source: Source) -> tuple[PlaceHit, ...]:
    """The places that it may be, the likeliest first; none where its clues lead to one."""
    try:
        await place(clues, source)
    except NotPlaced as unknown:
        return unknown.nearest
    return ()


async def by_place(place_id: int) -> RecordSite:
    """The site of a place of ours. Raises NotPlaced."""
    try:
        found = await places.get_place(place_id)
    except PlaceNotFound as error:
        raise NotPlaced("place-unknown") from error
    return RecordSite(site=_site_of(found), certainty="exact")


async def by_point(here: LonLat) -> RecordSite:
    """The site of a position, WGS-84, with the door beside it. Raises NotPlaced."""
    around = await places.look_around(here, NEAREST_PLACE_M)
    if around.area_code is None:
        raise NotPlaced("outside")
    near = around.nearest
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
