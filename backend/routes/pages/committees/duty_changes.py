"""清单审批: what committees ask for, as a list and one by one, and the forms that decide or take back."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.accounts.permissions import Permission, may_within
from backend.accounts.structs import Actor
from backend.calendars import schedules
from backend.calendars.rules import shanghai_date
from backend.committees.changes import queries, service
from backend.committees.changes.structs import DutyChangeGrant, DutyChangeRead, DutyChangeRefusal, DutyChangeState
from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.committees.overview import area_in
from backend.routes.pages.forms import read_form, word, words
from backend.structs import Page
from backend.web.views.duty_lines import day_in_words
from backend.web.views.page import PageContext
from backend.web.views.schedules import in_words

_READ = [requires(Permission.READ_OVERVIEW)]
_ROWS = 30
_CURSOR_CHARS = 200
_DECIDED = (DutyChangeState.GRANTED, DutyChangeState.REFUSED, DutyChangeState.WITHDRAWN)


@get("/duty-changes", guards=_READ, include_in_schema=False)
async def show_changes(ctx: Ctx) -> Response:
    page, query = await base.page_of(ctx), ctx.request.query_params
    tab, decided = "all" if query.get("tab") == "all" else "open", query.get("done", "")
    return base.html(
        "committees/duty_changes.html",
        page,
        found=await _found(ctx, tab),
        open_count=await queries.count_open(ctx.actor),
        tab=tab,
        area=area_in(query.get("area")) or "",
        decided=decided if decided in _DECIDED else "",
        in_words=lambda rrule: in_words(page, rrule),
    )


async def _found(ctx: RequestContext, tab: str) -> Page[DutyChangeRead]:
    query = ctx.request.query_params
    return await queries.list_changes(
        ctx.actor,
        area_code=area_in(query.get("area")) or "",
        state=DutyChangeState.OPEN if tab == "open" else None,
        limit=_ROWS,
        cursor=word(query, "cursor", _CURSOR_CHARS) or None,
    )


@get("/duty-changes/{change_id:int}", guards=_READ, include_in_schema=False)
async def show_change(ctx: Ctx, change_id: Id) -> Response:
    return await _change(ctx, change_id)


@post("/duty-changes/{change_id:int}", guards=_READ, include_in_schema=False)
async def decide(ctx: Ctx, change_id: Id) -> Response:
    """To what waits when it was decided; else the request again, with what stood in the way."""
    form = await read_form(ctx)
    typed = {"valid_from": word(form, "valid_from", 10), "refusal": words(form, "refusal")}
    try:
        change = await _decided(ctx, change_id, form, typed)
    except AppError as error:
        if error.status in (401, 404):
            raise
        return await _change(ctx, change_id, error, typed)
    return base.see_other(f"/duty-changes?done={change.state}")


async def _decided(ctx: RequestContext, change_id: int, form: FormMultiDict, typed: dict[str, str]) -> DutyChangeRead:
    """Raises BadRequest where the form says none of the three, or a day or reason that cannot be read."""
    try:
        match word(form, "decision", 10):
            case "grant":
                said = {"valid_from": typed["valid_from"] or None}
                return await service.grant(change_id, msgspec.convert(said, DutyChangeGrant), ctx.actor, ctx.now)
            case "refuse":
                refusal = msgspec.convert({"reason": typed["refusal"]}, DutyChangeRefusal)
                return await service.refuse(change_id, refusal.reason, ctx.actor, ctx.now)
            case "withdraw":
                return await service.withdraw(change_id, ctx.actor, ctx.now)
    except msgspec.ValidationError as error:
        raise BadRequest("duty-change-incomplete") from error
    raise BadRequest("duty-change-incomplete")


async def _change(
    ctx: RequestContext, change_id: int, error: AppError | None = None, typed: dict[str, str] | None = None
) -> Response:
    change, page = await queries.get_change(change_id, ctx.actor), await base.page_of(ctx)
    return base.html(
        "committees/duty_change.html",
        page,
        status=error.status if error else 200,
        change=change,
        in_words=lambda rrule: in_words(page, rrule),
        days=_days(page, change),
        problem=base.problem_of(page, error) if error else None,
        typed=typed or {"valid_from": "", "refusal": ""},
        today=shanghai_date(ctx.now),
        **_rights(ctx.actor, change),
    )


def _rights(actor: Actor, change: DutyChangeRead) -> dict[str, Any]:
    is_open, code = change.state is DutyChangeState.OPEN, change.committee_code
    is_own = change.requested_by_id == actor.account_id
    decides = may_within(actor, Permission.DECIDE_DUTY_CHANGES, code)
    return {
        "may_decide": is_open and decides and not is_own,
        "is_own_to_decide": is_open and decides and is_own,
        "may_withdraw": is_open and may_within(actor, Permission.REQUEST_DUTY_CHANGES, code),
    }


def _days(page: PageContext, change: DutyChangeRead) -> list[str]:
    """The first days of what is asked for, so that whoever decides sees what it comes to."""
    found = schedules.next_days(change.rrule, change.starts_on, change.valid_from, 5)
    return [day_in_words(page, day) for day in found]
