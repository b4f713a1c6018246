"""The orders behind a figure, one click away from it: those of its numerator or of its denominator."""

from litestar import Response, get

from backend.indicators.reading.source_rows import MOST, list_source_rows
from backend.items import queries as items
from backend.routes.actions.indicator_filters import read_query
from backend.routes.http.dependencies import Ctx
from backend.routes.pages import base
from backend.routes.pages.indicators.indicator_list import READ, Code
from backend.routes.pages.indicators.indicator_page import versions_of

_DIGITS = 18


@get("/indicators/{code:str}/orders", guards=READ, include_in_schema=False)
async def show_source_rows(ctx: Ctx, code: Code) -> Response:
    """Within the reader's areas; each leads to its order, which decides by itself what this reader sees of it."""
    said, indicator = ctx.request.query_params, (await versions_of(ctx, code))[0]
    query, before = read_query(said, ctx.actor, ctx.now), said.get("before", "")
    part = "denominator" if said.get("part") == "denominator" else "numerator"
    after = int(before) if before.isascii() and before.isdecimal() and len(before) <= _DIGITS else None
    rows = await list_source_rows(indicator, part, [query.area], query.period, after)
    facts = {"query": query, "part": part, "rows": rows, "names": await items.list_names()}
    more = rows[-1].order_id if len(rows) == MOST else None
    return base.html("indicators/orders.html", await base.page_of(ctx), indicator=indicator, next=more, **facts)
