"""Where an order is, on its page: the way there, a drawing of what lies around, and the same in words."""

from dataclasses import dataclass

from backend.geo.area_codes import COMMITTEE_CHARS
from backend.geo.lonlat import LonLat
from backend.orders.reads.views import OrderDetail
from backend.places import vicinity
from backend.places.vicinity import Vicinity
from backend.routes.actions.area_names import names_of
from backend.routes.http.request_context import RequestContext
from backend.routes.pages.staff.order_live_map import live_map_of
from backend.web.views import order_map
from backend.web.views.grid_names import grid_name
from backend.web.views.live_map import LiveMap
from backend.web.views.order_map import OrderMap
from backend.web.views.page import PageContext
from backend.web.views.way_links import WayLink, links_of


@dataclass(frozen=True, slots=True)
class Whereabouts:
    ways: list[WayLink]
    """Empty for whoever is told the position only roughly."""
    map: OrderMap
    live_map: LiveMap
    area: str
    """Committee and grid cell as people speak of them."""


async def whereabouts_of(ctx: RequestContext, order: OrderDetail, name: str, page: PageContext) -> Whereabouts:
    """As exact as the reader is told the order's position."""
    drawn = await vicinity.look(
        LonLat(order.point.lng, order.point.lat),
        order_map.HALF_M,
        places_most=order_map.PLACES_MOST,
        roads_most=order_map.ROADS_MOST,
    )
    ways = [] if order_map.is_rough(order) else links_of(order.point, name)
    live_map = await live_map_of(ctx, order, page)
    return Whereabouts(ways, order_map.map_of(drawn, order, page), live_map, await _area_of(order, page, drawn))


async def _area_of(order: OrderDetail, page: PageContext, drawn: Vicinity) -> str:
    """Asked for where it does not lie around, such as a town without committees."""
    code = order.grid_code or order.area_code
    area = code[:COMMITTEE_CHARS]
    around = {border.code: border.name for border in drawn.borders}
    return grid_name(page, code, around if area in around else await names_of([area]))
