"""The desk's map: open orders as a map that can be moved, in the place of an SVG by grid cell that is drawn here, with
the same numbers as a table beneath it."""

from collections.abc import Sequence
from functools import partial

from litestar import Response, get

from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.orders.desk import DeskFilter, DeskTab, desk_areas, list_cells
from backend.orders.desk.cells import DeskCell
from backend.places import outlines
from backend.places import queries as places
from backend.routes.actions import live_maps
from backend.routes.actions.cell_links import desk_cells
from backend.routes.actions.desk_filters import read_filter, words_of, write_filter
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.web.views import grid_map
from backend.web.views.active_filters import active_filters_of, names_of_areas
from backend.web.views.grid_names import grid_name
from backend.web.views.live_map import LiveMap
from backend.web.views.page import PageContext

_CELLS_MAX = 1500
"""More than these are drawn by committee: a cell would be smaller than its number."""
_CELL_CHARS = 15
_AREAS_MAX = 400
_REFRESH_S = 60
_HIGH = "min(72vh, 46rem)"


@get("/desk/map", guards=[requires(Permission.READ_DESK)], include_in_schema=False)
async def show_map(ctx: Ctx) -> Response:
    page = await base.page_of(ctx)
    desk_filter, unread = read_filter(ctx.request.query_params, without=DeskTab.ENDED)
    counted = await list_cells(ctx.actor, desk_filter, page.now, most=_CELLS_MAX)
    names = await _area_names(ctx.actor, counted)
    drawing = await _draw(counted, names)
    return _map(page, desk_filter, unread, counted, names, drawing, await _live_map(ctx, page, desk_filter))


async def _live_map(ctx: RequestContext, page: PageContext, desk_filter: DeskFilter) -> LiveMap:
    """The orders of the same filter, where they lie."""
    areas = [desk_filter.area] if desk_filter.area else desk_areas(ctx.actor)
    orders = f"{live_maps.DESK_ORDERS}?{write_filter(desk_filter)}"
    return await live_maps.map_of_areas(
        ctx, page, page.t("desk.map"), areas, orders=orders, opens=True, refresh_s=_REFRESH_S, high=_HIGH
    )


async def _area_names(actor: Actor, counted: Sequence[DeskCell]) -> dict[str, str]:
    """The names of the towns that have orders, and of the areas within, by code."""
    towns = sorted({each.code[:9] for each in counted if each.code})
    return {area.code: area.name for area in await places.list_names(desk_areas(actor), towns, _AREAS_MAX)}


async def _draw(counted: Sequence[DeskCell], names: dict[str, str]) -> outlines.Drawing:
    """The cells within their committees; without an order, the first area that has a name."""
    cells = _cell_codes(counted)
    committees = sorted({code[:12] for code in cells} | {each.code for each in counted if 0 < len(each.code) < 15})
    return await outlines.draw(cells, committees or list(names)[:1])


def _cell_codes(counted: Sequence[DeskCell]) -> list[str]:
    return [each.code for each in counted if len(each.code) == _CELL_CHARS]


def _map(
    page: PageContext,
    desk_filter: DeskFilter,
    unread: list[str],
    counted: Sequence[DeskCell],
    names: dict[str, str],
    drawing: outlines.Drawing,
    live_map: LiveMap,
) -> Response:
    called = partial(grid_name, page, names=names)
    return base.html(
        "desk/map.html",
        page,
        desk_filter=desk_filter,
        unread=unread,
        active_filters=active_filters_of(
            page, desk_filter, words_of(desk_filter), names_of_areas(page, desk_filter, names)
        ),
        link=lambda **changes: write_filter(desk_filter, **changes),
        live_map=live_map,
        drawn=grid_map.map_of(drawing, counted),
        counted=counted,
        called=called,
        **desk_cells(page, desk_filter, called),
        steps=grid_map.steps(),
        by_cell=bool(_cell_codes(counted)) or not counted,
    )
