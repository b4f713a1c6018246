"""What proves that somebody is there, of whoever has an order and of whoever helps: the place's code, or a position."""

from backend.geo.points import Fix
from backend.orders.arrivals.errors import FixTooVague, TooFarAway, WrongCode
from backend.orders.model import rules
from qr import queries as qr
from qr.codes import Code


async def require_code(code: Code, place_id: int | None) -> None:
    """Raises WrongCode for a code that hangs anywhere else, and the errors of codes."""
    resolved = await qr.resolve(code)
    if resolved.place is None or resolved.place.id != place_id:
        raise WrongCode


def why_not_near(fix: Fix, distance_m: float, radius_m: float) -> FixTooVague | TooFarAway | None:
    """What is wrong with a position, so many metres from the place; None where it is near enough."""
    if rules.is_on_site(distance_m, fix.accuracy_m, radius_m):
        return None
    accuracy_m = fix.accuracy_m or 0.0
    if accuracy_m > rules.MAX_ACCURACY_M:
        limit_m = rules.MAX_ACCURACY_M
        return FixTooVague(accuracy_m=accuracy_m, limit_m=limit_m, distance_m=distance_m, radius_m=radius_m)
    return TooFarAway(distance_m=distance_m, accuracy_m=accuracy_m, radius_m=radius_m)
