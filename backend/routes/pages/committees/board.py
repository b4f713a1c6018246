"""居村工作台: a committee's home. Cases with the least time left, what is due today, figures, the map, the people."""

from functools import partial
from typing import Any

from litestar import Response, get

from backend.accounts import queries as accounts
from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Role
from backend.calendars.rules import shanghai_date
from backend.committees.changes.lines import view_list
from backend.committees.overview import queries as overviews
from backend.geo.area_codes import COMMITTEE_CHARS
from backend.orders.desk import DeskFilter, list_cells, list_most_urgent, reading
from backend.places import outlines
from backend.routes.actions.area_names import name_of
from backend.routes.actions.cell_links import desk_cells
from backend.routes.actions.desk_filters import write_filter
from backend.routes.actions.figure_links import list_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.committees.overview import area_in
from backend.web.views import grid_map
from backend.web.views.desk import line_of
from backend.web.views.duty_lines import shown_line
from backend.web.views.figures import shown
from backend.web.views.page import PageContext

_CELLS_MAX = 1500
_CASES_MOST = 5
_MEMBERS = (Role.COMMITTEE, Role.INSPECTOR, Role.HANDLER)
_KPIS = ("open", "overdue", "new", "closed", "on_time", "p50", "coverage")


@get("/committee", guards=[requires(Permission.READ_OVERVIEW)], include_in_schema=False)
async def show_board(ctx: Ctx) -> Response:
    """Whoever looks after more than one committee, and names none, is shown the overview of all of them."""
    own = next((area for area in overviews.areas_of(ctx.actor) if len(area) == COMMITTEE_CHARS), None)
    area = overviews.require_area(ctx.actor, area_in(ctx.request.query_params.get("area")) or own)
    if len(area) != COMMITTEE_CHARS:
        return base.see_other(f"/overview?area={area}")
    page = await base.page_of(ctx)
    return base.html("committees/board.html", page, **await _facts(ctx, page, area))


async def _facts(ctx: RequestContext, page: PageContext, area: str) -> dict[str, Any]:
    """All in one transaction that reads."""
    async with reading():
        cases = await list_most_urgent(ctx.actor, DeskFilter(area=area), ctx.now, _CASES_MOST)
        figures = await _figures(ctx, page, area)
        duties = await _duties(ctx, page, area)
        return {"cases": [line_of(case, page) for case in cases], **figures, **duties, **await _map(ctx, page, area)}


async def _figures(ctx: RequestContext, page: PageContext, area: str) -> dict[str, Any]:
    people = await accounts.list_people_of(area, (*_MEMBERS, Role.VOLUNTEER))
    vitals = await overviews.view_vitals(area, ctx.actor, ctx.now)
    return {
        "area": area,
        "vitals": shown(page, vitals, partial(list_of, reader=ctx.actor)),
        "kpis": _KPIS,
        "members": {role: people[role] for role in _MEMBERS},
        "volunteers": len(people[Role.VOLUNTEER]),
    }


async def _duties(ctx: RequestContext, page: PageContext, area: str) -> dict[str, Any]:
    today = shanghai_date(ctx.now)
    view = await view_list(area, today)
    lines = [shown_line(page, line, today) for line in view.lines]
    return {
        "due": [line for line in lines if line.is_due],
        "waiting": view.waiting,
        "tasks": len(lines),
        "may_request": may_within(ctx.actor, Permission.REQUEST_DUTY_CHANGES, area),
    }


async def _map(ctx: RequestContext, page: PageContext, area: str) -> dict[str, Any]:
    within = DeskFilter(area=area)
    cells = await list_cells(ctx.actor, within, ctx.now, most=_CELLS_MAX)
    drawing = await outlines.draw([cell.code for cell in cells if cell.code], [area])
    names = (outline.name for outline in drawing.outlines if outline.code == area)
    return {
        "name": next(names, "") or await name_of(area),
        "drawn": grid_map.map_of(drawing, cells),
        "steps": grid_map.steps(),
        "link": lambda **changes: write_filter(within, **changes),
        **desk_cells(page, within),
    }
