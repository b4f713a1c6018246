"""The page behind a tracking link: the story so far, live; what the reporter may say and ask for; the rating."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.errors import AppError, BadRequest
from backend.reports import queries
from backend.reports import service as reports
from backend.reports.call_back_numbers.structs import NumberAnswer
from backend.reports.structs import Rating
from backend.routes.actions import call_back_numbers
from backend.routes.http.auth import SEALED
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import version_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, read_key, word, words
from backend.web.views.evidence import evidence_of_tracking
from backend.web.views.progress import progress_of
from backend.web.views.promise import promise
from backend.words import NOTE, REASON, fitting

_DONE = ("urge", "reopen", "number")
Act = Callable[[FormMultiDict, dict[str, Any]], Awaitable[None]]
"""Takes the form, and what goes with all that a reporter says: key, instant, the version that the page showed."""


@dataclass(frozen=True, slots=True)
class Form:
    """One of the page's forms, and what was written in it."""

    name: str = ""
    words: str = ""
    """The field that takes words."""
    typed: str = ""
    score: str = ""

    def said(self, name: str) -> str:
        """What was typed in the form of this name."""
        return self.typed if self.name == name else ""


@get("/r/{token:str}", include_in_schema=False, opt=SEALED)
async def show_tracking(ctx: Ctx, token: FromPath[str]) -> Response:
    return await _tracking(ctx, token)


@post("/r/{token:str}/rating", include_in_schema=False, opt=SEALED)
async def send_rating(ctx: Ctx, token: FromPath[str]) -> Response:
    async def act(form: FormMultiDict, by: dict[str, Any]) -> None:
        await reports.rate(token, _rating(form), **by)

    return await _say(ctx, token, act, Form("rating", "comment"))


def _rating(form: FormMultiDict) -> Rating:
    """Raises BadRequest where none of the five was chosen."""
    try:
        said = {"score": word(form, "score"), "comment": words(form, "comment")}
        return msgspec.convert(said, Rating, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest("score-not-chosen") from error


@post("/r/{token:str}/confirm", include_in_schema=False, opt=SEALED)
async def send_confirmation(ctx: Ctx, token: FromPath[str]) -> Response:
    async def act(_: FormMultiDict, by: dict[str, Any]) -> None:
        await reports.confirm(token, **by)

    return await _say(ctx, token, act, Form("confirm"))


@post("/r/{token:str}/dispute", include_in_schema=False, opt=SEALED)
async def send_dispute(ctx: Ctx, token: FromPath[str]) -> Response:
    async def act(form: FormMultiDict, by: dict[str, Any]) -> None:
        await reports.dispute(token, fitting(words(form, "reason"), REASON), **by)

    return await _say(ctx, token, act, Form("dispute", "reason"))


@post("/r/{token:str}/urge", include_in_schema=False, opt=SEALED)
async def send_urge(ctx: Ctx, token: FromPath[str]) -> Response:
    async def act(form: FormMultiDict, by: dict[str, Any]) -> None:
        await reports.urge(token, fitting(words(form, "note"), NOTE), **by)

    return await _say(ctx, token, act, Form("urge", "note"))


@post("/r/{token:str}/reopen", include_in_schema=False, opt=SEALED)
async def send_reopening(ctx: Ctx, token: FromPath[str]) -> Response:
    async def act(form: FormMultiDict, by: dict[str, Any]) -> None:
        await reports.reopen(token, fitting(words(form, "reason"), REASON), **by)

    return await _say(ctx, token, act, Form("reopen", "reason"))


@post("/r/{token:str}/number", include_in_schema=False, opt=SEALED)
async def send_number(ctx: Ctx, token: FromPath[str]) -> Response:
    """Leave a number to be called back, say no, or take it back. Nothing of it stands in an address."""

    async def act(form: FormMultiDict, _: dict[str, Any]) -> None:
        said = word(form, "act", 8)
        if said == "withdraw":
            await call_back_numbers.withdraw(ctx, token)
        else:
            number = None if said == "decline" else word(form, "number", 40)
            answer = NumberAnswer(number=number, consent=word(form, "consent", 16))
            await call_back_numbers.answer(ctx, token, answer)

    return await _say(ctx, token, act, Form("number", "number"))


async def _say(ctx: RequestContext, token: str, act: Act, form: Form) -> Response:
    """Carry out what the reporter says and show the story again, or what stood in the way with what was typed."""
    sent = await read_form(ctx)
    seen = version_in(word(sent, "version", 9))
    try:
        await act(sent, {"idempotency_key": read_key(sent, "key", 80), "now": ctx.now, "seen": seen})
    except AppError as error:
        typed = words(sent, form.words) if form.words else ""
        return await _tracking(ctx, token, error, replace(form, typed=typed, score=word(sent, "score", 1)))
    return base.see_other(f"/r/{token}?done={form.name}" if form.name in _DONE else f"/r/{token}")


async def _tracking(
    ctx: RequestContext, token: str, error: AppError | None = None, refused: Form | None = None
) -> Response:
    """The story so far. `refused`: the form that was, as its reader left it."""
    page, done = await base.page_of(ctx), ctx.request.query_params.get("done", "")
    tracked = await queries.get_tracking(token, page.now)
    own = await call_back_numbers.get_own(ctx, token)
    return base.html(
        "resident/tracking.html",
        page,
        status=error.status if error else 200,
        order=tracked,
        own=own,
        token=token,
        fresh="new" in ctx.request.query_params,
        stages=progress_of(tracked, page),
        promise=promise(page, tracked.opened_at, tracked.respond_by, tracked.resolve_by),
        evidence=evidence_of_tracking(tracked, token, page),
        problem=base.problem_of(page, error) if error else None,
        done=done if done in _DONE else "",
        refused=refused or Form(),
        key=str(uuid4()),
        link=queries.tracking_url(ctx.settings.base_url, token),
    )
