"""Where handlers were when they arrived, for the map of an order's page.

For staff of the order alone, and only as long as the raw fix of the arrival is there: whereabouts are shown no longer
than they may be asked for (retention.py), though the step itself keeps its position.
"""

from datetime import datetime

from backend import db
from backend.geo.lonlat import LonLat
from backend.orders.arrivals.grades import ArrivalGrade
from backend.structs import Read

_MOST = 9
_POINTS = f"""
    SELECT ST_X(s.point::geometry) AS lng, ST_Y(s.point::geometry) AS lat, c.grade, c.fixed_at AS at
    FROM check_in c JOIN order_step s ON s.id = c.step_id AND s.order_id = c.order_id
    WHERE c.order_id = $1 AND c.fixed_at IS NOT NULL AND c.grade IS NOT NULL AND s.point IS NOT NULL
    ORDER BY c.id DESC LIMIT {_MOST}
"""


class ArrivalPoint(Read, frozen=True):
    """WGS-84. `at`: when the phone measured it."""

    point: LonLat
    grade: ArrivalGrade
    at: datetime


async def list_arrival_points(order_id: int) -> list[ArrivalPoint]:
    """The latest first. It asks nobody who may read them."""
    rows = await db.fetch(_POINTS, order_id)
    return [ArrivalPoint(LonLat(row["lng"], row["lat"]), ArrivalGrade(row["grade"]), row["at"]) for row in rows]
