"""The street's view of its shops over HTTP: figures with their definitions and lists, cells of the map, routes."""

from datetime import date, datetime

from litestar import Controller, get

from backend.accounts.permissions import Permission
from backend.routes.actions import shop_figure_links as links
from backend.routes.api.overview_parts import Area, Definition, definition
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.structs import Read
from shops.overview import queries, rules
from shops.overview.structs import (
    DepartmentRate,
    PickupsSeen,
    ShopCount,
    ShopFigureName,
    ShopOverview,
)


class ShopOverviewFigure(Read, frozen=True, kw_only=True):
    """A number, or a share from 0 to 1; null where there is nothing to measure."""

    value: float | None
    n: int | None
    """Of so many."""
    list: str
    """The page of what was counted, or measured over."""


class ShopOverviewRead(Read, frozen=True, kw_only=True):
    """Findings count that were made since `found_since`, pickups of slots since `pickups_since`: days in Shanghai."""

    area_code: str
    name: str
    at: datetime
    found_since: date
    pickups_since: date
    figures: dict[ShopFigureName, ShopOverviewFigure]
    areas: list[ShopCount]
    """The areas within."""
    cells: list[ShopCount]
    """By grid cell; a shop that lies in none is counted by its area."""
    departments: list[DepartmentRate]
    pickups: PickupsSeen | None
    """Null for whoever may not read the bookings of these shops."""
    definitions: dict[ShopFigureName, Definition]


class ShopOverviewController(Controller):
    path = "/shop-overview"
    tags = ("shops",)
    guards = (requires(Permission.READ_SHOPS),)

    @get(operation_id="get_shop_overview", summary="商铺总览: grades, what is late, rectification, pickups of an area")
    async def get_overview(self, ctx: Ctx, area: Area = None) -> ShopOverviewRead:
        """Within the areas whose register of shops one reads; 404 beyond."""
        return _read(await queries.view_overview(area, ctx.actor, ctx.now))


def _read(found: ShopOverview) -> ShopOverviewRead:
    names = ("area_code", "name", "at", "found_since", "pickups_since", "areas", "cells", "departments", "pickups")
    figures = {
        name: ShopOverviewFigure(value=figure.value, n=figure.n, list=links.list_of(name, found.area_code))
        for name, figure in rules.figures_of(found).items()
    }
    return ShopOverviewRead(
        **{name: getattr(found, name) for name in names},
        figures=figures,
        definitions={name: definition(f"shop.overview.define.{name}") for name in ShopFigureName},
    )
