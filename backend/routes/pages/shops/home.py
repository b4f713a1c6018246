"""The owner's home: one's shops and claims, and each shop with what there is to do and to know."""

from datetime import timedelta

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.routes.pages.shops import home_cards as cards
from shops.register import access, changes, claims, details, queries
from shops.register.access import SeenShop
from shops.register.structs import StateChange

_NEWS = timedelta(days=30)
"""How long an answered claim is shown."""
_DONE = ("state", "handed", "left", "withdrawn")


@get("/shop", guards=[signed_in], include_in_schema=False)
async def show_shops(ctx: Ctx) -> Response:
    """One's shops, with the claims of other ones; whoever has one shop and no claim that waits sees that one."""
    shops = await queries.shops_of(ctx.actor.account_id)
    own = await details.list_own_claims(ctx.actor.account_id)
    shown = [each for each in own if each.decided_at is None or ctx.now - each.decided_at < _NEWS]
    shown = [each for each in shown if each.shop_id not in {shop.id for shop in shops}]
    waits = any(each.decided_at is None for each in shown)
    if len(shops) == 1 and not waits and not ctx.request.query_params:
        return await home_page(ctx, await access.see(shops[0].id, ctx.actor))
    page, query = await base.page_of(ctx), ctx.request.query_params
    done = query.get("done") if query.get("done") in _DONE else "claimed" if query.get("claimed") == "1" else ""
    return base.html("shops/own_shops.html", page, shops=shops, claims=shown, done=done)


@post("/shop/claims/{claim_id:int}/withdraw", guards=[signed_in], include_in_schema=False)
async def withdraw_claim(ctx: Ctx, claim_id: FromPath[int]) -> Response:
    await claims.withdraw(claim_id, ctx.actor.account_id, ctx.now)
    return base.see_other("/shop?done=withdrawn")


@get("/shop/{shop_id:int}", guards=[signed_in], include_in_schema=False)
async def show_home(ctx: Ctx, shop_id: Id) -> Response:
    await access.require_person(shop_id, ctx.actor)
    return await home_page(ctx, await access.see(shop_id, ctx.actor))


@post("/shop/{shop_id:int}/state", guards=[signed_in], include_in_schema=False)
async def set_state(ctx: Ctx, shop_id: Id) -> Response:
    await access.require_person(shop_id, ctx.actor)
    form = await read_form(ctx)
    try:
        await changes.set_state(shop_id, read_state(word(form, "state", 10), words(form, "note")), ctx.actor, ctx.now)
    except AppError as error:
        return await home_page(ctx, await access.see(shop_id, ctx.actor), error)
    return base.see_other(f"/shop/{shop_id}?done=state")


def read_state(state: str, note: str) -> StateChange:
    """What a form says of a shop's state. Raises BadRequest where nothing was chosen, WordsTooLong."""
    try:
        return msgspec.convert({"state": state, "note": note}, StateChange)
    except msgspec.ValidationError as error:
        raise BadRequest("shop-state-not-chosen") from error


async def home_page(ctx: RequestContext, seen: SeenShop, error: AppError | None = None) -> Response:
    page, query = await base.page_of(ctx), ctx.request.query_params
    return base.html(
        "shops/home.html",
        page,
        status=error.status if error else 200,
        seen=seen,
        shops=await queries.shops_of(ctx.actor.account_id),
        cards=await cards.read_cards(ctx, seen),
        is_claimed=query.get("claimed") == "1",
        done=query.get("done") if query.get("done") in _DONE else "",
        problem=base.problem_of(page, error) if error else None,
    )
