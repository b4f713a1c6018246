"""大屏: an area on one screen, live. Every figure has its definition, its n and its orders behind it.

What it shows is what the overview, the desk, early warnings, campaigns and emergencies say, so no number of the wall is
counted twice in two ways. docs/board.md.
"""

from functools import partial
from typing import Any

from litestar import Response, get

from backend.accounts.permissions import Permission, may_within
from backend.committees.overview import queries as overviews
from backend.committees.overview.structs import Overview
from backend.indicators.structs import IndicatorFigure
from backend.orders.desk import DeskFilter, list_most_urgent, reading
from backend.routes.actions import live_maps
from backend.routes.actions.desk_filters import write_filter
from backend.routes.actions.figure_links import list_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.board.slow_parts import CLOSED, REPORTED, SlowParts, slow_parts
from backend.routes.pages.committees.overview import area_in
from backend.web.views import day_chart, live_map
from backend.web.views.desk import line_of
from backend.web.views.figures import shown
from backend.web.views.live_map import LiveMap
from backend.web.views.page import PageContext

_URGENT_MOST, _ITEMS_MOST, _AREAS_MOST = 5, 8, 12
_MAP_SCALE = 1.35
_MAP_REFRESH_S = 30
_KPIS = ("open", "overdue", "new", "closed", "on_time", "p50")


@get("/board", guards=[requires(Permission.READ_OVERVIEW)], include_in_schema=False)
async def show_wall(ctx: Ctx) -> Response:
    page = await base.page_of(ctx)
    area = area_in(ctx.request.query_params.get("area"))
    async with reading():
        overview = await overviews.view_overview(area, ctx.actor, ctx.now, is_brief=True)
        facts = await _facts(ctx, page, overview)
    return base.html("board/wall.html", page, **facts)


async def _facts(ctx: RequestContext, page: PageContext, overview: Overview) -> dict[str, Any]:
    within = DeskFilter(area=overview.area_code)
    path_of = partial(list_of, reader=ctx.actor)
    urgent = await list_most_urgent(ctx.actor, within, ctx.now, _URGENT_MOST)
    slow = await slow_parts(ctx, overview)
    reads_desk = may_within(ctx.actor, Permission.READ_DESK, overview.area_code)
    return {
        "overview": overview,
        "kpis": _KPIS,
        "total": shown(page, overview.total, path_of),
        "areas": [(each, shown(page, each.figures, path_of)) for each in overview.areas[:_AREAS_MOST]],
        "items": [(each, shown(page, each.figures, path_of)) for each in overview.items[:_ITEMS_MOST]],
        "urgent": [line_of(each, page) for each in urgent],
        "days": _days(page, slow.days, within),
        "matters": slow.matters if reads_desk else [],
        "campaigns": slow.campaigns if reads_desk else [],
        "names": {overview.area_code: overview.name} | {each.code: each.name for each in overview.areas},
        "emergencies": [each for each in page.emergencies if _touches(each.area_code, overview.area_code)],
        "link": lambda **changes: write_filter(within, **changes),
        "reads_desk": reads_desk,
        "live_map": _live_map(ctx, page, within, slow),
    }


def _touches(one: str, other: str) -> bool:
    """Whether one of two areas lies in the other."""
    return one.startswith(other) or other.startswith(one)


def _days(page: PageContext, figures: list[IndicatorFigure], within: DeskFilter) -> day_chart.DayChart:
    counted = {(each.code, each.subject): int(each.numerator) for each in figures}
    rows = [
        day_chart.DayCount(
            day,
            counted.get((REPORTED, day.isoformat()), 0),
            counted.get((CLOSED, day.isoformat()), 0),
            write_filter(within, since=day, until=day),
            write_filter(within, closed_since=day, closed_until=day),
        )
        for day in day_chart.fortnight_to(page.now).list_days()
    ]
    return day_chart.chart_of(rows)


def _live_map(ctx: RequestContext, page: PageContext, within: DeskFilter, slow: SlowParts) -> LiveMap:
    return live_map.map_of(
        page,
        slow.ground,
        page.t("wall.map"),
        service=live_maps.service_of(ctx),
        orders=f"{live_maps.DESK_ORDERS}?{write_filter(within)}",
        drawing=f"/board/map.svg?area={within.area}",
        opens=True,
        refresh_s=_MAP_REFRESH_S,
        scale=_MAP_SCALE,
        high="min(42vh, 52rem)",
    )
