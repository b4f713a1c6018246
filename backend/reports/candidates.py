"""Open orders that a new report may be about: the rule is that of duplicates.py, the statement of candidate_sql.py.

No person is named: a number, a state, an age, a distance, how many saw it, and a picture only where it was released.
"""

from datetime import datetime

import msgspec

from backend import db
from backend.geo.lonlat import LonLat
from backend.places.kinds import PlaceKind
from backend.reports import candidate_sql as sql
from backend.reports.candidate_sql import CandidateRow
from backend.reports.errors import PlaceMissing
from backend.reports.structs import Candidate, CaseLocation
from qr import queries as qr
from qr.codes import Code
from qr.errors import CodeUnbound

MOST = 5

# $1 longitude, $2 latitude, $3 place, $4 whether neighbours are other things, $5 now, $6 most rows, $7 what it is about
_SEEN = sql.seen(f"{sql.point('$1::float8', '$2::float8')}, $3::bigint, $4::bool, $5::timestamptz")
_ABOUT_ANY, _ABOUT_ITEM, _THIS_ONE = (
    f"WITH {_SEEN}, {sql.found(way)} SELECT {sql.listed('$6')}"
    for way in (sql.AT_A_PLACE, sql.about_item("$7::text"), sql.one_order("$7::bigint"))
)


async def spot_of(code: Code | None, point: LonLat | None) -> CaseLocation:
    """Where somebody stands: the door of the code, else the position. Raises PlaceMissing, CodeUnbound, CodeUnknown."""
    if code:
        resolved = await qr.resolve(code)
        if resolved.place is None:
            raise CodeUnbound(code=resolved.code)
        place = resolved.place
        here = LonLat(place.point.lng, place.point.lat)
        return CaseLocation(point=here, place_id=place.id, only_here=place.kind == PlaceKind.POINT, code=resolved.code)
    if point is None:
        raise PlaceMissing
    return CaseLocation(point=point)


async def list_candidates(
    spot: CaseLocation, item_code: str | None, now: datetime, *, most: int = MOST
) -> list[Candidate]:
    """The orders that a report about this item here may be about, the likeliest first.

    Without an item, about any; of the closed ones then only those of the very place.
    """
    lines = await (_list(_ABOUT_ITEM, spot, now, most, item_code) if item_code else _list(_ABOUT_ANY, spot, now, most))
    return [sql.candidate(line, now) for line in lines]


async def is_candidate(order_id: int, spot: CaseLocation, now: datetime) -> bool:
    """Whether whoever stands at this spot may mean this order."""
    return bool(await _list(_THIS_ONE, spot, now, 1, order_id))


async def _list(statement: str, spot: CaseLocation, now: datetime, most: int, *about: str | int) -> list[CandidateRow]:
    where = (spot.point.lng, spot.point.lat, spot.place_id, spot.only_here)
    return msgspec.json.decode(await db.fetchval(statement, *where, now, most, *about) or "[]", type=list[CandidateRow])
