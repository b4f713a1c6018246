"""志愿者申请: apply to a committee by its link or by the code of a door in it, and see what became of it."""

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post

from backend.errors import AppError
from backend.orders.model.errors import KeyUsedBefore
from backend.places.structs import AreaRead
from backend.routes.actions.applications import applicant_of, find_committee, read_application
from backend.routes.http import quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import new_key, read_form, read_key, word
from grab_orders.people import applying, deciding, queries
from grab_orders.people.errors import CommitteeUnknown
from grab_orders.people.structs import Skill, VolunteerStatus

_TYPED = ("real_name", "id_number", "phone", "guardian_name", "guardian_phone", "own_codes", "username")
_LIVE = (VolunteerStatus.APPLIED, VolunteerStatus.APPROVED)


@get("/volunteer/apply", include_in_schema=False)
async def show_apply(ctx: Ctx) -> Response:
    query = ctx.request.query_params
    try:
        committee = await find_committee(ctx, query.get("committee", "")[:12], query.get("code", "")[:200])
    except AppError as error:
        return await _page(ctx, None, problem=error)
    return await _page(ctx, committee, is_sent="sent" in query)


@post("/volunteer/apply", include_in_schema=False)
async def send_application(ctx: Ctx) -> Response:
    form, committee = await read_form(ctx), None
    try:
        committee = await find_committee(ctx, word(form, "committee", 12), "")
        if committee is None:
            raise CommitteeUnknown
        await quotas.take_by_address(ctx, "application-address")
        draft = await read_application(ctx, form, committee.code, read_key(form, "key", 80) or new_key())
        await applying.apply(draft, applicant_of(ctx, form), ctx.runtime.personal_seal, ctx.now)
    except AppError as error:
        return await _page(ctx, committee, typed=form, problem=error)
    return base.see_other(f"/volunteer/apply?committee={committee.code}&sent=1")


@post("/volunteer/leave", guards=[signed_in], include_in_schema=False)
async def leave(ctx: Ctx) -> Response:
    await deciding.leave(ctx.actor, ctx.now)
    return base.see_other("/volunteer/apply?left=1")


async def _page(
    ctx: RequestContext,
    committee: AreaRead | None,
    *,
    typed: Mapping[str, Any] | None = None,
    problem: AppError | None = None,
    is_sent: bool = False,
) -> Response:
    page, visitor = await base.page_of(ctx), ctx.visitor
    is_named = visitor is not None and not visitor.is_device
    own = await queries.find_own(visitor.account_id, ctx.now) if visitor and is_named else None
    said = {name: word(typed, name, 200) for name in _TYPED} if typed else dict.fromkeys(_TYPED, "")
    return base.html(
        "volunteer/apply.html",
        page,
        status=problem.status if problem else 200,
        committee=committee,
        own=own,
        is_waiting=own is not None and own.status in _LIVE,
        is_named=is_named,
        is_sent=is_sent,
        has_left="left" in ctx.request.query_params,
        typed=said,
        ticked=_ticked(typed),
        skills=list(Skill),
        key=_key(typed, problem),
        problem=base.problem_of(page, problem) if problem else None,
    )


def _key(typed: Mapping[str, Any] | None, problem: AppError | None) -> str:
    """The key of the form that was sent, unless another application has it."""
    sent = word(typed, "key", 80) if typed and not isinstance(problem, KeyUsedBefore) else ""
    return sent or new_key()


def _ticked(typed: Any) -> set[str]:
    """Skills and consents that were ticked in a form that was refused."""
    if not typed:
        return set()
    boxes = {name for name in ("agrees", "guardian_agrees") if typed.get(name)}
    return boxes | {str(skill) for skill in typed.getall("skills", [])}
