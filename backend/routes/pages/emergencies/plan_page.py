"""One plan as a form: its limits rule by rule, duty list, campaigns that start with it; and who changed what."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.accounts.permissions import Permission, areas_of
from backend.campaigns.templates import list_templates
from backend.emergencies import changes, plans, rights
from backend.emergencies.errors import PreparationUnknown
from backend.emergencies.plans import PlanDraft
from backend.emergencies.structs import EmergencyKind
from backend.errors import AppError, BadRequest
from backend.places import queries as places
from backend.places.structs import AreaName
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.emergencies import clock_fields
from backend.routes.pages.emergencies.preparations import COMMAND, READ
from backend.routes.pages.forms import read_form, row_number, word, words
from backend.structs import Read

NEW, _AREAS_MOST, _TOWN_CHARS = "new", 200, 9
_DIGITS = 18


class PlanTyped(Read, frozen=True, kw_only=True):
    """The form as it was typed; numbers as they were written."""

    area: str = ""
    code: str = ""
    kind: str = EmergencyKind.FLOOD.value
    name_zh: str = ""
    name_en: str = ""
    roster: str = ""
    warn: str = "24"
    campaigns: list[str] = []
    is_on: bool = True
    clocks: list[dict[str, Any]] = []
    seen: int = 0


@get("/emergencies/plans/{key:str}", guards=READ, include_in_schema=False)
async def show_plan(ctx: Ctx, key: FromPath[str]) -> Response:
    """`key`: its number, or `new`, perhaps out of the plan `from`."""
    said = key if key != NEW else ctx.request.query_params.get("from", "")
    plan_id = number_of(said) if key != NEW or said else None
    typed = PlanTyped(clocks=[clock_fields.EMPTY])
    if plan_id is not None:
        typed = _typed_of(*await plans.get_draft(plan_id, ctx.actor))
    if key == NEW:
        return await _page(ctx, None, msgspec.structs.replace(typed, area="", seen=0))
    last = await changes.list_changes(plan_id=plan_id)
    return await _page(ctx, plan_id, msgspec.structs.replace(typed, seen=last[0].id if last else 0))


@post("/emergencies/plans/{key:str}", guards=COMMAND, include_in_schema=False)
async def save_plan(ctx: Ctx, key: FromPath[str]) -> Response:
    plan_id = number_of(key) if key != NEW else None
    typed = _typed(await read_form(ctx))
    if plan_id is not None:
        area, known = await plans.get_draft(plan_id, ctx.actor)
        typed = msgspec.structs.replace(typed, area=area, code=known.code)
    try:
        await plans.save(typed.area, plan_id, _draft(typed), typed.seen, ctx.actor, ctx.now)
    except PreparationUnknown:
        raise
    except AppError as error:
        return await _page(ctx, plan_id, typed, error)
    return base.see_other("/emergencies/plans?done=saved")


def number_of(said: str) -> int:
    """Raises PreparationUnknown for what is no number of a row."""
    if not (said.isascii() and said.isdecimal() and len(said) <= _DIGITS):
        raise PreparationUnknown
    return int(said)


def _typed(form: FormMultiDict) -> PlanTyped:
    return PlanTyped(
        area=word(form, "area", 9),
        code=word(form, "code", 40),
        kind=word(form, "kind", 12),
        name_zh=words(form, "name_zh"),
        name_en=words(form, "name_en"),
        roster=word(form, "roster", 20),
        warn=word(form, "warn", 5),
        campaigns=[str(each)[:40] for each in form.getall("campaigns", [])],
        is_on=word(form, "is_on", 1) == "1",
        clocks=clock_fields.typed_in(form),
        seen=row_number(form, "seen"),
    )


def _typed_of(area: str, plan: PlanDraft) -> PlanTyped:
    named = {name: getattr(plan, name) for name in ("code", "name_zh", "name_en", "roster", "campaigns", "is_on")}
    clocks = [clock_fields.typed_of(rule) for rule in plan.clocks]
    return PlanTyped(area=area, kind=plan.kind.value, warn=str(plan.warn_after_hours), clocks=clocks, **named)


def _draft(typed: PlanTyped) -> PlanDraft:
    """Raises BadRequest for what cannot be read."""
    said = {name: getattr(typed, name) for name in ("code", "kind", "name_zh", "name_en", "roster", "is_on")}
    said |= {"campaigns": list(dict.fromkeys(typed.campaigns)), "warn_after_hours": typed.warn}
    try:
        return msgspec.convert(said | {"clocks": clock_fields.rules_of(typed.clocks)}, PlanDraft, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest("preparation-unreadable") from error


async def _page(ctx: RequestContext, plan_id: int | None, typed: PlanTyped, error: AppError | None = None) -> Response:
    page = await base.page_of(ctx)
    templates = {each.code: page.pick(each.name_zh, each.name_en) for each in list_templates()}
    return base.html(
        "emergencies/plan.html",
        page,
        status=error.status if error else 200,
        plan_id=plan_id,
        typed=typed,
        areas=await areas_to_prepare(ctx, _TOWN_CHARS) if plan_id is None else [],
        may_edit=plan_id is None or rights.may_command(ctx.actor, typed.area),
        kinds=list(EmergencyKind),
        templates=templates | {code: code for code in typed.campaigns if code not in templates},
        rows=clock_fields.shown(typed.clocks),
        changed=await changes.list_changes(plan_id=plan_id) if plan_id is not None else [],
        problem=base.problem_of(page, error, page.t("more.kept")) if error else None,
    )


async def areas_to_prepare(ctx: RequestContext, chars_most: int) -> list[AreaName]:
    """The areas for which the reader prepares something, and those within them."""
    own = areas_of(ctx.actor, Permission.COMMAND_EMERGENCIES)
    named = await places.list_names(own, [each[:_TOWN_CHARS] for each in own], _AREAS_MOST) if own else []
    return [each for each in named if 6 <= len(each.code) <= chars_most and rights.may_command(ctx.actor, each.code)]
