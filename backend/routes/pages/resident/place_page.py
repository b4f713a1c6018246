"""A place as everybody may see it: what it is called, in whose area it lies, on the map, and the way to report there.

No code, no order, no person: what public pages say of orders they say behind the place's own code. What is public of
places is on their plates and in the ground's tiles already.
"""

from typing import Any

from litestar import Response, get

from backend.geo.area_codes import COMMITTEE_CHARS, TOWN_CHARS
from backend.maps.tile_matrix import Bounds
from backend.places import queries as places
from backend.places import vicinity
from backend.places.structs import PlaceRead
from backend.routes.actions import live_maps
from backend.routes.actions.area_names import names_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.limits import address_of
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.web.views.live_map import MapMark
from backend.web.views.page import PageContext

HALF_M = 170.0
_ROADS_NAMED, _PLACES_NAMED = 3, 4


@get("/places/{place_id:int}", include_in_schema=False)
async def show_place(ctx: Ctx, place_id: Id) -> Response:
    ctx.runtime.limits.candidates_by_address.take(address_of(ctx.request))
    page = await base.page_of(ctx)
    place = await places.get_place(place_id)
    facts = await _where(ctx, page, place)
    return base.html("resident/place.html", page, place=place, areas=await _areas(place), **facts)


async def _where(ctx: RequestContext, page: PageContext, place: PlaceRead) -> dict[str, Any]:
    """A drawing of what lies around, the same in words, and a map that can be moved."""
    drawn = await vicinity.look(place.loc, HALF_M)
    here = Bounds(place.loc.lng, place.loc.lat, place.loc.lng, place.loc.lat)
    mark = MapMark(place.loc.lng, place.loc.lat, "", "here", place.label)
    return {
        "drawn": drawn,
        "roads": [*drawn.road_names.values()][:_ROADS_NAMED],
        "near": [each.label for each in drawn.places if each.label and each.label != place.label][:_PLACES_NAMED],
        "live_map": await live_maps.map_within(ctx, page, place.label, here, marks=[mark], places="/places/"),
    }


async def _areas(place: PlaceRead) -> list[str]:
    """The names of town and committee, as far as the place's area says."""
    code = place.area_code
    codes = [code[:chars] for chars in (TOWN_CHARS, COMMITTEE_CHARS) if chars <= len(code)] or [code]
    names = await names_of(codes)
    return [names[each] for each in codes]
