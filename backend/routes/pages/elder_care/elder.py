"""One elder: number, rhythm and visits for who may know; who it is and where after a press that is written down."""

from collections.abc import Awaitable
from datetime import date
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from backend.accounts import queries as accounts
from backend.accounts.structs import Role
from backend.calendars.rules import shanghai_date
from backend.elder_care import access, pausing, queries, register, rules, visiting
from backend.elder_care.errors import PauseUnfit
from backend.elder_care.rules import Consent, Risk, VisitWay
from backend.elder_care.structs import ElderView, PersonalData
from backend.errors import AppError, BadRequest
from backend.intake.sensors import queries as sensors
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.elder_care.day import TypedElder, read_draft, typed_elder
from backend.routes.pages.forms import read_form, row_number, word

_DONE = ("added", "renewed", "assigned", "relieved", "paused", "resumed")


@get("/elders/{elder_id:int}", guards=[signed_in], include_in_schema=False)
async def show_elder(ctx: Ctx, elder_id: Id) -> Response:
    return await _page(ctx, elder_id)


@post("/elders/{elder_id:int}/open", guards=[signed_in], include_in_schema=False)
async def open_elder(ctx: Ctx, elder_id: Id) -> Response:
    """Name, door and phones, for this one answer."""
    try:
        data = await register.open_data(elder_id, ctx.actor, seal=ctx.runtime.personal_seal, now=ctx.now)
    except AppError as error:
        return await _page(ctx, elder_id, error)
    return await _page(ctx, elder_id, data=data)


@post("/elders/{elder_id:int}/entry", guards=[signed_in], include_in_schema=False)
async def renew_elder(ctx: Ctx, elder_id: Id) -> Response:
    typed = typed_elder(await read_form(ctx))
    try:
        await register.renew(elder_id, read_draft(typed), ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, elder_id, error, typed=typed)
    return base.see_other(f"/elders/{elder_id}?done=renewed")


@post("/elders/{elder_id:int}/visitors", guards=[signed_in], include_in_schema=False)
async def assign_visitor(ctx: Ctx, elder_id: Id) -> Response:
    account_id = row_number(await read_form(ctx), "account_id")
    return await _done(ctx, elder_id, register.assign(elder_id, account_id, ctx.actor, ctx.now), "assigned")


@post("/elders/{elder_id:int}/visitors/{account_id:int}/end", guards=[signed_in], include_in_schema=False)
async def relieve_visitor(ctx: Ctx, elder_id: Id, account_id: FromPath[int]) -> Response:
    return await _done(ctx, elder_id, register.relieve(elder_id, account_id, ctx.actor, ctx.now), "relieved")


@post("/elders/{elder_id:int}/pause", guards=[signed_in], include_in_schema=False)
async def pause_elder(ctx: Ctx, elder_id: Id) -> Response:
    """Until the day that is written; "resume" says that the elder is back."""
    form = await read_form(ctx)
    if word(form, "act", 10) == "resume":
        return await _done(ctx, elder_id, pausing.resume(elder_id, ctx.actor, ctx.now), "resumed")
    try:
        until = msgspec.convert(word(form, "until", 10), date)
    except msgspec.ValidationError:
        return await _page(ctx, elder_id, PauseUnfit())
    return await _done(ctx, elder_id, pausing.pause(elder_id, until, ctx.actor, ctx.now), "paused")


@post("/elders/{elder_id:int}/end", guards=[signed_in], include_in_schema=False)
async def end_elder(ctx: Ctx, elder_id: Id) -> Response:
    """Only with the box ticked that says what it means."""
    if word(await read_form(ctx), "sure", 5) != "1":
        return await _page(ctx, elder_id, BadRequest("elder-end-unsure"))
    try:
        await register.end(elder_id, ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, elder_id, error)
    return base.see_other("/elders?done=ended")


async def _done(ctx: RequestContext, elder_id: int, act: Awaitable[Any], what: str) -> Response:
    try:
        await act
    except AppError as error:
        return await _page(ctx, elder_id, error)
    return base.see_other(f"/elders/{elder_id}?done={what}")


def _values(elder: ElderView) -> dict[str, str]:
    names = ("label", "risk", "way", "every_days", "watch", "consent", "consent_on", "until")
    return {name: str(getattr(elder, name)) for name in names} | {"devices": " ".join(elder.devices)}


async def _page(
    ctx: RequestContext,
    elder_id: int,
    error: AppError | None = None,
    *,
    data: PersonalData | None = None,
    typed: TypedElder | None = None,
) -> Response:
    elder = await queries.get_elder(elder_id, ctx.actor)
    page, done, today = await base.page_of(ctx), ctx.request.query_params.get("done"), shanghai_date(ctx.now)
    keeps = access.keeps(ctx.actor, elder.area_code) and elder.ended_at is None
    people = await accounts.list_people_of(elder.area_code, [Role.COMMITTEE, Role.VOLUNTEER]) if keeps else {}
    return base.html(
        "elder_care/elder.html",
        page,
        status=error.status if error else 200,
        elder=elder,
        data=data,
        is_running=queries.is_running(elder, today),
        is_paused=rules.is_paused(elder.paused_until, today),
        today=today,
        pause_most=today + rules.PAUSE_MOST,
        visits=await queries.list_visits_of(elder_id),
        records=await visiting.list_records(elder_id, ctx.runtime.personal_seal if data else None),
        alarms=await sensors.list_of_home(elder.area_code, elder.watch, elder.devices),
        visitors=await queries.list_visitors(elder_id),
        openings=await queries.list_openings(elder_id) if keeps else [],
        people=[member for members in people.values() for member in members],
        keeps=keeps,
        choices={"risk": Risk, "way": VisitWay, "consent": Consent},
        typed=typed or TypedElder("", _values(elder)),
        is_renewing=typed is not None,
        is_pausing=isinstance(error, PauseUnfit),
        done=done if done in _DONE and not error else "",
        problem=base.problem_of(page, error, stored=page.t("ask.kept")) if error else None,
    )
