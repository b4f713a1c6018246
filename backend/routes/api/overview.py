"""Figures of a committee, a town or a district, over HTTP: each with its definition and the list that it counts."""

from datetime import date, datetime

from litestar import Controller, get

from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.committees.overview import queries
from backend.committees.overview.structs import Figure, FigureName, Level, Overview, Vitals
from backend.routes.actions.figure_links import list_of
from backend.routes.api.overview_parts import Area, Definition, definition
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.structs import Read


class OverviewFigure(Read, frozen=True, kw_only=True):
    """A number, a share from 0 to 1, or minutes; null where there is nothing to measure."""

    value: float | None
    n: int | None = None
    """Of so many."""
    before: float | None = None
    """The same of the seven days before."""
    n_before: int | None = None
    list: str | None = None
    """The page of the orders, or patrols, that were counted or measured over."""


OverviewFigures = dict[FigureName, OverviewFigure]


class AreaOverview(Read, frozen=True, kw_only=True):
    """A committee of the town, or a town of the district."""

    area_code: str
    name: str
    figures: OverviewFigures


class ItemOverview(Read, frozen=True, kw_only=True):
    item: str
    name_zh: str
    name_en: str
    figures: OverviewFigures


class PlaceOverview(Read, frozen=True, kw_only=True):
    place_id: int
    label: str
    figures: OverviewFigures


class OverviewRead(Read, frozen=True, kw_only=True):
    """`week_first` and `week_last`: the days in Shanghai that "this week" means."""

    area_code: str
    name: str
    level: Level
    at: datetime
    week_first: date
    week_last: date
    figures: OverviewFigures
    areas: list[AreaOverview]
    items: list[ItemOverview]
    """The most frequent of the week first."""
    places: list[PlaceOverview]
    definitions: dict[FigureName, Definition]


class OverviewController(Controller):
    path = "/overview"
    tags = ("committees",)
    guards = (requires(Permission.READ_OVERVIEW),)

    @get(operation_id="get_overview", summary="总览: how a committee, a town or a district is doing")
    async def get_overview(self, ctx: Ctx, area: Area = None) -> OverviewRead:
        """A committee reads its own, a town all its committees, a district all its towns."""
        return _read(await queries.view_overview(area, ctx.actor, ctx.now), ctx.actor)


def _read(found: Overview, reader: Actor) -> OverviewRead:
    def figures(vitals: Vitals) -> OverviewFigures:
        return {name: _figure(figure, reader) for name, figure in vitals.items()}

    return OverviewRead(
        area_code=found.area_code,
        name=found.name,
        level=found.level,
        at=found.at,
        week_first=found.week_first,
        week_last=found.week_last,
        figures=figures(found.total),
        areas=[AreaOverview(area_code=a.code, name=a.name, figures=figures(a.figures)) for a in found.areas],
        items=[
            ItemOverview(item=i.code, name_zh=i.name_zh, name_en=i.name_en, figures=figures(i.figures))
            for i in found.items
        ],
        places=[PlaceOverview(place_id=p.place_id, label=p.label, figures=figures(p.figures)) for p in found.places],
        definitions={name: definition(f"overview.define.{name}") for name in FigureName},
    )


def _figure(figure: Figure, reader: Actor) -> OverviewFigure:
    said = {name: getattr(figure, name) for name in ("value", "n", "before", "n_before")}
    return OverviewFigure(**said, list=list_of(figure, reader))
