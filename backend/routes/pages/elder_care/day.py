"""走访: the visits of today with what was found, the register of the committee, and what the street reads of it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.calendars.rules import shanghai_date
from backend.elder_care import access, queries, register, visiting
from backend.elder_care.rules import EVERY_DAYS, Consent, Risk, VisitOutcome, VisitWay
from backend.elder_care.structs import (
    LABEL_CHARS,
    ElderDraft,
    ElderView,
    PersonalData,
    RecordDraft,
    VisitCounts,
    VisitView,
)
from backend.errors import AppError, BadRequest, Forbidden
from backend.routes.actions import scanning
from backend.routes.actions.area_names import names_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import new_key, read_form, read_key, row_number, word, words
from qr import queries as qr

_ENTRY = ("label", "risk", "way", "every_days", "watch", "consent", "consent_on", "until")
_PERSON = ("name", "door", "phone", "contacts")
_DONE = ("added", "ended", *VisitOutcome)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TypedElder:
    """What stands in the form of an elder."""

    code: str = ""
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DayLists:
    """What a visitor reads: visits to make, a page of them; what was made; the register, a page of it."""

    counts: VisitCounts
    due: list[VisitView]
    ended: list[VisitView]
    elder_count: int
    elders: list[ElderView]
    label: str

    @property
    def next_visit(self) -> int:
        return self.due[-1].id if len(self.due) == queries.PAGE_ROWS else 0

    @property
    def next_elder(self) -> int:
        return self.elders[-1].id if len(self.elders) == queries.PAGE_ROWS else 0


@get("/elders", guards=[signed_in], include_in_schema=False)
async def show_elders(ctx: Ctx) -> Response:
    return await _page(ctx)


@post("/elders", guards=[signed_in], include_in_schema=False)
async def add_elder(ctx: Ctx) -> Response:
    """Somebody who lives alone, at the house of a code."""
    typed = typed_elder(await read_form(ctx))
    try:
        async with scanning.counting_misses(ctx, typed.code) as code:
            if code is None:
                raise BadRequest("elder-code-missing", field="code")
            place = await qr.get_place(code)
        data = read_values({name: typed.values[name] for name in _PERSON}, PersonalData)
        seal = ctx.runtime.personal_seal
        elder_id = await register.add(place.id, read_draft(typed), data, ctx.actor, seal=seal, now=ctx.now)
    except AppError as error:
        return await _page(ctx, error, typed)
    return base.see_other(f"/elders/{elder_id}?done=added")


@post("/elders/visits/{visit_id:int}/record", guards=[signed_in], include_in_schema=False)
async def record_visit(ctx: Ctx, visit_id: FromPath[int]) -> Response:
    form = await read_form(ctx)
    outcome, key = word(form, "outcome", 10), read_key(form, "key", 80) or new_key()
    try:
        said = read_values({"outcome": outcome, "note": words(form, "note")}, RecordDraft)
        await visiting.record(visit_id, said, ctx.actor, key=key, seal=ctx.runtime.personal_seal, now=ctx.now)
    except AppError as error:
        return await _page(ctx, error)
    return base.see_other(f"/elders?done={outcome}")


def typed_elder(form: FormMultiDict) -> TypedElder:
    values = {name: word(form, name) for name in _ENTRY} | {name: words(form, name) for name in (*_PERSON, "devices")}
    return TypedElder(word(form, "code"), values)


def read_draft(typed: TypedElder) -> ElderDraft:
    """Raises BadRequest for what cannot be read."""
    said: dict[str, Any] = {name: typed.values.get(name, "") for name in _ENTRY}
    return read_values(said | {"devices": typed.values.get("devices", "").split()}, ElderDraft)


def read_values(said: dict[str, Any], kind: type[T]) -> T:
    """Raises BadRequest, WordsTooLong."""
    try:
        return msgspec.convert(said, kind, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest("elder-unreadable") from error


async def _lists(ctx: RequestContext, today: date) -> DayLists:
    query = ctx.request.query_params
    label = word(query, "label", LABEL_CHARS).upper()
    due = await queries.list_due(ctx.actor, today, row_number(query, "after"))
    elders = await queries.list_elders(ctx.actor, label, row_number(query, "after_elder"))
    counts = await queries.count_day(ctx.actor, today)
    ended = await queries.list_ended(ctx.actor, today) if counts.ended else []
    count = await queries.count_elders(ctx.actor, label)
    return DayLists(counts, due, ended, count, elders, label)


async def _page(ctx: RequestContext, error: AppError | None = None, typed: TypedElder | None = None) -> Response:
    """Raises Forbidden for whoever has no part in it."""
    if not access.has_part(ctx.actor):
        raise Forbidden
    page, today, query = await base.page_of(ctx), shanghai_date(ctx.now), ctx.request.query_params
    figures = await queries.count_care(ctx.actor, today)
    return base.html(
        "elder_care/day.html",
        page,
        status=error.status if error else 200,
        lists=await _lists(ctx, today) if ctx.actor.areas_of(*access.VISITORS) else None,
        today=today,
        figures=figures,
        names=await names_of({each.area_code for each in figures}),
        keeps=bool(ctx.actor.areas_of(*access.KEEPERS)),
        choices={"risk": Risk, "way": VisitWay, "consent": Consent},
        outcomes=list(VisitOutcome),
        key=new_key(),
        typed=typed
        or TypedElder(word(query, "code"), {"risk": Risk.MEDIUM, "every_days": str(EVERY_DAYS[Risk.MEDIUM])}),
        is_adding=typed is not None or "code" in query,
        done=query.get("done") if query.get("done") in _DONE and not error else "",
        problem=base.problem_of(page, error, stored=page.t("ask.kept")) if error else None,
    )
