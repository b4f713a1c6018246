"""安全、有序、整洁: the index of an area and of those within it, each with the shares that it is made of."""

from litestar import Response, get

from backend.evaluation.structs import AreaIndex, Dimension
from backend.evaluation.town_index import LEAST_N, WEIGHTS, read_indices
from backend.geo.area_codes import COMMITTEE_CHARS, TOWN_CHARS
from backend.indicators.registry.definitions import find_indicators
from backend.places import queries as places
from backend.routes.actions.indicator_filters import FigureQuery, read_query
from backend.routes.http.dependencies import Ctx
from backend.routes.pages import base
from backend.routes.pages.indicators.indicator_list import READ, areas_in

_CHILD_CHARS = {6: TOWN_CHARS, TOWN_CHARS: COMMITTEE_CHARS}
_AREAS_MOST = 400


@get("/evaluation/index", guards=READ, include_in_schema=False)
async def show_index(ctx: Ctx) -> Response:
    query = read_query(ctx.request.query_params, ctx.actor, ctx.now)
    return base.html(
        "evaluation/index.html",
        await base.page_of(ctx),
        query=query,
        rows=await _rows(query),
        dimensions=list(Dimension),
        weights=WEIGHTS,
        parts=await find_indicators(list(WEIGHTS)),
        least=LEAST_N,
        areas=await areas_in(ctx),
    )


async def _rows(query: FigureQuery) -> list[tuple[str, str, dict[Dimension, AreaIndex]]]:
    """The area and those within it: name, code, indices."""
    named = await places.list_names([query.area], [query.area[:TOWN_CHARS]], _AREAS_MOST)
    names = {each.code: each.name for each in named}
    within = sorted(code for code in names if len(code) == _CHILD_CHARS.get(len(query.area), 0))
    found = await read_indices([query.area, *within], query.period)
    return [(names.get(code, code), code, _of(found, code)) for code in [query.area, *within]]


def _of(found: list[AreaIndex], code: str) -> dict[Dimension, AreaIndex]:
    return {each.dimension: each for each in found if each.area == code}
