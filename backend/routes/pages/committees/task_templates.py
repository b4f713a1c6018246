"""任务库: the tasks of a town's dictionary as a page, and the forms that add one and lay one down on lists."""

from typing import Any

import msgspec
from litestar import Response, get, post

from backend.accounts.permissions import Permission, areas_of, may_within
from backend.accounts.structs import Actor
from backend.committees.duty_list import queries
from backend.committees.duty_list import service as duty_list
from backend.committees.duty_list.errors import NotTheTown
from backend.committees.duty_list.inputs import LayDown, TaskTemplateDraft
from backend.committees.duty_list.structs import TaskKind, TaskTemplateRead
from backend.errors import AppError, BadRequest
from backend.geo.area_codes import COMMITTEE_CHARS, TOWN_CHARS
from backend.items import queries as items
from backend.places import queries as places
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.committees.overview import area_in
from backend.routes.pages.committees.schedule_form import read_schedule
from backend.routes.pages.forms import read_form, word, words
from backend.web.views.item_choices import categories
from backend.web.views.schedules import ScheduleFields, in_words

_DECIDE = [requires(Permission.DECIDE_DUTY_CHANGES)]
_COMMITTEES_MOST = 300
_TYPED = ("code", "kind", "item", "expected_min")


@get("/task-templates", guards=_DECIDE, include_in_schema=False)
async def show_templates(ctx: Ctx) -> Response:
    return await _templates(ctx)


@post("/task-templates", guards=_DECIDE, include_in_schema=False)
async def set_template(ctx: Ctx) -> Response:
    """Add a task, or change the one with its code; the page again with what was typed where it is refused."""
    form, town = await read_form(ctx), _town(ctx)
    typed = {name: word(form, name, 40) for name in _TYPED} | {n: words(form, n) for n in ("name_zh", "name_en")}
    fields = read_schedule(form)
    try:
        await duty_list.set_template(town, _draft(typed, fields), ctx.actor, ctx.now)
    except AppError as error:
        return await _templates(ctx, error, typed, fields)
    return base.see_other(f"/task-templates?town={town}&done=set")


@post("/task-templates/standard", guards=_DECIDE, include_in_schema=False)
async def load_standard(ctx: Ctx) -> Response:
    town = _town(ctx)
    await duty_list.load_standard(town, ctx.actor, ctx.now)
    return base.see_other(f"/task-templates?town={town}&done=set")


@post("/task-templates/{template_id:int}", guards=_DECIDE, include_in_schema=False)
async def change_template(ctx: Ctx, template_id: Id) -> Response:
    """下达 to the committees that were ticked, or open and close the task."""
    form, town = await read_form(ctx), _town(ctx)
    try:
        done = await _change(ctx, town, template_id, word(form, "act", 10), form.getall("committee", []))
    except AppError as error:
        return await _templates(ctx, error)
    return base.see_other(f"/task-templates?town={town}&done={done}")


async def _change(ctx: RequestContext, town: str, template_id: int, act: str, committees: list[Any]) -> str:
    if act == "lay_down":
        try:
            order = msgspec.convert({"template_id": template_id, "committee_codes": committees}, LayDown)
        except msgspec.ValidationError as error:
            raise BadRequest("committees-not-ticked") from error
        await duty_list.lay_down(town, order, ctx.actor, ctx.now)
        return "laid_down"
    template = await queries.find_template(template_id)
    if template is not None and template.area_code == town:
        await duty_list.set_template(town, _reopened(template, is_open=act == "open"), ctx.actor, ctx.now)
    return "set"


def _reopened(template: TaskTemplateRead, *, is_open: bool) -> TaskTemplateDraft:
    names = ("code", "kind", "name_zh", "name_en", "default_rrule", "item", "expected_min")
    return TaskTemplateDraft(**{name: getattr(template, name) for name in names}, is_open=is_open)


def _draft(typed: dict[str, str], fields: ScheduleFields) -> TaskTemplateDraft:
    said: dict[str, Any] = {name: value for name, value in typed.items() if value}
    try:
        return msgspec.convert({**said, "default_rrule": fields.rrule()}, TaskTemplateDraft, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest("task-template-incomplete") from error


async def _templates(
    ctx: RequestContext,
    error: AppError | None = None,
    typed: dict[str, str] | None = None,
    fields: ScheduleFields | None = None,
) -> Response:
    town, page = _town(ctx), await base.page_of(ctx)
    areas = await places.list_names([town], [town], _COMMITTEES_MOST)
    done = ctx.request.query_params.get("done", "")
    return base.html(
        "committees/task_templates.html",
        page,
        status=error.status if error else 200,
        town=town,
        templates=await queries.list_templates(town),
        committees=[area for area in areas if len(area.code) == COMMITTEE_CHARS],
        categories=categories(await items.list_items()),
        kinds=list(TaskKind),
        fields=fields or ScheduleFields(),
        typed=typed or dict.fromkeys((*_TYPED, "name_zh", "name_en"), ""),
        in_words=lambda rrule: in_words(page, rrule),
        done=done if done in ("set", "laid_down") else "",
        problem=base.problem_of(page, error) if error else None,
    )


def _town(ctx: RequestContext) -> str:
    """The town of the address, else the reader's first. Raises NotTheTown."""
    town = area_in(ctx.request.query_params.get("town")) or next(iter(_towns(ctx.actor)), "")
    if len(town) != TOWN_CHARS or not may_within(ctx.actor, Permission.DECIDE_DUTY_CHANGES, town):
        raise NotTheTown
    return town


def _towns(actor: Actor) -> list[str]:
    return [area for area in areas_of(actor, Permission.DECIDE_DUTY_CHANGES) if len(area) == TOWN_CHARS]
