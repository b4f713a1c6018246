"""One indicator: its definition and versions, its figures by area, its line over the days with the same as a table."""

import csv
import io
from typing import NamedTuple

from litestar import Response, get

from backend.geo.area_codes import children_of
from backend.indicators.access import areas_of
from backend.indicators.errors import IndicatorUnknown
from backend.indicators.queries import Grain, read_figures
from backend.indicators.registry.definitions import concerns, list_versions
from backend.indicators.registry.wording import list_measures
from backend.indicators.structs import Indicator, IndicatorFigure, IndicatorUnit
from backend.places import queries as places
from backend.routes.actions.indicator_filters import FigureQuery, read_query
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.indicators.indicator_list import READ, Code, areas_in
from backend.spreadsheets import harmless
from backend.web.views.desk_csv import BOM
from backend.web.views.indicator_figures import is_few, number_in_words, value_in_words
from backend.web.views.line_chart import LineChart, line_of
from backend.web.views.page import PageContext

_AREAS_MOST = 400


class FigureRow(NamedTuple):
    subject: str
    name: str
    words: str
    numerator: str
    denominator: str
    n: int
    is_few: bool
    value: float | None


@get("/indicators/{code:str}", guards=READ, include_in_schema=False)
async def show_indicator(ctx: Ctx, code: Code) -> Response:
    versions = await versions_of(ctx, code)
    query, page = read_query(ctx.request.query_params, ctx.actor, ctx.now), await base.page_of(ctx)
    by_area, by_day = await _areas(page, versions[0], query), await _days(page, versions[0], query)
    facts = {"query": query, "by_area": by_area, "by_day": by_day, "areas": await areas_in(ctx)}
    said = {"indicator": versions[0], "versions": versions, "whole": by_area[0], "drawn": _drawn(versions[0], by_day)}
    return base.html("indicators/indicator.html", page, **said, **facts, measures=list_measures(versions[0]))


@get("/indicators/{code:str}/table.csv", guards=READ, include_in_schema=False)
async def export_figures(ctx: Ctx, code: Code) -> Response[bytes]:
    """The figures by area as a file; `by=day` those by day."""
    indicator, page = (await versions_of(ctx, code))[0], base.reader_of(ctx)
    query = read_query(ctx.request.query_params, ctx.actor, ctx.now)
    is_by_day = ctx.request.query_params.get("by") == "day"
    rows = await (_days if is_by_day else _areas)(page, indicator, query)
    headers = {"content-disposition": f'attachment; filename="{indicator.code}.csv"', "cache-control": "no-store"}
    return Response(_csv(page, rows), media_type="text/csv", headers=headers)


def _drawn(indicator: Indicator, by_day: list[FigureRow]) -> LineChart | None:
    top = 1.0 if indicator.unit is IndicatorUnit.SHARE else None
    return line_of([(f"{row.name}: {row.words}", row.value) for row in by_day], top)


async def versions_of(ctx: RequestContext, code: str) -> list[Indicator]:
    """The versions of an indicator that the reader sees. Raises IndicatorUnknown."""
    versions = await list_versions(code)
    if not concerns(versions[0], areas_of(ctx.actor)):
        raise IndicatorUnknown
    return versions


async def _areas(page: PageContext, indicator: Indicator, query: FigureQuery) -> list[FigureRow]:
    """The area itself, then the areas directly within it."""
    named = {each.code: each.name for each in await places.list_names([query.area], [query.area[:9]], _AREAS_MOST)}
    codes = [query.area, *children_of(query.area, named)]
    figures = await read_figures([indicator.code], codes, query.period)
    return [_row(page, indicator, figure, named.get(figure.subject, figure.subject)) for figure in figures]


async def _days(page: PageContext, indicator: Indicator, query: FigureQuery) -> list[FigureRow]:
    figures = await read_figures([indicator.code], [query.area], query.period, Grain.DAY)
    by_day = {figure.subject: figure for figure in figures}
    return [
        _row(page, indicator, by_day.get(str(day)) or _nothing(indicator, str(day)), str(day))
        for day in query.period.list_days()
    ]


def _nothing(indicator: Indicator, subject: str) -> IndicatorFigure:
    value = 0.0 if indicator.unit is IndicatorUnit.COUNT else None
    return IndicatorFigure(indicator.code, subject, 0.0, 0.0 if indicator.denominator else None, value, 0)


def _row(page: PageContext, indicator: Indicator, figure: IndicatorFigure, name: str) -> FigureRow:
    sides = number_in_words(figure.numerator), number_in_words(figure.denominator)
    words = value_in_words(page, indicator, figure.value)
    return FigureRow(figure.subject, name, words, *sides, figure.n, is_few(indicator, figure), figure.value)


def _csv(page: PageContext, rows: list[FigureRow]) -> bytes:
    out = io.StringIO()
    names = [page.t(f"indicators.column.{name}") for name in ("subject", "name", "numerator", "denominator", "value")]
    values = [[row.subject, row.name, row.numerator, row.denominator, row.words] for row in rows]
    csv.writer(out).writerows([names, *([harmless(cell) for cell in row] for row in values)])
    return (BOM + out.getvalue()).encode()
