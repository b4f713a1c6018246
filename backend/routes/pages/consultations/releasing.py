"""Which answers everybody may read: what was answered in one's areas, and what of it was released."""

from collections.abc import Awaitable
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from backend.consultations import publishing, queries
from backend.consultations.structs import AnswerDraft
from backend.errors import AppError, Forbidden
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, words

_DONE = ("published", "withdrawn")


@get("/consultations", guards=[signed_in], include_in_schema=False)
async def show_consultations(ctx: Ctx) -> Response:
    return await _page(ctx)


@post("/consultations/{order_id:int}/publish", guards=[signed_in], include_in_schema=False)
async def publish_answer(ctx: Ctx, order_id: FromPath[int]) -> Response:
    form = await read_form(ctx)
    typed = {"question": words(form, "question"), "answer": words(form, "answer")}
    draft = msgspec.convert(typed, AnswerDraft)
    act = publishing.publish(order_id, draft, ctx.actor, ctx.now)
    return await _done(ctx, act, "published", {order_id: typed})


@post("/consultations/answers/{answer_id:int}/withdraw", guards=[signed_in], include_in_schema=False)
async def withdraw_answer(ctx: Ctx, answer_id: FromPath[int]) -> Response:
    return await _done(ctx, publishing.withdraw(answer_id, ctx.actor, ctx.now), "withdrawn", {})


async def _done(ctx: RequestContext, act: Awaitable[Any], what: str, typed: dict[int, dict[str, str]]) -> Response:
    try:
        await act
    except AppError as error:
        return await _page(ctx, error, typed)
    return base.see_other(f"/consultations?done={what}")


async def _page(
    ctx: RequestContext, error: AppError | None = None, typed: dict[int, dict[str, str]] | None = None
) -> Response:
    """Raises Forbidden for whoever releases answers nowhere."""
    areas = queries.areas_of(ctx.actor)
    if not areas:
        raise Forbidden
    page, done = await base.page_of(ctx), ctx.request.query_params.get("done")
    return base.html(
        "consultations/releasing.html",
        page,
        status=error.status if error else 200,
        answered=await queries.list_answered(areas, ctx.now),
        released=await queries.list_released(areas),
        typed=typed or {},
        done=done if done in _DONE and not error else "",
        problem=base.problem_of(page, error, stored=page.t("ask.kept")) if error else None,
    )
