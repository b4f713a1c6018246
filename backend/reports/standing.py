"""Where a reporter stands by position: whether it is exact enough to say anything, and to name a door (rules.py)."""

from backend.geo.points import Fix
from backend.places import queries as places
from backend.reports import rules
from backend.reports.errors import PlaceUncertain

_NEAR_MOST_M = 500.0
_NEAR_MOST = 6


async def require_spot(fix: Fix) -> None:
    """Raises PlaceUncertain, with what lies around to choose from."""
    if rules.names_spot(fix):
        return
    accuracy_m = rules.error_m(fix)
    found = await places.list_near(fix.wgs84(), min(accuracy_m, _NEAR_MOST_M), limit=_NEAR_MOST)
    near = [
        {"place_id": place.id, "label": place.label, "lng": place.loc.lng, "lat": place.loc.lat}
        for place in found.items
    ]
    raise PlaceUncertain(accuracy_m=accuracy_m, limit_m=rules.SPOT_ACCURACY_M, near=near)
