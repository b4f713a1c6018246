"""安全、有序、整洁: the index of an area and of those within it, each with the shares that it is made of."""

from typing import Any, NamedTuple

from litestar import Response, get

from backend.evaluation.settings import EvaluationRules, may_set, read_rules
from backend.evaluation.structs import LEAST_N, AreaIndex, Dimension
from backend.evaluation.town_index import read_indices
from backend.geo.area_codes import TOWN_CHARS, children_of
from backend.items import queries as items
from backend.orders.desk import reading
from backend.places import queries as places
from backend.routes.actions.area_names import name_of
from backend.routes.actions.indicator_filters import FigureQuery, read_query
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.indicators.indicator_list import READ, areas_in

_AREAS_MOST = 400


class IndexRow(NamedTuple):
    name: str
    code: str
    of: dict[Dimension, AreaIndex]


@get("/evaluation/index", guards=READ, include_in_schema=False)
async def show_index(ctx: Ctx) -> Response:
    query = read_query(ctx.request.query_params, ctx.actor, ctx.now)
    rules = await read_rules(query.area)
    facts = {"query": query, "dimensions": list(Dimension), "least": LEAST_N, "areas": await areas_in(ctx)}
    return base.html(
        "evaluation/index.html",
        await base.page_of(ctx),
        rows=await _rows(query, rules),
        names=await items.list_level_names(),
        **facts,
        **await _whose(ctx, query, rules),
    )


async def _whose(ctx: RequestContext, query: FigureQuery, rules: EvaluationRules) -> dict[str, Any]:
    """By whose rules, and where the reader may change them."""
    town = query.area[:TOWN_CHARS]
    return {
        "rules": rules,
        "settings_area": town if may_set(ctx.actor, town) else "",
        "settings_name": await name_of(rules.area_code) if rules.area_code else "",
    }


async def _rows(query: FigureQuery, rules: EvaluationRules) -> list[IndexRow]:
    """The area and those within it, all by the rules of the area, so that they can be compared."""
    async with reading():
        named = await places.list_names([query.area], [query.area[:TOWN_CHARS]], _AREAS_MOST)
        names = {each.code: each.name for each in named}
        codes = [query.area, *children_of(query.area, names)]
        found = await read_indices(codes, query.period, rules)
    return [IndexRow(names.get(code, code), code, _of(found, code)) for code in codes]


def _of(found: list[AreaIndex], code: str) -> dict[Dimension, AreaIndex]:
    return {each.dimension: each for each in found if each.area == code}
