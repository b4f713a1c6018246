"""The street's view of its shops: figures with the lists that they count, grades on the map, routes by day."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from litestar import Response, get

from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.geo.area_codes import CELL_CHARS, COMMITTEE_CHARS, TOWN_CHARS
from backend.places import outlines
from backend.routes.actions import shop_figure_links as links
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.pages import base
from backend.routes.pages.committees.overview import area_in
from backend.web.views import pickups as pickup_words
from backend.web.views import shop_figures, shop_map
from backend.web.views.figures import share_in_words
from backend.web.views.grid_map import LegendStep
from backend.web.views.grid_names import grid_name
from backend.web.views.page import PageContext
from backend.web.views.shop_map import ShopCell
from shops.grades import settings
from shops.grades.structs import Grade
from shops.overview import queries, rules
from shops.overview.structs import ShopCount, ShopFigureName, ShopOverview
from shops.pickup.roles import DESK

_CELLS_MAX = 1500
"""More than these are drawn by committee: a cell would be smaller than its number."""
_ABOVE = {COMMITTEE_CHARS: TOWN_CHARS, TOWN_CHARS: 6}


@get("/shops/overview", guards=[requires(Permission.READ_SHOPS)], include_in_schema=False)
async def show_shop_overview(ctx: Ctx) -> Response:
    area = area_in(ctx.request.query_params.get("area"))
    overview = await queries.view_overview(area, ctx.actor, ctx.now)
    page = await base.page_of(ctx)
    called = partial(grid_name, page, names=overview.names)
    drawn = {**await _map(overview), **_cells(page, called)}
    shown = {**_facts(ctx.actor, overview), **drawn, **_routes(ctx.actor, overview), **_words(page)}
    return base.html("shops/overview.html", page, overview=overview, called=called, **shown)


def _facts(actor: Actor, overview: ShopOverview) -> dict[str, Any]:
    path_of = partial(links.list_of, area=overview.area_code)
    return {
        "above": _above(actor, overview.area_code),
        "sets_grades": settings.may_set(actor, overview.area_code),
        "figures": shop_figures.shown(rules.figures_of(overview), path_of),
    }


async def _map(overview: ShopOverview) -> dict[str, Any]:
    counted, by_cell = drawn_by(overview)
    return {"map": shop_map.map_of(await _draw(overview, counted), counted), "by_cell": by_cell}


def drawn_by(overview: ShopOverview) -> tuple[list[ShopCount], bool]:
    """What the map shows, and whether that is grid cells: committees where there are too many."""
    cells = [each for each in overview.cells if len(each.code) == CELL_CHARS]
    if 0 < len(cells) <= _CELLS_MAX:
        return cells, True
    return [
        each for each in rules.by_prefix(overview.cells, COMMITTEE_CHARS) if len(each.code) == COMMITTEE_CHARS
    ], False


async def _draw(overview: ShopOverview, counted: list[ShopCount]) -> outlines.Drawing:
    cells = [each.code for each in counted if len(each.code) == CELL_CHARS]
    around = {each.code[:COMMITTEE_CHARS] for each in counted}
    return await outlines.draw(cells, sorted(around) or [overview.area_code])


def _cells(page: PageContext, called: Callable[[str], str]) -> dict[str, Any]:
    """Where a cell leads, and what it says of itself."""

    def href(cell: ShopCell) -> str:
        return links.list_of(ShopFigureName.SHOPS, cell.code[:COMMITTEE_CHARS], cell.code if cell.is_grid else "")

    def title(cell: ShopCell) -> str:
        grades = {grade.lower(): cell.shops.grades[grade] for grade in Grade}
        words = page.t("shop.overview.cell", n=cell.shops.shops, late=cell.shops.overdue, **grades)
        return f"{called(cell.code)} {words}"

    return {"cell_href": href, "cell_title": title}


def _routes(actor: Actor, overview: ShopOverview) -> dict[str, Any]:
    today = shanghai_date(overview.at)
    days = [today + timedelta(days=ahead) for ahead in range(queries.LOAD_DAYS)]
    seen = overview.pickups
    rows = shop_figures.route_rows(seen.timings, seen.loads, days) if seen else []
    return {"days": days, "rows": rows, "sees_route_days": bool(actor.areas_of(*DESK))}


def _words(page: PageContext) -> dict[str, Any]:
    return {
        "grades": list(Grade),
        "steps": [
            LegendStep(shop_map.GRADE_COLOURS[grade].fill, page.t(f"shop.overview.legend.{grade}")) for grade in Grade
        ],
        "Figure": ShopFigureName,
        "link": links,
        "share": share_in_words,
        "day_words": partial(pickup_words.day_words, page),
    }


def _above(actor: Actor, area_code: str) -> str | None:
    """The area around this one, where the reader sees it."""
    above = area_code[: _ABOVE.get(len(area_code), 0)]
    return above if above and may_within(actor, Permission.READ_SHOPS, above) else None
