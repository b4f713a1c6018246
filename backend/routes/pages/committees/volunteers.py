"""志愿者审批: who waits for the committee, who is a volunteer, and what is sealed, opened to hold against the card."""

from litestar import Response, get, post
from litestar.params import FromPath

from backend.accounts.permissions import Permission
from backend.accounts.structs import Role
from backend.errors import AppError, BadRequest
from backend.geo.area_codes import COMMITTEE_CHARS
from backend.places import queries as places
from backend.places.structs import AreaRead
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.words import REASON, fitting
from grab_orders.people import deciding, queries
from grab_orders.people.structs import VolunteerDetails, VolunteerStatus

_KEEP = [requires(Permission.KEEP_VOLUNTEERS)]
_ROWS, _CURSOR_CHARS = 20, 200
_TABS = {
    "waiting": VolunteerStatus.APPLIED,
    "approved": VolunteerStatus.APPROVED,
    "refused": VolunteerStatus.REFUSED,
    "left": VolunteerStatus.LEFT,
}
_DONE = ("approved", "refused", "let_go")


@get("/committee/volunteers", guards=_KEEP, include_in_schema=False)
async def show_volunteers(ctx: Ctx) -> Response:
    return await _page(ctx)


@post("/committee/volunteers/{volunteer_id:int}", guards=_KEEP, include_in_schema=False)
async def decide_on_volunteer(ctx: Ctx, volunteer_id: FromPath[int]) -> Response:
    form = await read_form(ctx)
    act, reason = word(form, "act"), words(form, "reason")
    try:
        await _decide(ctx, volunteer_id, act, reason)
    except AppError as error:
        return await _page(ctx, error, typed=(volunteer_id, reason))
    return base.see_other(f"/committee/volunteers?tab={word(form, 'tab', 10)}&done={act}")


@post("/committee/volunteers/{volunteer_id:int}/details", guards=_KEEP, include_in_schema=False)
async def open_volunteer_details(ctx: Ctx, volunteer_id: FromPath[int]) -> Response:
    """A press and not a link: that it was read is a fact."""
    try:
        details = await deciding.open_details(volunteer_id, ctx.actor, ctx.runtime.personal_seal)
    except AppError as error:
        return await _page(ctx, error)
    return await _page(ctx, details=details)


async def _decide(ctx: RequestContext, volunteer_id: int, act: str, reason: str) -> None:
    if act == "approved":
        await deciding.approve(volunteer_id, ctx.actor, ctx.now)
        return
    if not reason:
        raise BadRequest("reason-missing")
    change = deciding.refuse if act == "refused" else deciding.let_go
    await change(volunteer_id, fitting(reason, REASON, "reason"), ctx.actor, ctx.now)


async def _page(
    ctx: RequestContext,
    problem: AppError | None = None,
    *,
    typed: tuple[int, str] = (0, ""),
    details: VolunteerDetails | None = None,
) -> Response:
    """The list. `typed`: the volunteer whose form was refused, and the reason that was written in it."""
    page, query = await base.page_of(ctx), ctx.request.query_params
    tab, done = query.get("tab", ""), query.get("done", "")
    tab = tab if tab in _TABS else "waiting"
    cursor = query.get("cursor", "")[:_CURSOR_CHARS] or None
    found = await queries.list_volunteers(ctx.actor, _TABS[tab], ctx.now, limit=_ROWS, cursor=cursor)
    return base.html(
        "committees/volunteers.html",
        page,
        status=problem.status if problem else 200,
        tab=tab,
        tabs=list(_TABS),
        waiting=await queries.count_waiting(ctx.actor),
        volunteers=found.items,
        next_cursor=found.next_cursor,
        committees=[(area, _invitation(ctx, area.code)) for area in await _committees(ctx)],
        details=details,
        typed=typed,
        done=done if done in _DONE and problem is None and details is None else "",
        problem=base.problem_of(page, problem) if problem else None,
    )


async def _committees(ctx: RequestContext) -> list[AreaRead]:
    """Those of whom the reader is a member, and not of a whole town: each has an invitation of its own."""
    codes = {area for area in ctx.actor.areas_of(Role.COMMITTEE) if len(area) == COMMITTEE_CHARS}
    return [await places.get_area(code) for code in sorted(codes)]


def _invitation(ctx: RequestContext, committee_code: str) -> tuple[str, str]:
    """The address by which one applies to the committee, and its symbol as SVG."""
    from qr import links, render  # libraries for pictures, wanted on this page alone

    address = f"{ctx.settings.base_url}/volunteer/apply?committee={committee_code}"
    return address, render.svg(links.symbol_of(address))
