"""案件数据周析: a week of the roads of an area, as page, sheet and paper, and to whom it is sent each Monday."""

import asyncio
from datetime import timedelta

from litestar import Response, get, post

from backend.calendars.rules import shanghai_date
from backend.evaluation.weekly import subscribing
from backend.evaluation.weekly.analysis import analyse
from backend.evaluation.weekly.roads import WEEKS_BEFORE
from backend.evaluation.weekly.structs import BLOCK_HOURS, BLOCKS
from backend.indicators.access import require_area
from backend.indicators.structs import Period
from backend.items import queries as items
from backend.routes.actions.area_names import name_of
from backend.routes.actions.indicator_filters import FigureQuery, read_period
from backend.routes.actions.paper_answers import pdf_answer
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word
from backend.routes.pages.indicators.indicator_list import READ, areas_in
from backend.web.views import road_sheet
from backend.web.views.heat import levels_of

_AREA_CHARS, _DAYS = 13, 7


@get("/evaluation/roads", guards=READ, include_in_schema=False)
async def show_roads(ctx: Ctx) -> Response:
    query, done = _query(ctx), ctx.request.query_params.get("done")
    return base.html(
        "evaluation/roads.html",
        await base.page_of(ctx),
        query=query,
        analysis=await analyse(query.area, query.period),
        names=await items.list_level_names(),
        weeks=WEEKS_BEFORE,
        hours=[(block * BLOCK_HOURS, (block + 1) * BLOCK_HOURS) for block in range(BLOCKS)],
        levels=levels_of,
        is_subscribed=await subscribing.is_subscribed(query.area, ctx.actor),
        done=done if done in ("subscribed", "unsubscribed") else "",
        areas=await areas_in(ctx),
    )


@post("/evaluation/subscriptions", guards=READ, include_in_schema=False)
async def set_subscription(ctx: Ctx) -> Response:
    """`on` subscribes to the area, anything else ends it. Raises NotYourIndicators."""
    form = await read_form(ctx)
    area, last = word(form, "area", _AREA_CHARS), word(form, "last", 10)
    is_on = word(form, "on", 1) == "1"
    if is_on:
        await subscribing.subscribe(area, ctx.actor, ctx.now)
    else:
        await subscribing.unsubscribe(area, ctx.actor)
    shown = FigureQuery(require_area(ctx.actor, area), read_period("", last, ctx.now))
    done = "subscribed" if is_on else "unsubscribed"
    return base.see_other(f"/evaluation/roads?area={shown.area}&last={shown.period.last}&done={done}#subscribe")


@get("/evaluation/roads.xlsx", guards=READ, include_in_schema=False)
async def export_roads(ctx: Ctx) -> Response:
    query = _query(ctx)
    analysis, names = await analyse(query.area, query.period), await _names_zh()
    content = await asyncio.to_thread(road_sheet.write, analysis, names)
    headers = {"content-disposition": f'attachment; filename="{_file(query)}.xlsx"', "cache-control": "no-store"}
    return Response(content, media_type=road_sheet.MEDIA_TYPE, headers=headers)


@get("/evaluation/roads.pdf", guards=READ, include_in_schema=False)
async def print_roads(ctx: Ctx) -> Response:
    """Raises ReportFontMissing."""
    from backend.evaluation.weekly import pdf

    query = _query(ctx)
    analysis, names, now = await analyse(query.area, query.period), await _names_zh(), ctx.now
    area_zh = await name_of(query.area)
    return await pdf_answer(lambda font: pdf.render(analysis, area_zh, names, now, font), f"{_file(query)}.pdf")


async def _names_zh() -> dict[str, str]:
    return {code: zh for code, (zh, _) in (await items.list_level_names()).items()}


def _file(query: FigureQuery) -> str:
    return f"roads-{query.area}-{query.period.first}"


def _query(ctx: RequestContext) -> FigureQuery:
    """Seven days that end on the day that is named, else yesterday. Raises NotYourIndicators, PeriodWrong."""
    said = ctx.request.query_params
    area = require_area(ctx.actor, said.get("area", "")[:_AREA_CHARS] or None)
    yesterday = shanghai_date(ctx.now) - timedelta(days=1)
    last = read_period("", said.get("last", "") or yesterday.isoformat(), ctx.now).last
    return FigureQuery(area, Period(last - timedelta(days=_DAYS - 1), last))
