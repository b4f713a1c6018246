"""应急: what is on in one's areas and what was; whoever commands begins one here."""

import msgspec
from litestar import Response, get, post

from backend.accounts.permissions import Permission, areas_of
from backend.emergencies import modes, plans, queries
from backend.emergencies.structs import LEVELS, Beginning, EmergencyKind, PlanView
from backend.errors import AppError, BadRequest
from backend.geo.area_codes import TOWN_CHARS
from backend.places import queries as places
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, row_number, word, words

_READ = [requires(Permission.READ_DESK)]
_COMMAND = [requires(Permission.COMMAND_EMERGENCIES)]
_ROWS, _AREAS = 40, 200


@get("/emergencies", guards=_READ, include_in_schema=False)
async def show_emergencies(ctx: Ctx) -> Response:
    return await _page(ctx)


@post("/emergencies", guards=_COMMAND, include_in_schema=False)
async def begin_emergency(ctx: Ctx) -> Response:
    """启动: from the tap on limits, duty and people follow the plan."""
    form = await read_form(ctx)
    typed = {name: word(form, name, 30) for name in ("area_code", "level", "plan")} | {"reason": words(form, "reason")}
    try:
        emergency_id = await modes.begin(_beginning(typed), ctx.actor, ctx.now)
    except msgspec.ValidationError:
        return await _page(ctx, BadRequest("emergency-incomplete"), typed)
    except AppError as error:
        return await _page(ctx, error, typed)
    return base.see_other(f"/emergencies/{emergency_id}")


def _beginning(typed: dict[str, str]) -> Beginning:
    """A plan is named by its kind and its number; a kind alone goes by none."""
    kind, _, number = typed["plan"].partition("-")
    said = {name: typed[name] for name in ("area_code", "level", "reason")}
    plan_id = row_number({"plan": number}, "plan") if number else None
    return msgspec.convert(said | {"kind": kind, "plan_id": plan_id}, Beginning, strict=False)


async def _page(ctx: RequestContext, error: AppError | None = None, typed: dict[str, str] | None = None) -> Response:
    page = await base.page_of(ctx)
    own = areas_of(ctx.actor, Permission.COMMAND_EMERGENCIES)
    return base.html(
        "emergencies/list.html",
        page,
        status=error.status if error else 200,
        problem=base.problem_of(page, error, page.t("more.kept")) if error else None,
        found=await queries.list_emergencies(ctx.actor, _ROWS),
        areas=await places.list_names(own, [each[:TOWN_CHARS] for each in own], _AREAS) if own else [],
        plans=await _plans(own),
        kinds=list(EmergencyKind),
        levels=LEVELS,
        typed=typed or {"area_code": "", "level": "3", "plan": "", "reason": ""},
    )


async def _plans(own: list[str]) -> list[PlanView]:
    """Of the nearest of one's areas; another area's is refused when it is sent."""
    return await plans.list_plans(max(own, key=len)) if own else []
