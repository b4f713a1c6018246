"""地点记忆: a place's whole history on a page for staff, those of the places that it follows included."""

import re
from collections.abc import Sequence
from typing import Any, TypedDict
from urllib.parse import urlencode

from litestar import Response, get

from backend.accounts.permissions import Permission, may_within
from backend.maps.tile_matrix import Bounds
from backend.orders.reads import place_orders
from backend.orders.reads.place_orders import OrderStanding, PlaceSource
from backend.places import queries as places
from backend.places import vicinity
from backend.places.errors import PlaceNotFound
from backend.places.structs import PlaceRead
from backend.routes.actions import live_maps
from backend.routes.actions.list_thumbs import SEALED
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.web.views.live_map import MapMark
from backend.web.views.months import month_before, months_until, rows_of
from backend.web.views.page import PageContext
from media import queries as media
from qr import succession
from qr.succession import FormerPlace

HALF_M = 170.0
_MATTER = re.compile("[A-Z][0-9]{1,3}")


@get("/places/{place_id:int}/history", guards=[requires(Permission.READ_HISTORY)], include_in_schema=False)
async def show_place_history(ctx: Ctx, place_id: Id) -> Response:
    """Seven statements, however long the history."""
    page, query = await base.page_of(ctx), ctx.request.query_params
    place, former = await places.get_place(place_id), await succession.list_former(place_id)
    sources = [PlaceSource(place_id), *(PlaceSource(each.place_id, each.until) for each in former)]
    months = months_until(page.now)
    rows = rows_of(await place_orders.count_months(sources, ctx.actor, month_before(months)), months)
    narrowed = _read(query.get("item", ""), query.get("state", ""))
    orders = await place_orders.list_orders(sources, ctx.actor, **narrowed, cursor=query.get("cursor"), sealed=SEALED)
    if not rows and not orders.items and not may_within(ctx.actor, Permission.READ_HISTORY, place.area_code):
        raise PlaceNotFound
    thumbs = {order.id: media.thumb_url(order.thumb, page.now) for order in orders.items if order.thumb}
    shown = {"months": months, "rows": rows, "orders": orders, "thumbs": thumbs, "is_first": "cursor" not in query}
    return _history(page, place, former, shown | await _where(ctx, page, place), **narrowed)


async def _where(ctx: RequestContext, page: PageContext, place: PlaceRead) -> dict[str, Any]:
    """A drawing of what lies around, and a map with the open orders around that the reader may open."""
    around = Bounds(place.loc.lng, place.loc.lat, place.loc.lng, place.loc.lat)
    mark = MapMark(place.loc.lng, place.loc.lat, "", "here", place.label)
    live_map = await live_maps.map_within(
        ctx, page, place.label, around, marks=[mark], orders=live_maps.STAFF_ORDERS, opens=True
    )
    return {"drawn": await vicinity.look(place.loc, HALF_M), "live_map": live_map}


def _history(
    page: PageContext,
    place: PlaceRead,
    former: Sequence[FormerPlace],
    shown: dict[str, Any],
    *,
    matter: str,
    standing: OrderStanding,
) -> Response:
    """`shown`: the values that the template takes as they are."""
    return base.html(
        "staff/place_history.html",
        page,
        place=place,
        former=former,
        names={each.place_id: each.place for each in former},
        matter=matter,
        standing=standing,
        standings=list(OrderStanding),
        link=lambda **changes: _link(place.id, {"item": matter, "state": standing.value, **changes}),
        **shown,
    )


class _Narrowed(TypedDict):
    matter: str
    """A class or an item; empty for all."""
    standing: OrderStanding


def _read(matter: str, standing: str) -> _Narrowed:
    """What the URL asks for; what means nothing narrows nothing."""
    known = standing if standing in list(OrderStanding) else ""
    return {"matter": matter if _MATTER.fullmatch(matter) else "", "standing": OrderStanding(known)}


def _link(place_id: int, said: dict[str, str]) -> str:
    query = urlencode({word: value for word, value in said.items() if value})
    return f"/places/{place_id}/history" + (f"?{query}" if query else "")
