"""The register of lifts: what is due and late, one lift with its days, and the forms of those who keep it."""

from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.accounts import queries as accounts
from backend.calendars.rules import shanghai_date
from backend.errors import AppError, BadRequest, Forbidden
from backend.lifts import access, queries, register
from backend.lifts.errors import LiftDayUnfit
from backend.lifts.rules import INSPECTION_SOON
from backend.lifts.structs import LiftDraft, LiftView
from backend.routes.actions import scanning
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, row_number, word, words
from qr import queries as qr

_FIELDS = ("lift_no", "label", "maintenance_unit_id", "property_unit_id", "phone", "inspect_by", "maintained_on")
_DONE = ("added", "corrected", "maintained")
_TEXT_CHARS = 60


@dataclass(frozen=True, slots=True)
class TypedLift:
    """What stands in the form of a lift."""

    code: str = ""
    values: dict[str, str] = field(default_factory=dict)


@get("/lifts", guards=[signed_in], include_in_schema=False)
async def show_lifts(ctx: Ctx) -> Response:
    return await _list(ctx)


@post("/lifts", guards=[signed_in], include_in_schema=False)
async def add_lift(ctx: Ctx) -> Response:
    """A lift at the place of a code."""
    typed = _typed(await read_form(ctx))
    try:
        async with scanning.counting_misses(ctx, typed.code) as code:
            if code is None:
                raise BadRequest("lift-code-missing", field="code")
            place = await qr.get_place(code)
        lift_id = await register.add(place.id, _read(typed), ctx.actor, ctx.now)
    except AppError as error:
        return await _list(ctx, error, typed)
    return base.see_other(f"/lifts/{lift_id}?done=added")


@get("/lifts/{lift_id:int}", guards=[signed_in], include_in_schema=False)
async def show_lift(ctx: Ctx, lift_id: Id) -> Response:
    return await _page(ctx, lift_id)


@post("/lifts/{lift_id:int}/entry", guards=[signed_in], include_in_schema=False)
async def correct_lift(ctx: Ctx, lift_id: Id) -> Response:
    typed = _typed(await read_form(ctx))
    try:
        await register.correct(lift_id, _read(typed), ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, lift_id, error, typed)
    return base.see_other(f"/lifts/{lift_id}?done=corrected")


@post("/lifts/{lift_id:int}/maintenance", guards=[signed_in], include_in_schema=False)
async def note_lift_maintenance(ctx: Ctx, lift_id: Id) -> Response:
    """It was maintained today, or on the day that is written."""
    said = word(await read_form(ctx), "on", 10)
    try:
        on = msgspec.convert(said, date) if said else shanghai_date(ctx.now)
    except msgspec.ValidationError:
        return await _page(ctx, lift_id, LiftDayUnfit())
    return await _done(ctx, lift_id, register.note_maintenance(lift_id, on, ctx.actor, ctx.now), "maintained")


async def _done(ctx: RequestContext, lift_id: int, act: Awaitable[Any], what: str) -> Response:
    try:
        await act
    except AppError as error:
        return await _page(ctx, lift_id, error)
    return base.see_other(f"/lifts/{lift_id}?done={what}")


def _typed(form: FormMultiDict) -> TypedLift:
    names = (*_FIELDS, "maintain_days", "is_in_use")
    return TypedLift(word(form, "code"), {name: word(form, name, 100) for name in names})


def _read(typed: TypedLift) -> LiftDraft:
    """Raises BadRequest for what cannot be read."""
    said: dict[str, Any] = {name: value for name, value in typed.values.items() if value}
    said["is_in_use"] = typed.values.get("is_in_use") == "1"
    try:
        return msgspec.convert(said, LiftDraft, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest("lift-unreadable") from error


def _values(lift: LiftView) -> dict[str, str]:
    found = {name: getattr(lift, name) for name in (*_FIELDS, "maintain_days")}
    said = {name: "" if value is None else str(value) for name, value in found.items()}
    return said | {"is_in_use": "1" if lift.is_in_use else ""}


async def _list(ctx: RequestContext, error: AppError | None = None, typed: TypedLift | None = None) -> Response:
    """Raises Forbidden for whoever has nothing to do with lifts anywhere."""
    if not access.reads_some(ctx.actor):
        raise Forbidden
    page, today, query = await base.page_of(ctx), shanghai_date(ctx.now), ctx.request.query_params
    narrowed = {"due_only": query.get("tab") == "due", "text": words(query, "text")[:_TEXT_CHARS]}
    until, after = today + INSPECTION_SOON, row_number(query, "after")
    lifts = await queries.list_lifts(ctx.actor, today, until, **narrowed, after=after)
    own = ctx.actor.areas_of(*access.KEEPERS)
    return base.html(
        "lifts/list.html",
        page,
        status=error.status if error else 200,
        lifts=lifts,
        count=await queries.count_lifts(ctx.actor, today, until, **narrowed),
        next_after=lifts[-1].id if len(lifts) == queries.PAGE_ROWS else 0,
        today=today,
        **narrowed,
        keeps=bool(own),
        units=await accounts.list_units(own[0]) if own else [],
        typed=typed or TypedLift(word(query, "code"), {"is_in_use": "1", "maintain_days": "15"}),
        is_adding=typed is not None or "code" in query,
        problem=base.problem_of(page, error, stored=page.t("ask.kept")) if error else None,
    )


async def _page(
    ctx: RequestContext, lift_id: int, error: AppError | None = None, typed: TypedLift | None = None
) -> Response:
    lift = await queries.get_lift(lift_id, ctx.actor)
    page, today, done = await base.page_of(ctx), shanghai_date(ctx.now), ctx.request.query_params.get("done")
    keeps = access.keeps(ctx.actor, lift.area_code)
    return base.html(
        "lifts/lift.html",
        page,
        status=error.status if error else 200,
        lift=lift,
        code=(await qr.list_codes_of([lift.place_id])).get(lift.place_id),
        today=today,
        changes=await queries.list_changes(lift_id),
        keeps=keeps,
        notes_work=access.notes_work(ctx.actor, lift),
        units=await accounts.list_units(lift.area_code) if keeps else [],
        typed=typed or TypedLift("", _values(lift)),
        is_correcting=typed is not None,
        done=done if done in _DONE and not error else "",
        problem=base.problem_of(page, error, stored=page.t("ask.kept")) if error else None,
    )
