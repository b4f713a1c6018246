"""The link to a shop's kitchen: its owner sets it, whoever looks after the area follows it and says what it shows."""

import msgspec
from litestar import Response, get, post

from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, words
from qr import queries as qr
from shops.public import kitchen
from shops.public.structs import KitchenLinkDecision
from shops.register import access

_PATH = "/shops/{shop_id:int}/kitchen"
_DONE = ("set", "decided")


@get(_PATH, guards=[signed_in], include_in_schema=False)
async def show_kitchen(ctx: Ctx, shop_id: Id) -> Response:
    return await _page(ctx, shop_id)


@post(f"{_PATH}/link", guards=[signed_in], include_in_schema=False)
async def set_kitchen_link(ctx: Ctx, shop_id: Id) -> Response:
    """The owner's form; empty takes the link away."""
    form = await read_form(ctx)
    typed = words(form, "url")
    try:
        await kitchen.set_link(shop_id, typed, ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, shop_id, error, typed)
    return base.see_other(f"/shops/{shop_id}/kitchen?done=set")


@post(f"{_PATH}/decision", guards=[signed_in], include_in_schema=False)
async def decide_on_kitchen_link(ctx: Ctx, shop_id: Id) -> Response:
    form = await read_form(ctx)
    said = {"verdict": words(form, "verdict"), "url": words(form, "url"), "reason": words(form, "reason")}
    try:
        await kitchen.decide(shop_id, _read(said), ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, shop_id, error, reason=said["reason"])
    return base.see_other(f"/shops/{shop_id}/kitchen?done=decided")


def _read(said: dict[str, str]) -> KitchenLinkDecision:
    """Raises BadRequest where nothing was chosen, WordsTooLong."""
    try:
        return msgspec.convert(said, KitchenLinkDecision)
    except msgspec.ValidationError as error:
        raise BadRequest("verdict-not-chosen") from error


async def _page(
    ctx: RequestContext, shop_id: int, error: AppError | None = None, typed: str | None = None, reason: str = ""
) -> Response:
    """For the shop's people, and staff who read the register there."""
    seen = await access.see(shop_id, ctx.actor)
    page, link, done = await base.page_of(ctx), await kitchen.find(shop_id), ctx.request.query_params.get("done")
    return base.html(
        "shops/kitchen.html",
        page,
        status=error.status if error else 200,
        seen=seen,
        code=(await qr.list_codes_of([seen.shop.place_id])).get(seen.shop.place_id),
        link=link,
        is_shown=bool(link and link.is_shown(ctx.now)),
        decides=kitchen.may_decide(ctx.actor, seen.shop, is_of_shop=seen.role is not None),
        typed=typed if typed is not None else link.url if link else "",
        reason=reason,
        done=done if done in _DONE and not error else "",
        problem=base.problem_of(page, error, stored=page.t("kitchen.kept")) if error else None,
    )
