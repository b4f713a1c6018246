"""Whether somebody was at the target: by the plate's code, else by the position, graded as arrivals at orders are.

Nothing is refused for being far away: what was seen counts, and whoever reads it sees how far it is shown.
"""

from datetime import datetime

import msgspec

from backend.campaigns import rules
from backend.campaigns.records.structs import NewCampaignRecord, Presence
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.orders.arrivals import grades
from backend.orders.arrivals.errors import WrongCode
from backend.orders.arrivals.grades import ArrivalProof, Method, Timing
from backend.orders.model import rules as arrivals
from qr import queries as qr
from qr import runtime as code_runtime


class ShownPresence(msgspec.Struct, frozen=True, kw_only=True):
    """`distance_m`: from the target to the position that was sent."""

    presence: Presence
    distance_m: float | None
    doubts: list[str]


async def show(said: NewCampaignRecord, target: LonLat, place_id: int | None, timing: Timing) -> ShownPresence:
    """Raises WrongCode where the code of another place was scanned, and what qr raises for one that is none."""
    distance_m = metres_between(said.point.wgs84(), target) if said.point else None
    if said.code is not None:
        resolved = await qr.resolve(said.code)
        if resolved.place is None or resolved.place.id != place_id:
            raise WrongCode
    elif said.point is None:
        doubts = [timing.doubt.value] if timing.doubt else []
        return ShownPresence(presence=Presence.NONE, distance_m=None, doubts=doubts)
    method = Method.CODE if said.code is not None else Method.GPS
    is_fresh = method is Method.CODE and code_runtime.is_fresh(said.code, said.nonce, timing.at)
    proof = ArrivalProof(method=method, timing=timing, fix=said.point, distance_m=distance_m, is_fresh=is_fresh)
    doubts = grades.list_doubts(proof)
    presence = Presence(grades.grade_of(method, doubts).value)
    if method is Method.GPS and not _is_there(said, distance_m):
        presence = Presence.AWAY
    return ShownPresence(presence=presence, distance_m=distance_m, doubts=[doubt.value for doubt in doubts])


def _is_there(said: NewCampaignRecord, distance_m: float | None) -> bool:
    assert said.point is not None and distance_m is not None
    return arrivals.is_on_site(distance_m, said.point.accuracy_m, rules.RADIUS_M)


def timing_of(said: NewCampaignRecord, since: datetime, now: datetime) -> Timing:
    """When it was filled in, as we believe it. Raises CapturedTooEarly, CapturedTooLongAgo."""
    return grades.timing_of(said.captured_at, since, now)
