"""大屏: an area on one screen, live. Every figure has its definition, its n and its orders behind it.

What it shows is what the overview and the desk count, so no number of the wall is counted twice in two ways; days are
those of the indicators. docs/board.md.
"""

from functools import partial
from typing import Any

from litestar import Response, get

from backend.accounts.permissions import Permission, may_within
from backend.committees.overview import queries as overviews
from backend.committees.overview.structs import Overview
from backend.indicators import queries as indicators
from backend.indicators.structs import Grain
from backend.orders.desk import DeskFilter, list_cells, list_most_urgent, reading
from backend.places import outlines
from backend.routes.actions import live_maps
from backend.routes.actions.desk_filters import write_filter
from backend.routes.actions.figure_links import list_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.committees.overview import area_in
from backend.web.views import day_chart, grid_map
from backend.web.views.desk import line_of
from backend.web.views.figures import shown
from backend.web.views.live_map import LiveMap
from backend.web.views.page import PageContext

_URGENT_MOST, _ITEMS_MOST, _AREAS_MOST = 6, 8, 12
_CELLS_MAX = 600
_MAP_SCALE = 1.35
_MAP_REFRESH_S = 30
_KPIS = ("open", "overdue", "new", "closed", "on_time", "p50")
_REPORTED, _CLOSED = "reports", "closed_orders"


@get("/board", guards=[requires(Permission.READ_OVERVIEW)], include_in_schema=False)
async def show_wall(ctx: Ctx) -> Response:
    page = await base.page_of(ctx)
    area = area_in(ctx.request.query_params.get("area"))
    async with reading():
        overview = await overviews.view_overview(area, ctx.actor, ctx.now)
        facts = await _facts(ctx, page, overview)
    return base.html("board/wall.html", page, **facts)


async def _facts(ctx: RequestContext, page: PageContext, overview: Overview) -> dict[str, Any]:
    within = DeskFilter(area=overview.area_code)
    path_of = partial(list_of, reader=ctx.actor)
    urgent = await list_most_urgent(ctx.actor, within, ctx.now, _URGENT_MOST)
    return {
        "overview": overview,
        "kpis": _KPIS,
        "total": shown(page, overview.total, path_of),
        "areas": [(each, shown(page, each.figures, path_of)) for each in overview.areas[:_AREAS_MOST]],
        "items": [(each, shown(page, each.figures, path_of)) for each in overview.items[:_ITEMS_MOST]],
        "urgent": [line_of(each, page) for each in urgent],
        "days": await _days(ctx, page, within),
        "link": lambda **changes: write_filter(within, **changes),
        "reads_desk": may_within(ctx.actor, Permission.READ_DESK, overview.area_code),
        "live_map": await _live_map(ctx, page, within),
        **await _drawing(ctx, within),
    }


async def _days(ctx: RequestContext, page: PageContext, within: DeskFilter) -> day_chart.DayChart:
    period = day_chart.fortnight_to(ctx.now)
    figures = await indicators.read_figures([_REPORTED, _CLOSED], [within.area], period, Grain.DAY)
    counted = {(each.code, each.subject): int(each.numerator) for each in figures}
    rows = [
        day_chart.DayCount(
            day,
            counted.get((_REPORTED, day.isoformat()), 0),
            counted.get((_CLOSED, day.isoformat()), 0),
            write_filter(within, since=day, until=day),
            write_filter(within, closed_since=day, closed_until=day),
        )
        for day in period.list_days()
    ]
    return day_chart.chart_of(rows)


async def _live_map(ctx: RequestContext, page: PageContext, within: DeskFilter) -> LiveMap:
    orders = f"{live_maps.DESK_ORDERS}?{write_filter(within)}"
    return await live_maps.map_of_areas(
        ctx,
        page,
        page.t("wall.map"),
        [within.area],
        orders=orders,
        opens=True,
        refresh_s=_MAP_REFRESH_S,
        scale=_MAP_SCALE,
        high="min(62vh, 52rem)",
    )


async def _drawing(ctx: RequestContext, within: DeskFilter) -> dict[str, Any]:
    """The drawing in whose place the map stands where it can be shown."""
    counted = [each for each in await list_cells(ctx.actor, within, ctx.now, most=_CELLS_MAX) if each.code]
    drawing = await outlines.draw([each.code for each in counted if len(each.code) == 15], [within.area])
    return {"drawn": grid_map.map_of(drawing, counted), "steps": grid_map.steps()}
