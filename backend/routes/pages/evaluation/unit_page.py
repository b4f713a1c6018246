"""评效: how the units of an area do in one measure, with intervals, and ranks only where they differ."""

from typing import NamedTuple

from litestar import Response, get

from backend.accounts import queries as accounts
from backend.accounts.structs import UnitLabel
from backend.evaluation.structs import HIGHER_IS_BETTER, UnitMeasure, UnitScore
from backend.evaluation.units import LEAST_N, score_units
from backend.indicators.registry.definitions import find_indicators
from backend.routes.actions.indicator_filters import FigureQuery, read_query
from backend.routes.http.dependencies import Ctx
from backend.routes.pages import base
from backend.routes.pages.indicators.indicator_list import READ, areas_in
from backend.web.views.interval_bars import IntervalBar, bar_of
from backend.web.views.page import PageContext


class UnitScoreRow(NamedTuple):
    name: str
    score: UnitScore
    bar: IntervalBar


@get("/evaluation", guards=READ, include_in_schema=False)
async def show_units(ctx: Ctx) -> Response:
    said, page = ctx.request.query_params, await base.page_of(ctx)
    query = read_query(said, ctx.actor, ctx.now)
    measure = _measure(said.get("measure"))
    return base.html(
        "evaluation/units.html",
        page,
        query=query,
        measure=measure,
        measures=await find_indicators([each.value for each in UnitMeasure]),
        is_higher_better=measure in HIGHER_IS_BETTER,
        rows=await _rows(page, query, measure),
        least=LEAST_N,
        areas=await areas_in(ctx),
    )


def _measure(said: str | None) -> UnitMeasure:
    return next((each for each in UnitMeasure if each == said), UnitMeasure.DONE_ON_TIME)


async def _rows(page: PageContext, query: FigureQuery, measure: UnitMeasure) -> list[UnitScoreRow]:
    scores = await score_units(query.area, query.period, measure)
    names = await accounts.list_unit_labels([each.unit_id for each in scores])
    return [_row(page, each, names) for each in scores]


def _row(page: PageContext, score: UnitScore, names: dict[int, UnitLabel]) -> UnitScoreRow:
    unit = names.get(score.unit_id)
    name = page.pick(unit.name_zh, unit.name_en or unit.name_zh) if unit else str(score.unit_id)
    return UnitScoreRow(name, score, bar_of(score.value, score.interval.low, score.interval.high, score.expected))
