"""What an arrival is held against: since when the order waits for it, and where the same account was lately."""

from datetime import datetime

from backend import db
from backend.geo.points import LonLat
from backend.orders.arrivals.grades import TimedFix
from backend.orders.model.states import State

_LATELY = 20
"""So many fixes back: enough for a day of orders that come in late and out of order."""
_ACCEPTED = f"""
    SELECT coalesce(max(s.at), o.accepted_at, o.opened_at) FROM work_order o
    LEFT JOIN order_step s ON s.order_id = o.id AND s.to_state = '{State.ACCEPTED}'
        AND s.from_state <> '{State.ACCEPTED}'
    WHERE o.id = $1 GROUP BY o.id
"""
# A report that was kept offline was seen when it was captured; a phone whose clock runs ahead is believed no further.
_SIGHTINGS = """
    SELECT ST_X(s.point::geometry) AS lng, ST_Y(s.point::geometry) AS lat, s.accuracy_m,
           coalesce(c.fixed_at, least(s.captured_at, s.at)) AS at
    FROM order_step s LEFT JOIN check_in c ON c.step_id = s.id
    WHERE s.actor_id = $1 AND s.point IS NOT NULL ORDER BY s.id DESC LIMIT $2
"""


async def get_accepted_at(order_id: int) -> datetime:
    """When the order last became the handler's: accepted, sent back or taken up again."""
    return await db.fetchval(_ACCEPTED, order_id)


async def list_sightings(account_id: int) -> list[TimedFix]:
    """The latest positions of an account, from check-ins and reports of any order."""
    rows = await db.fetch(_SIGHTINGS, account_id, _LATELY)
    return [TimedFix(LonLat(row["lng"], row["lat"]), row["accuracy_m"], row["at"]) for row in rows]
