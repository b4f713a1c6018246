"""责任清单 of a committee as pages: the list, one task with its versions, and the form that asks for a change."""

from datetime import date
from typing import Any
from uuid import uuid4

import msgspec
from litestar import Response, get, post

from backend.accounts.permissions import Permission, may_within
from backend.calendars.rules import shanghai_date
from backend.committees.changes import queries as changes
from backend.committees.changes import service
from backend.committees.changes.lines import in_force, view_list
from backend.committees.changes.structs import DutyChangeDraft, DutyChangeKind
from backend.committees.duty_list import queries
from backend.committees.duty_list.errors import CommitteeNotSeen, TemplateUnknown
from backend.committees.overview import queries as overviews
from backend.errors import AppError, BadRequest
from backend.geo.area_codes import COMMITTEE_CHARS, TOWN_CHARS
from backend.routes.actions.area_names import name_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.committees.overview import area_in
from backend.routes.pages.committees.schedule_form import read_schedule
from backend.routes.pages.forms import read_form, read_key, word, words
from backend.web.views.duty_lines import shown_line
from backend.web.views.page import PageContext
from backend.web.views.schedules import ScheduleFields, fields_of, in_words

_READ = [requires(Permission.READ_OVERVIEW)]
_KEY_CHARS = 80


@get("/committee/duty-list", guards=_READ, include_in_schema=False)
async def show_duty_list(ctx: Ctx) -> Response:
    area, page = _committee(ctx), await base.page_of(ctx)
    is_sent = "sent" in ctx.request.query_params
    may_request = may_within(ctx.actor, Permission.REQUEST_DUTY_CHANGES, area)
    facts = await _list(page, area, shanghai_date(ctx.now))
    return base.html("committees/duty_list.html", page, area=area, is_sent=is_sent, may_request=may_request, **facts)


@get("/committee/duty-list/{template_id:int}", guards=_READ, include_in_schema=False)
async def show_task(ctx: Ctx, template_id: Id) -> Response:
    return await _task(ctx, template_id)


@post("/committee/duty-list/{template_id:int}", guards=_READ, include_in_schema=False)
async def request_change(ctx: Ctx, template_id: Id) -> Response:
    """To the list when it went out; else the form again, with what was written and what stood in its way."""
    area, form = _committee(ctx), await read_form(ctx)
    typed = {name: word(form, name, 40) for name in ("kind", "valid_from")} | {"reason": words(form, "reason")}
    fields = read_schedule(form)
    try:
        draft = _draft(template_id, typed, fields)
        await service.request_change(area, draft, ctx.actor, ctx.now, read_key(form, "key", _KEY_CHARS))
    except AppError as error:
        return await _task(ctx, template_id, error, typed, fields)
    return base.see_other(f"/committee/duty-list?area={area}&sent=1")


async def _list(page: PageContext, area: str, today: date) -> dict[str, Any]:
    view = await view_list(area, today)
    there = {line.entry.template_id for line in view.lines} | {change.template_id for change in view.waiting}
    templates = await queries.list_templates(area[:TOWN_CHARS])
    return {
        "name": await name_of(area),
        "lines": [shown_line(page, line, today) for line in view.lines],
        "waiting": [each for each in view.waiting if each.kind is DutyChangeKind.ADD],
        "addable": [each for each in templates if each.is_open and each.id not in there],
        **_worded(page),
    }


def _draft(template_id: int, typed: dict[str, str], fields: ScheduleFields) -> DutyChangeDraft:
    """Raises BadRequest when no reason was given, or no kind or day can be read."""
    with_schedule = typed["kind"] in (DutyChangeKind.FREQUENCY, DutyChangeKind.ADD)
    said: dict[str, Any] = {"template_id": template_id, "kind": typed["kind"], "reason": typed["reason"]}
    said |= {"rrule": fields.rrule()} if with_schedule else {}
    said |= {"valid_from": typed["valid_from"]} if typed["valid_from"] else {}
    try:
        return msgspec.convert(said, DutyChangeDraft)
    except msgspec.ValidationError as error:
        raise BadRequest("duty-change-incomplete") from error


async def _task(
    ctx: RequestContext,
    template_id: int,
    error: AppError | None = None,
    typed: dict[str, str] | None = None,
    fields: ScheduleFields | None = None,
) -> Response:
    area, page, today = _committee(ctx), await base.page_of(ctx), shanghai_date(ctx.now)
    task = await queries.find_template(template_id)
    if task is None or not area.startswith(task.area_code):
        raise TemplateUnknown
    versions = await queries.list_versions(area, template_id)
    waiting = {change.template_id: change.id for change in await changes.list_open(area)}
    return base.html(
        "committees/task.html",
        page,
        status=error.status if error else 200,
        area=area,
        name=await name_of(area),
        task=task,
        versions=versions,
        entry=in_force(versions, today),
        latest=versions[0] if versions else None,
        change_id=waiting.get(template_id),
        fields=fields or fields_of(versions[0].rrule if versions else task.default_rrule),
        typed=typed or {"kind": "", "valid_from": "", "reason": ""},
        problem=base.problem_of(page, error) if error else None,
        may_request=may_within(ctx.actor, Permission.REQUEST_DUTY_CHANGES, area),
        key=str(uuid4()),
        today=today,
        **_worded(page),
    )


def _worded(page: PageContext) -> dict[str, Any]:
    return {"in_words": lambda rrule: in_words(page, rrule), "kinds": list(DutyChangeKind)}


def _committee(ctx: RequestContext) -> str:
    """The committee of the address, else the reader's own. Raises OverviewMissing, CommitteeNotSeen."""
    area = overviews.require_area(ctx.actor, area_in(ctx.request.query_params.get("area")), COMMITTEE_CHARS)
    if len(area) != COMMITTEE_CHARS:
        raise CommitteeNotSeen(committee=area)
    return area
