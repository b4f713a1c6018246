"""抢单大厅: open offers, nearest first, and one tap to take one. Positions travel in bodies alone and are not kept.

Without a position the way counts from the middle of the area in which the reader is on call, so that the page does the
same without scripts.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from litestar import Response, get, post
from litestar.params import FromPath

from backend.errors import AppError
from backend.geo.lonlat import LonLat
from backend.items import queries as dictionary
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import context_of_form, read_form, typed_point, word
from backend.routes.pages.volunteer import on_call
from backend.routes.pages.volunteer.on_call import GRABBERS, ON_CALL_DONE, Stand
from backend.web.views.offers import card_of, page_of_take
from backend.web.views.page import PageContext
from grab_orders.offers import grabbing, reads
from grab_orders.offers.errors import NotGrabbed
from grab_orders.offers.reads import OfferFilter
from grab_orders.offers.structs import Grab, OfferView

DISTANCES_M = (0, 500, 1000, 3000)
"""To choose from; 0: any."""
_GRAB = "grab"


class HallFilter(NamedTuple):
    """What the reader wants to see: within so many metres (0: any), and about one sub-item (empty: any)."""

    within: int = 0
    item: str = ""


@get("/hall", guards=GRABBERS, include_in_schema=False)
async def show_hall(ctx: Ctx) -> Response:
    return await _hall(ctx, _filter_in(ctx.request.query_params))


@post("/hall", guards=GRABBERS, include_in_schema=False, status_code=200)
async def show_around(ctx: Ctx) -> Response:
    """The same from where the phone is."""
    form = await read_form(ctx)
    return await _hall(ctx, _filter_in(form), typed_point(word(form, "lng", 20), word(form, "lat", 20)))


@post("/hall/{offer_id:int}/grab", guards=GRABBERS, include_in_schema=False)
async def grab(ctx: Ctx, offer_id: FromPath[int]) -> Response:
    """Without scripts: to the work for whoever was in time, for all others the hall with what happened."""
    form = await read_form(ctx)
    try:
        take = await grabbing.grab(offer_id, Grab(), context_of_form(ctx, form))
    except AppError as error:
        return await _hall(ctx, _filter_in(form), error=error)
    return base.see_other(f"{page_of_take(take)}?done={_GRAB}")


def _filter_in(said: Mapping[str, Any]) -> HallFilter:
    within, item = word(said, "within", 5), word(said, "item", 8)
    is_known = within.isascii() and within.isdecimal() and int(within) in DISTANCES_M
    return HallFilter(int(within) if is_known else 0, item if item.isalnum() else "")


async def _hall(
    ctx: RequestContext, hall_filter: HallFilter, point: LonLat | None = None, error: AppError | None = None
) -> Response:
    page, done = await base.page_of(ctx), ctx.request.query_params.get("done", "")
    stand = await on_call.find_stand(ctx.actor, page.now)
    origin = point or (stand.middle if stand else None)
    narrowed = OfferFilter(near=origin, within_m=hall_filter.within or None, item=hall_filter.item)
    found = await reads.list_offers(ctx.actor, narrowed, page.now)
    grabbable = [item for item in await dictionary.list_items() if item.dispatch_mode == _GRAB]
    return base.html(
        "volunteer/hall.html",
        page,
        status=error.status if error else 200,
        offers=[card_of(offer, page) for offer in found.items],
        nearby=[card_of(offer, page) for offer in _nearby(error)],
        hall_filter=hall_filter,
        distances=DISTANCES_M,
        items=grabbable,
        stand=stand,
        origin=_origin(page, point, stand),
        done=done if done in ON_CALL_DONE else "",
        problem=base.problem_of(page, error) if error else None,
    )


def _nearby(error: AppError | None) -> Sequence[OfferView]:
    return error.extra["nearby"] if isinstance(error, NotGrabbed) else []


def _origin(page: PageContext, point: LonLat | None, stand: Stand | None) -> str:
    """From where the way counts, in words."""
    if point is not None:
        return page.t("hall.from_you")
    if stand is None or stand.middle is None:
        return page.t("hall.from_nowhere")
    return page.t("hall.from_area", area=stand.area_name)
