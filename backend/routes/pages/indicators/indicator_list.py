"""指标: the list of indicators with the figure of an area for each, found by a word or by the family they narrow."""

from typing import Annotated, NamedTuple

from litestar import Response, get
from litestar.params import PathParameter

from backend.accounts.permissions import Permission
from backend.indicators.access import areas_of
from backend.indicators.queries import read_figures
from backend.indicators.registry.definitions import list_indicators
from backend.indicators.structs import Indicator, IndicatorFigure
from backend.places import queries as places
from backend.places.structs import AreaName
from backend.routes.actions.indicator_filters import FigureQuery, read_query
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.web.views.indicator_figures import is_few, value_in_words
from backend.web.views.page import PageContext

READ = [requires(Permission.READ_DESK)]
Code = Annotated[str, PathParameter(max_length=80, description="The code of an indicator / 指标代码")]
_WORD_MOST, _SHOWN_MOST, _AREAS_MOST = 60, 120, 400


class ListedIndicator(NamedTuple):
    indicator: Indicator
    words: str
    n: int
    is_few: bool


@get("/indicators", guards=READ, include_in_schema=False)
async def show_indicators(ctx: Ctx) -> Response:
    said = ctx.request.query_params
    query = read_query(said, ctx.actor, ctx.now)
    word, family = said.get("q", "").strip()[:_WORD_MOST], said.get("family", "")[:_WORD_MOST]
    known = await list_indicators(areas_of(ctx.actor))
    found = found_of(known, word, family)
    page = await base.page_of(ctx)
    facts = {"query": query, "word": word, "family": next((each for each in known if each.code == family), None)}
    shown = await _figured(found[:_SHOWN_MOST], query)
    rows = [_listed(page, indicator, figure) for indicator, figure in shown]
    return base.html(
        "indicators/list.html", page, rows=rows, found=len(found), known=len(known), areas=await areas_in(ctx), **facts
    )


def found_of(known: list[Indicator], word: str, family: str = "") -> list[Indicator]:
    """Those that say the word; without one the slices of the family, else all that are no slice."""
    if word:
        said = word.casefold()
        return [each for each in known if said in f"{each.code}\n{each.name_zh}\n{each.name_en}".casefold()]
    if family:
        return [each for each in known if family in (each.family, each.code)]
    return [each for each in known if not each.family]


async def areas_in(ctx: RequestContext) -> list[AreaName]:
    """The areas that the reader may choose."""
    own = areas_of(ctx.actor)
    return await places.list_names(own, [area[:9] for area in own], _AREAS_MOST)


async def _figured(found: list[Indicator], query: FigureQuery) -> list[tuple[Indicator, IndicatorFigure]]:
    figures = await read_figures([each.code for each in found], [query.area], query.period)
    return list(zip(found, figures, strict=True))


def _listed(page: PageContext, indicator: Indicator, figure: IndicatorFigure) -> ListedIndicator:
    words = value_in_words(page, indicator, figure.value)
    return ListedIndicator(indicator, words, figure.n, is_few(indicator, figure))
