"""Indicators over HTTP: their definitions, and their figures within the reader's areas."""

from datetime import date
from typing import Annotated

from litestar import Controller, get
from litestar.params import QueryParameter

from backend.accounts.permissions import Permission
from backend.indicators.access import FOR_READERS, areas_of
from backend.indicators.errors import IndicatorUnknown, NotYourIndicators
from backend.indicators.queries import find_indicators, read_figures
from backend.indicators.registry.definitions import concerns, list_indicators
from backend.indicators.structs import Grain, Indicator, IndicatorFigure
from backend.routes.actions.indicator_filters import read_query
from backend.routes.api.overview_parts import Area
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.structs import Read

_CODES_MOST, _CODES_CHARS = 1000, 60_000
Codes = Annotated[
    str, QueryParameter(name="codes", min_length=1, max_length=_CODES_CHARS, description="Codes with commas between")
]
Word = Annotated[str | None, QueryParameter(name="q", max_length=60, description="In a code or a name")]
Day = Annotated[str | None, QueryParameter(max_length=10, description="A day in Shanghai, 2026-11-28")]
Per = Annotated[Grain | None, QueryParameter(name="grain", description="area unless told; persons are not asked here")]


class IndicatorList(Read, frozen=True, kw_only=True):
    items: list[Indicator]


class FigureRead(Read, frozen=True, kw_only=True):
    """`value`: a share from 0 to 1, minutes, a mean or a count; null where there is nothing to measure."""

    code: str
    subject: str
    numerator: float
    denominator: float | None
    value: float | None
    n: int
    """How many cases it rests on."""


class FigureList(Read, frozen=True, kw_only=True):
    """`first` and `last`: days in Shanghai, both included. `grain`: what `subject` names."""

    area_code: str
    first: date
    last: date
    grain: Grain
    items: list[FigureRead]


class IndicatorController(Controller):
    path = "/indicators"
    tags = ("indicators",)
    guards = (requires(Permission.READ_DESK),)

    @get(operation_id="list_indicators", summary="指标: every definition that stands")
    async def list_indicators(self, ctx: Ctx, word: Word = None) -> IndicatorList:
        """Those that ship, and those of the reader's towns; retired ones are not among them."""
        said = (word or "").casefold()
        known = await list_indicators(areas_of(ctx.actor))
        names = (each for each in known if said in f"{each.code}\n{each.name_zh}\n{each.name_en}".casefold())
        return IndicatorList(items=list(names))

    @get("/figures", operation_id="read_figures", summary="指标数值: figures of some indicators within an area")
    async def read_figures(
        self, ctx: Ctx, codes: Codes, area: Area = None, first: Day = None, last: Day = None, per: Per = None
    ) -> FigureList:
        """Thirty days that end yesterday, unless told. By area the area as one; else every subject within it."""
        said, grain = {"area": area or "", "first": first or "", "last": last or ""}, per or Grain.AREA
        query = read_query(said, ctx.actor, ctx.now)
        if grain not in FOR_READERS:
            raise NotYourIndicators
        await _require_known(names := codes.split(",")[:_CODES_MOST], areas_of(ctx.actor))
        found = await read_figures(names, [query.area], query.period, grain)
        days = {"first": query.period.first, "last": query.period.last}
        return FigureList(area_code=query.area, **days, grain=grain, items=[_figure(each) for each in found])


def _figure(figure: IndicatorFigure) -> FigureRead:
    return FigureRead(
        code=figure.code,
        subject=figure.subject,
        numerator=figure.numerator,
        denominator=figure.denominator,
        value=figure.value,
        n=figure.n,
    )


async def _require_known(codes: list[str], areas: list[str]) -> None:
    for indicator in (await find_indicators(codes)).values():
        if not concerns(indicator, areas):
            raise IndicatorUnknown(indicator=indicator.code)
