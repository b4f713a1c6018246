"""What is behind a figure, one click away from it: the orders, patrols or inspections of one side of it."""

from litestar import Response, get

from backend.indicators.access import may_name
from backend.indicators.reading.activity_rows import ActivityRow, is_of_activities, list_activity_rows
from backend.indicators.reading.source_rows import MOST, list_source_rows, side_of
from backend.indicators.structs import Indicator
from backend.items import queries as items
from backend.routes.actions.indicator_filters import FigureQuery, read_query
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.indicators.indicator_list import READ, Code
from backend.routes.pages.indicators.indicator_page import versions_of

_DIGITS = 18


@get("/indicators/{code:str}/orders", guards=READ, include_in_schema=False)
async def show_source_rows(ctx: Ctx, code: Code) -> Response:
    """Within the reader's areas; each leads to its page, which decides by itself what this reader sees of it."""
    said, indicator = ctx.request.query_params, (await versions_of(ctx, code))[0]
    query, before = read_query(said, ctx.actor, ctx.now), said.get("before", "")
    part = "denominator" if said.get("part") == "denominator" else "numerator"
    after = int(before) if before.isascii() and before.isdecimal() and len(before) <= _DIGITS else None
    show = _show_activities if is_of_activities(side_of(indicator, part)) else _show_orders
    return await show(ctx, indicator, query, part, after)


async def _show_orders(
    ctx: RequestContext, indicator: Indicator, query: FigureQuery, part: str, before: int | None
) -> Response:
    rows = await list_source_rows(side_of(indicator, part), [query.area], query.period, before)
    more = rows[-1].order_id if len(rows) == MOST else None
    facts = {"query": query, "part": part, "rows": rows, "names": await items.list_names(), "next": more}
    return base.html("indicators/orders.html", await base.page_of(ctx), indicator=indicator, **facts)


async def _show_activities(
    ctx: RequestContext, indicator: Indicator, query: FigureQuery, part: str, before: int | None
) -> Response:
    rows = await list_activity_rows(side_of(indicator, part), [query.area], query.period, before)
    more = rows[-1].key if len(rows) == MOST else None

    def is_named(row: ActivityRow) -> bool:
        return may_name(ctx.actor, row.kind, row.area_code)

    facts = {"query": query, "part": part, "rows": rows, "next": more, "may_name": is_named}
    return base.html("indicators/activities.html", await base.page_of(ctx), indicator=indicator, **facts)
