"""Routes as pages: those of a committee, and the form of one, a place on each line."""

from dataclasses import dataclass

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.calendars.rules import shanghai_date
from backend.committees.duty_list import queries as duty_list
from backend.committees.patrols import route_reads, routes, rules
from backend.committees.patrols.errors import PatrolNotAllowed, PatrolRouteTooLong, PlaceLinesRefused
from backend.committees.patrols.structs import RouteDraft, RouteView
from backend.errors import AppError
from backend.geo.area_codes import COMMITTEE_CHARS, TOWN_CHARS
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.routes.pages.patrols import committees
from backend.words import PLACE_LINES, fitting
from qr import runtime
from qr.place_lines import resolve

_NAME_MOST = 60


@dataclass(frozen=True, slots=True)
class RouteForm:
    """A route as it stands in its form."""

    committee_code: str
    template_id: int | None = None
    name: str = ""
    lines: str = ""
    is_on: bool = True
    route_id: int | None = None


@get("/patrols/routes", guards=[signed_in], include_in_schema=False)
async def show_routes(ctx: Ctx) -> Response:
    page, known = await base.page_of(ctx), await committees.list_committees(ctx.actor, rules.KEEPERS)
    if not known:
        raise PatrolNotAllowed
    code = committees.selected(ctx, known)
    found = await route_reads.list_routes(code, ctx.actor, shanghai_date(ctx.now)) if code else []
    done = ctx.request.query_params.get("done") == "1"
    return base.html("patrols/routes.html", page, committees=known, code=code, routes=found, done=done)


@get("/patrols/routes/new", guards=[signed_in], include_in_schema=False)
async def new_route(ctx: Ctx) -> Response:
    code = ctx.request.query_params.get("committee", "")[:COMMITTEE_CHARS]
    return await _form(ctx, RouteForm(code))


@get("/patrols/routes/{route_id:int}", guards=[signed_in], include_in_schema=False)
async def show_route(ctx: Ctx, route_id: FromPath[int]) -> Response:
    route = await route_reads.get_route(route_id, ctx.actor, shanghai_date(ctx.now))
    return await _form(ctx, await _form_of(route))


@post("/patrols/routes", guards=[signed_in], include_in_schema=False)
async def set_route(ctx: Ctx) -> Response:
    draft = _read(await read_form(ctx), None)
    try:
        await routes.set_route(await _draft(draft), ctx.actor, ctx.now)
    except AppError as error:
        return await _form(ctx, draft, error)
    return base.see_other(f"/patrols/routes?committee={draft.committee_code}&done=1")


@post("/patrols/routes/{route_id:int}", guards=[signed_in], include_in_schema=False)
async def change_route(ctx: Ctx, route_id: FromPath[int]) -> Response:
    draft = _read(await read_form(ctx), route_id)
    try:
        await routes.change_route(route_id, await _draft(draft), ctx.actor, ctx.now)
    except AppError as error:
        return await _form(ctx, draft, error)
    return base.see_other(f"/patrols/routes?committee={draft.committee_code}&done=1")


def _read(form: FormMultiDict, route_id: int | None) -> RouteForm:
    template = word(form, "template", 18)
    return RouteForm(
        committee_code=word(form, "committee", COMMITTEE_CHARS),
        template_id=int(template) if template.isascii() and template.isdecimal() else None,
        name=words(form, "name"),
        lines=words(form, "lines"),
        is_on=word(form, "is_on") == "1",
        route_id=route_id,
    )


async def _draft(form: RouteForm) -> RouteDraft:
    """Raises PlaceLinesRefused, PatrolRouteTooLong, WordsTooLong."""
    text = fitting(form.lines, PLACE_LINES, "lines")
    lines = {number: line for number, each in enumerate(text.splitlines(), start=1) if (line := each.strip())}
    if len(lines) > rules.STOPS_MOST:
        raise PatrolRouteTooLong(rules.STOPS_MOST)
    found = await resolve(lines, form.committee_code, runtime.current_runtime().payload.parse)
    if found.refused:
        raise PlaceLinesRefused(found.refused)
    return RouteDraft(
        committee_code=form.committee_code,
        template_id=form.template_id or 0,
        name=fitting(form.name, _NAME_MOST, "name"),
        place_ids=[found.places[number] for number in sorted(found.places)],
        is_on=form.is_on,
    )


async def _form_of(route: RouteView) -> RouteForm:
    places = await route_reads.list_places(route.id)
    lines = "\n".join(line for _, line in places)
    return RouteForm(route.committee_code, route.template_id, route.name, lines, route.is_on, route.id)


async def _form(ctx: RequestContext, form: RouteForm, error: AppError | None = None) -> Response:
    """The form, with what was refused of it. Raises PatrolNotAllowed."""
    if not rules.may_keep_routes(ctx.actor, form.committee_code) or len(form.committee_code) != COMMITTEE_CHARS:
        raise PatrolNotAllowed
    page = await base.page_of(ctx)
    templates = [each for each in await duty_list.list_templates(form.committee_code[:TOWN_CHARS]) if each.is_open]
    problem = base.problem_of(page, error, stored=page.t("more.kept"), then=page.t("more.again")) if error else None
    status = error.status if error else 200
    return base.html("patrols/route.html", page, status=status, form=form, templates=templates, problem=problem)
