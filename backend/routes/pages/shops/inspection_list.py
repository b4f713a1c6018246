"""检查与复查: the shops that are due, what is to be looked at again, and what a panel is to decide.

Its check lists lie in the page, so that a phone that opened it once can inspect these shops without network.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Response, get, post

from backend.accounts.permissions import Permission
from backend.geo.lonlat import LonLat
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, typed_point, word
from shops.grades import visits
from shops.grades.visits import DueVisit
from shops.inspections import queries, waiting
from shops.inspections.inspectors import areas_to_inspect
from shops.inspections.structs import ChecklistView, Department

_READERS = [requires(Permission.INSPECT_SHOPS, Permission.DECIDE_APPEALS)]
_MOST = 60
"""So many shops are listed and can be taken along."""


@get("/inspections", guards=_READERS, include_in_schema=False)
async def show_list(ctx: Ctx) -> Response:
    return await _page(ctx, ctx.request.query_params)


@post("/inspections", guards=_READERS, include_in_schema=False, status_code=200)
async def show_near(ctx: Ctx) -> Response:
    """The same, nearest first. The position travels in the body alone and is not kept."""
    form = await read_form(ctx)
    return await _page(ctx, form, typed_point(word(form, "lng", 20), word(form, "lat", 20)))


async def _page(ctx: RequestContext, said: Mapping[str, Any], near: LonLat | None = None) -> Response:
    page, department = await base.page_of(ctx), _department(word(said, "department", 20))
    due = await visits.list_due(ctx.actor, ctx.now, department=department, near=near, most=_MOST)
    lists_by_area = await _lists_of(due, department)
    return base.html(
        "shops/inspections.html",
        page,
        due=due,
        inspects=bool(await areas_to_inspect(ctx.actor)),
        is_cut=len(due) == _MOST,
        lists_by_area=lists_by_area,
        lists={each.id: each for lists in lists_by_area.values() for each in lists}.values(),
        rechecks=await waiting.list_rechecks(ctx.actor),
        appeals=await waiting.list_appeals(ctx.actor),
        departments=list(Department),
        department=department,
        is_near=near is not None,
    )


async def _lists_of(due: Sequence[DueVisit], department: Department | None) -> dict[str, list[ChecklistView]]:
    """The check lists of each area that has a due shop."""
    return {
        area: [each for each in await queries.list_checklists(area) if department in (None, each.department)]
        for area in sorted({shop.area_code for shop in due})
    }


def _department(said: str) -> Department | None:
    return next((each for each in Department if each.value == said), None)
