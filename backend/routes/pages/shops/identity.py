"""启封举报人身份: who complained, for two persons together. Nothing of it stands in the address or stays in a cache."""

from litestar import Response, get, post
from litestar.params import FromPath

from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.words import OPENING_REASON, fitting
from shops.complaints import opening, queries
from shops.complaints.errors import ComplaintNotFound
from shops.complaints.structs import Identity

_PATH = "/o/{order_id:int}/identity"
_DONE = ("asked", "agreed", "refused")


@get(_PATH, guards=[signed_in], include_in_schema=False)
async def show_identity(ctx: Ctx, order_id: FromPath[int]) -> Response:
    return await _page(ctx, order_id)


@post(_PATH, guards=[signed_in], include_in_schema=False)
async def ask_identity(ctx: Ctx, order_id: FromPath[int]) -> Response:
    reason = words(await read_form(ctx), "reason")
    try:
        await opening.ask(order_id, fitting(reason, OPENING_REASON, "reason"), ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, order_id, error=error, reason=reason)
    return base.see_other(f"/o/{order_id}/identity?done=asked")


@post(_PATH + "/{opening_id:int}", guards=[signed_in], include_in_schema=False)
async def act_on_identity(ctx: Ctx, order_id: FromPath[int], opening_id: FromPath[int]) -> Response:
    """Agree, refuse, or read: what was read is in this one answer and nowhere else."""
    act = word(await read_form(ctx), "act", 8)
    try:
        if act == "read":
            seal = ctx.runtime.identity_seal
            found = await opening.read(opening_id, actor=ctx.actor, seal=seal, now=ctx.now)
            return await _page(ctx, order_id, identity=found)
        if act not in ("agree", "refuse"):
            raise BadRequest("opening-not-chosen")
        await opening.decide(opening_id, is_agreed=act == "agree", actor=ctx.actor, now=ctx.now)
    except AppError as error:
        return await _page(ctx, order_id, error=error)
    return base.see_other(f"/o/{order_id}/identity?done={'agreed' if act == 'agree' else 'refused'}")


async def _page(
    ctx: RequestContext,
    order_id: int,
    *,
    identity: Identity | None = None,
    error: AppError | None = None,
    reason: str = "",
) -> Response:
    sealed = await queries.find_sealed(order_id, ctx.actor)
    if sealed is None:
        raise ComplaintNotFound
    page, done = await base.page_of(ctx), ctx.request.query_params.get("done", "")
    return base.html(
        "shops/identity.html",
        page,
        status=error.status if error else 200,
        order_id=order_id,
        sealed=sealed,
        identity=identity,
        problem=base.problem_of(page, error) if error else None,
        done=done if done in _DONE else "",
        reason=reason,
    )
