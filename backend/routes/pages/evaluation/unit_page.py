"""评效: how the units of an area do in one measure, with intervals, and ranks only where they differ."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from litestar import Response, get

from backend.accounts import queries as accounts
from backend.accounts.structs import UnitLabel
from backend.evaluation.settings import read_rules
from backend.evaluation.structs import LEAST_N, LEAST_PEOPLE, SubjectScore, UnitMeasure, is_higher_better
from backend.evaluation.units import score_units
from backend.indicators.queries import find_indicators
from backend.orders.desk import reading
from backend.places.structs import AreaName
from backend.routes.actions.indicator_filters import FigureQuery, read_query
from backend.routes.http.dependencies import Ctx
from backend.routes.pages import base
from backend.routes.pages.indicators.indicator_list import READ, areas_in
from backend.web.views.interval_bars import IntervalBar, bar_of
from backend.web.views.page import PageContext


class NamedScore(NamedTuple):
    name: str
    score: SubjectScore
    bar: IntervalBar


@get("/evaluation", guards=READ, include_in_schema=False)
async def show_units(ctx: Ctx) -> Response:
    said, page = ctx.request.query_params, await base.page_of(ctx)
    query = read_query(said, ctx.actor, ctx.now)
    measure = measure_of(said.get("measure"), tuple(UnitMeasure))
    async with reading():
        rules = await read_rules(query.area)
        scores = await score_units(query.area, query.period, UnitMeasure(measure), rules.all_classes)
    labels = await accounts.list_unit_labels([each.subject_id for each in scores])
    rows = rows_of(scores, {unit: unit_name(page, label) for unit, label in labels.items()})
    return await score_table(page, query, measure, rows, await areas_in(ctx), tuple(UnitMeasure))


async def score_table(
    page: PageContext,
    query: FigureQuery,
    measure: str,
    rows: Sequence[NamedScore],
    areas: Sequence[AreaName],
    measures: Sequence[str],
    here: str = "units",
) -> Response:
    """The page of scores of units, or of people."""
    return base.html(
        "evaluation/units.html",
        page,
        here=here,
        path="/evaluation" if here == "units" else f"/evaluation/{here}",
        query=query,
        measure=measure,
        measures=await find_indicators(measures),
        is_higher_better=is_higher_better(measure),
        rows=rows,
        least=LEAST_N,
        least_people=LEAST_PEOPLE,
        areas=areas,
    )


def measure_of(said: str | None, measures: Sequence[str]) -> str:
    """The measure that is named, else the first."""
    return next((str(each) for each in measures if each == said), str(measures[0]))


def rows_of(scores: Sequence[SubjectScore], names: Mapping[int, str]) -> list[NamedScore]:
    return [NamedScore(names.get(each.subject_id, str(each.subject_id)), each, bar_of_score(each)) for each in scores]


def bar_of_score(score: SubjectScore) -> IntervalBar:
    return bar_of(score.value, score.interval.low, score.interval.high, score.expected)


def unit_name(page: PageContext, unit: UnitLabel) -> str:
    return page.pick(unit.name_zh, unit.name_en or unit.name_zh)
