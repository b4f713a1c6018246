"""The map of an order's page that can be moved: the order, where its handlers arrived, and for staff what else is open.

As exact as the reader is told the order's position. Arrivals and other orders are for staff of this order.
"""

from collections.abc import Sequence

from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.maps.ground import Ground
from backend.maps.tile_matrix import Bounds
from backend.orders.arrivals.grades import ArrivalGrade
from backend.orders.arrivals.points import ArrivalPoint, list_arrival_points
from backend.orders.reads.views import OrderDetail
from backend.places import vicinity
from backend.routes.actions import live_maps
from backend.routes.http.request_context import RequestContext
from backend.web.views import live_map, order_map
from backend.web.views.live_map import LiveMap, MapMark
from backend.web.views.page import PageContext
from media.structs import Audience

_FAR_M = 1500.0
"""What lies farther off is found by moving the map: showing it at once would make the rest too small."""
_DOUBTED = (ArrivalGrade.WEAK, ArrivalGrade.APPEALED)


async def live_map_of(ctx: RequestContext, order: OrderDetail, page: PageContext) -> LiveMap:
    is_staff = order.audience is Audience.STAFF
    here = LonLat(order.point.lng, order.point.lat)
    arrivals = await list_arrival_points(order.id) if is_staff and any(step.arrival for step in order.steps) else []
    marks = [_arrival(each, page) for each in reversed(arrivals)]
    if not order_map.is_rough(order):
        marks.append(MapMark(here.lng, here.lat, "", "here", page.t("where.order")))
    ground = Ground("", _around(here, [each.point for each in arrivals]))  # most readers never come to the map
    return live_map.map_of(
        page,
        ground,
        page.t("where.drawn"),
        service=live_maps.service_of(ctx),
        marks=marks,
        orders=live_maps.STAFF_ORDERS if is_staff else "",
        opens=is_staff,
        waits=True,
        is_brief=True,
    )


def _arrival(arrival: ArrivalPoint, page: PageContext) -> MapMark:
    tone = "warn" if arrival.grade in _DOUBTED else "good"
    label = page.t("where.arrived", at=page.moment(arrival.at), grade=page.t(f"arrival.grade.{arrival.grade}"))
    return MapMark(arrival.point.lng, arrival.point.lat, page.t("where.arrived_sign"), tone, label)


def _around(here: LonLat, others: Sequence[LonLat]) -> Bounds:
    """The order's surroundings, and the arrivals that are not far away."""
    west_north = vicinity.moved(here, -order_map.HALF_M, -order_map.HALF_HIGH_M)
    east_south = vicinity.moved(here, order_map.HALF_M, order_map.HALF_HIGH_M)
    points = [west_north, east_south, *(each for each in others if metres_between(here, each) <= _FAR_M)]
    lngs, lats = [each.lng for each in points], [each.lat for each in points]
    return Bounds(min(lngs), min(lats), max(lngs), max(lats))
