"""政策: the street writes one, sees for whom it is and sends it; the people of shops read it, apply and ask."""

from datetime import date
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.calendars.rules import SHANGHAI
from backend.errors import AppError, BadRequest
from backend.routes.actions.area_names import names_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import new_key, read_form, read_key, word, words
from backend.web.views.page import PageContext
from backend.words import NOTE, fitting
from shops.policies import asking, audience, queries, service
from shops.policies.errors import PoliciesNotYours
from shops.policies.structs import PolicyDraft, PolicyState

_DONE = ("written", "sent", "withdrawn", "discarded", "applied", "asked")
_TITLE_CHARS = 100


@get("/policies", guards=[signed_in], include_in_schema=False)
async def show_policies(ctx: Ctx) -> Response:
    return await _staff_page(ctx)


@post("/policies", guards=[signed_in], include_in_schema=False)
async def write_policy(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    try:
        await service.write(_draft(form), ctx.actor, ctx.now)
    except AppError as error:
        return await _staff_page(ctx, error, form)
    return base.see_other("/policies?done=written")


@post("/policies/{policy_id:int}/send", guards=[signed_in], include_in_schema=False)
async def send_policy(ctx: Ctx, policy_id: Id) -> Response:
    try:
        await service.send(policy_id, ctx.actor, ctx.now)
    except AppError as error:
        return await _staff_page(ctx, error)
    return base.see_other("/policies?done=sent")


@post("/policies/{policy_id:int}/withdraw", guards=[signed_in], include_in_schema=False)
async def withdraw_policy(ctx: Ctx, policy_id: Id) -> Response:
    """A draft that is taken back is discarded."""
    was = (await queries.get_policy(policy_id)).state
    await service.withdraw(policy_id, ctx.actor, ctx.now)
    return base.see_other(f"/policies?done={'discarded' if was is PolicyState.DRAFT else 'withdrawn'}")


@get("/shop/policies", guards=[signed_in], include_in_schema=False)
async def show_received(ctx: Ctx) -> Response:
    """Whoever opens the list has read what stands in it."""
    return await _owner_page(ctx)


@post("/shop/policies/{policy_id:int}/{shop_id:int}", guards=[signed_in], include_in_schema=False)
async def act_on_policy(ctx: Ctx, policy_id: Id, shop_id: Id) -> Response:
    """Apply, or ask."""
    form = await read_form(ctx)
    try:
        if word(form, "act", 8) == "apply":
            await service.apply(policy_id, shop_id, ctx.actor, ctx.now)
            return base.see_other("/shop/policies?done=applied")
        await _ask(ctx, policy_id, shop_id, form)
    except AppError as error:
        return await _owner_page(ctx, error, words(form, "question"), (policy_id, shop_id))
    return base.see_other("/shop/policies?done=asked")


async def _ask(ctx: RequestContext, policy_id: int, shop_id: int, form: FormMultiDict) -> None:
    """Raises BadRequest where nothing is asked, WordsTooLong, PolicyNotFound."""
    question = fitting(words(form, "question"), NOTE, "question")
    if not question:
        raise BadRequest("policy-question-missing")
    key = read_key(form, "key", 80) or new_key()
    await asking.ask(policy_id, shop_id, question, ctx.actor, key=key, now=ctx.now)


def _draft(form: FormMultiDict) -> PolicyDraft:
    """Raises BadRequest for what is no policy, WordsTooLong."""
    typed = _typed(form)
    given = typed | {name: typed[name] or None for name in ("starts_on", "ends_on")}
    given |= {name: _number(typed[name]) for name in ("size_from_m2", "size_until_m2")}
    try:
        return msgspec.convert(given, PolicyDraft, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest("policy-incomplete") from error


def _typed(form: FormMultiDict) -> dict[str, Any]:
    """The fields as they were filled in, which the form shows again where it is refused."""
    return {
        "area_code": word(form, "area_code", 12),
        "title": word(form, "title", _TITLE_CHARS),
        "body": words(form, "body"),
        "starts_on": word(form, "starts_on", 10),
        "ends_on": word(form, "ends_on", 10),
        "trades": [str(each) for each in form.getall("trades", [])],
        "grades": [str(each) for each in form.getall("grades", [])],
        "size_from_m2": word(form, "size_from_m2", 6),
        "size_until_m2": word(form, "size_until_m2", 6),
    }


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() else None


async def _staff_page(
    ctx: RequestContext, error: AppError | None = None, typed: FormMultiDict | None = None
) -> Response:
    areas = service.areas_of(ctx.actor)
    if not areas:
        raise PoliciesNotYours
    page, found = await base.page_of(ctx), await queries.list_policies(areas)
    return base.html(
        "shops/policies.html",
        page,
        status=error.status if error else 200,
        policies=found,
        previews=await audience.preview([each.id for each in found if each.state == "draft"]),
        areas=areas,
        names=await names_of({*areas, *(each.area_code for each in found)}),
        today=_today(ctx),
        typed=_typed(typed or FormMultiDict({"starts_on": str(_today(ctx))})),
        **_said(ctx, page, error),
    )


async def _owner_page(
    ctx: RequestContext, error: AppError | None = None, question: str = "", question_about: tuple[int, int] = (0, 0)
) -> Response:
    """`question_about`: the policy and the shop of the question that was refused."""
    page, found = await base.page_of(ctx), await queries.list_received(ctx.actor.account_id)
    await service.read_all(ctx.actor, ctx.now)
    return base.html(
        "shops/received_policies.html",
        page,
        status=error.status if error else 200,
        policies=found,
        today=_today(ctx),
        key=new_key(),
        question=question,
        question_about=question_about,
        **_said(ctx, page, error),
    )


def _said(ctx: RequestContext, page: PageContext, error: AppError | None) -> dict[str, Any]:
    done = ctx.request.query_params.get("done", "")
    return {"done": done if done in _DONE else "", "problem": base.problem_of(page, error) if error else None}


def _today(ctx: RequestContext) -> date:
    return ctx.now.astimezone(SHANGHAI).date()
