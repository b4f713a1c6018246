"""The overview as a page: a committee's, a town's or a district's figures, each a link to the list that it counts."""

from functools import partial

from litestar import Response, get

from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.committees.overview import queries
from backend.geo.area_codes import COMMITTEE_CHARS, TOWN_CHARS, is_area
from backend.routes.actions.figure_links import list_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.pages import base
from backend.web.views.figures import shown

_ABOVE = {COMMITTEE_CHARS: TOWN_CHARS, TOWN_CHARS: 6}


@get("/overview", guards=[requires(Permission.READ_OVERVIEW)], include_in_schema=False)
async def show_overview(ctx: Ctx) -> Response:
    area = area_in(ctx.request.query_params.get("area"))
    overview = await queries.view_overview(area, ctx.actor, ctx.now)
    page = await base.page_of(ctx)
    return base.html(
        "committees/overview.html",
        page,
        overview=overview,
        above=_above(ctx.actor, overview.area_code),
        figures=lambda vitals: shown(page, vitals, partial(list_of, reader=ctx.actor)),
    )


def area_in(area: str | None) -> str | None:
    """The area of an address, as far as it is the code of one."""
    return area if area and is_area(area) else None


def _above(actor: Actor, area_code: str) -> str | None:
    """The area around this one, where the reader sees it."""
    above = area_code[: _ABOVE.get(len(area_code), 0)]
    return above if above and may_within(actor, Permission.READ_OVERVIEW, above) else None
