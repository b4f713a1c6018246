"""道路周报: a week of each road, as a page and as a sheet."""

import asyncio
from datetime import timedelta

from litestar import Response, get

from backend.calendars.rules import shanghai_date
from backend.evaluation.roads import WEEKS_BEFORE, read_roads
from backend.indicators.access import require_area
from backend.indicators.structs import Period
from backend.items import queries as items
from backend.routes.actions.indicator_filters import FigureQuery, read_period
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.indicators.indicator_list import READ, areas_in
from backend.web.views import road_sheet

_AREA_CHARS, _DAYS = 13, 7


@get("/evaluation/roads", guards=READ, include_in_schema=False)
async def show_roads(ctx: Ctx) -> Response:
    query = _query(ctx)
    return base.html(
        "evaluation/roads.html",
        await base.page_of(ctx),
        query=query,
        roads=await read_roads(query.area, query.period),
        names=await items.list_names(),
        weeks=WEEKS_BEFORE,
        areas=await areas_in(ctx),
    )


@get("/evaluation/roads.xlsx", guards=READ, include_in_schema=False)
async def export_roads(ctx: Ctx) -> Response:
    query = _query(ctx)
    roads, names = await read_roads(query.area, query.period), await items.list_names()
    content = await asyncio.to_thread(road_sheet.write, roads, {code: pair[0] for code, pair in names.items()})
    name = f"roads-{query.area}-{query.period.first}.xlsx"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    return Response(content, media_type=road_sheet.MEDIA_TYPE, headers=headers)


def _query(ctx: RequestContext) -> FigureQuery:
    """Seven days that end on the day that is named, else yesterday. Raises NotYourIndicators, PeriodWrong."""
    said = ctx.request.query_params
    area = require_area(ctx.actor, said.get("area", "")[:_AREA_CHARS] or None)
    yesterday = shanghai_date(ctx.now) - timedelta(days=1)
    last = read_period("", said.get("last", "") or yesterday.isoformat(), ctx.now).last
    return FigureQuery(area, Period(last - timedelta(days=_DAYS - 1), last))
