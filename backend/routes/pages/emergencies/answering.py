"""通报: one broadcast before one of those for whom it is, with big buttons: one tap answers, without scripts too."""

import msgspec
from litestar import Response, get, post

from backend.emergencies import receipts, situation
from backend.emergencies.errors import BroadcastUnknown
from backend.emergencies.receipt_structs import OwnReceipt
from backend.emergencies.structs import BroadcastAnswerInput
from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words


@get("/broadcasts/{broadcast_id:int}", guards=[signed_in], include_in_schema=False)
async def show_broadcast(ctx: Ctx, broadcast_id: Id) -> Response:
    """Whoever opens it has seen it."""
    return await _page(ctx, await receipts.see(broadcast_id, ctx.actor, ctx.now))


@post("/broadcasts/{broadcast_id:int}", guards=[signed_in], include_in_schema=False)
async def answer_broadcast(ctx: Ctx, broadcast_id: Id) -> Response:
    form = await read_form(ctx)
    choice, text = word(form, "choice", 2), words(form, "text")
    said = {"choice": int(choice) if choice.isascii() and choice.isdecimal() else None, "text": text}
    try:
        answer = msgspec.convert(said, BroadcastAnswerInput)
        await receipts.answer(broadcast_id, answer, ctx.actor, ctx.now)
    except BroadcastUnknown:
        raise
    except (msgspec.ValidationError, AppError) as error:
        why = error if isinstance(error, AppError) else BadRequest("emergency-incomplete")
        return await _page(ctx, await receipts.get_own(broadcast_id, ctx.actor), why, text)
    return base.see_other(f"/broadcasts/{broadcast_id}")


async def _page(ctx: RequestContext, own: OwnReceipt, error: AppError | None = None, typed: str = "") -> Response:
    page = await base.page_of(ctx)
    return base.html(
        "emergencies/broadcast.html",
        page,
        status=error.status if error else 200,
        own=own,
        photos=(await situation.photos_of([own.entry_id], ctx.now))[own.entry_id],
        problem=base.problem_of(page, error, page.t("more.kept")) if error else None,
        typed=typed or own.answer,
    )
