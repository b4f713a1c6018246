"""评效申诉: made by whoever's figure it is, decided by somebody else at the centre, read by both."""

from collections.abc import Mapping

import msgspec
from litestar import Response, get, post

from backend.accounts.permissions import Permission
from backend.errors import AppError
from backend.evaluation.access import may_decide
from backend.evaluation.appeals import asking, cases, deciding, reads
from backend.evaluation.appeals.structs import AppealDraft, AppealedCase, AppealState
from backend.evaluation.errors import AppealIncomplete, CaseNotCounted
from backend.items import queries as items
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires, signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words

_FIELDS = ("reason", "evidence")


@get("/evaluation/appeals", guards=[requires(Permission.DECIDE_SCORE_APPEALS)], include_in_schema=False)
async def show_appeals(ctx: Ctx) -> Response:
    page = await base.page_of(ctx)
    return base.html("evaluation/appeals.html", page, appeals=await reads.list_for_centre(ctx.actor))


@get("/evaluation/appeals/new", guards=[signed_in], include_in_schema=False)
async def show_new_appeal(ctx: Ctx) -> Response:
    return await _new(ctx, _named(ctx.request.query_params), dict.fromkeys(_FIELDS, ""))


@post("/evaluation/appeals", guards=[signed_in], include_in_schema=False)
async def make_appeal(ctx: Ctx) -> Response:
    """The form again with what was typed where it is refused."""
    form = await read_form(ctx)
    named = _named({name: word(form, name, 40) for name in ("order", "measure", "of")})
    typed = {name: words(form, name) for name in _FIELDS}
    try:
        appeal_id = await asking.appeal(named, _draft(typed), ctx.actor, ctx.now)
    except CaseNotCounted:
        raise
    except AppError as error:
        return await _new(ctx, named, typed, error)
    return base.see_other(f"/evaluation/appeals/{appeal_id}?done=appealed")


@get("/evaluation/appeals/{appeal_id:int}", guards=[signed_in], include_in_schema=False)
async def show_appeal(ctx: Ctx, appeal_id: Id) -> Response:
    return await _page(ctx, appeal_id)


@post("/evaluation/appeals/{appeal_id:int}/decide", guards=[signed_in], include_in_schema=False)
async def decide_appeal(ctx: Ctx, appeal_id: Id) -> Response:
    form = await read_form(ctx)
    typed = words(form, "decision")
    try:
        state = _state(word(form, "state", 10))
        await deciding.decide(appeal_id, state, typed, ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, appeal_id, error, typed)
    return base.see_other(f"/evaluation/appeals/{appeal_id}?done={state}")


def _named(said: Mapping[str, str]) -> AppealedCase:
    """Raises CaseNotCounted for what names no case."""
    fields = {"order_id": said.get("order", ""), "measure": said.get("measure", ""), "kind": said.get("of", "")}
    try:
        return msgspec.convert(fields, AppealedCase, strict=False)
    except msgspec.ValidationError as error:
        raise CaseNotCounted from error


def _draft(typed: Mapping[str, str]) -> AppealDraft:
    """Raises AppealIncomplete, WordsTooLong."""
    if missing := next((name for name in _FIELDS if not typed[name]), ""):
        raise AppealIncomplete(field=missing)
    return msgspec.convert(dict(typed), AppealDraft)


def _state(said: str) -> AppealState:
    """Raises AppealIncomplete where nothing is decided."""
    if said not in (AppealState.GRANTED, AppealState.REFUSED):
        raise AppealIncomplete(field="state")
    return AppealState(said)


async def _new(
    ctx: RequestContext, named: AppealedCase, typed: Mapping[str, str], error: AppError | None = None
) -> Response:
    """Raises CaseNotCounted."""
    page, case = await base.page_of(ctx), await cases.find_case(named, ctx.actor, ctx.now)
    return base.html(
        "evaluation/new_appeal.html",
        page,
        status=error.status if error else 200,
        named=named,
        case=case,
        item=await _item(case.item_code),
        typed=typed,
        problem=base.problem_of(page, error) if error else None,
        earlier=error.extra.get("appeal_id") if error else None,
    )


async def _page(ctx: RequestContext, appeal_id: int, error: AppError | None = None, typed: str = "") -> Response:
    """Raises AppealUnknown."""
    page, appeal = await base.page_of(ctx), await reads.get_appeal(appeal_id, ctx.actor)
    done = ctx.request.query_params.get("done")
    return base.html(
        "evaluation/appeal.html",
        page,
        status=error.status if error else 200,
        appeal=appeal,
        item=await _item(appeal.item_code),
        decides=may_decide(ctx.actor, appeal.area_code) and appeal.asked_by_id != ctx.actor.account_id,
        done=done if done in ("appealed", *AppealState) else "",
        typed=typed,
        problem=base.problem_of(page, error) if error else None,
    )


async def _item(code: str) -> tuple[str, str]:
    return (await items.list_names()).get(code, (code, code))
