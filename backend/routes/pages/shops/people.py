"""A shop's people: who acts for it, who waits to, and the hand-over to another owner."""

from collections.abc import Awaitable
from typing import Any

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
from qr import queries as qr
from shops.register import access, deciding, details, people
from shops.register.structs import WAITING, ClaimDecision, ShopRole


@get("/shop/{shop_id:int}/people", guards=[signed_in], include_in_schema=False)
async def show_people(ctx: Ctx, shop_id: Id) -> Response:
    return await _page(ctx, shop_id)


@post("/shop/{shop_id:int}/people/claims/{claim_id:int}", guards=[signed_in], include_in_schema=False)
async def decide_claim(ctx: Ctx, shop_id: Id, claim_id: FromPath[int]) -> Response:
    form = await read_form(ctx)
    decision = read_decision(word(form, "decision", 10), words(form, "reason"))
    act = deciding.decide(claim_id, decision, ctx.actor, ctx.now, ctx.runtime.personal_seal)
    return await _done(ctx, shop_id, act, "decided")


@post("/shop/{shop_id:int}/people/{account_id:int}/owner", guards=[signed_in], include_in_schema=False)
async def hand_over(ctx: Ctx, shop_id: Id, account_id: FromPath[int]) -> Response:
    """Only with the box ticked that says what it means: it cannot be taken back by whoever did it."""
    form = await read_form(ctx)
    stays, seal = word(form, "stays", 5) == "1", ctx.runtime.personal_seal
    if word(form, "sure", 5) != "1":
        return await _page(ctx, shop_id, BadRequest("shop-hand-over-unsure"))
    act = people.hand_over(shop_id, account_id, ctx.actor, stays=stays, now=ctx.now, seal=seal)
    return await _done(ctx, shop_id, act, "handed", "" if stays else "/shop?done=handed")


@post("/shop/{shop_id:int}/people/{account_id:int}/leave", guards=[signed_in], include_in_schema=False)
async def leave(ctx: Ctx, shop_id: Id, account_id: FromPath[int]) -> Response:
    act = people.leave(shop_id, account_id, ctx.actor, ctx.now, ctx.runtime.personal_seal)
    is_own = account_id == ctx.actor.account_id
    return await _done(ctx, shop_id, act, "left", "/shop?done=left" if is_own else "")


def read_decision(said: str, reason: str) -> ClaimDecision:
    """What a form says of a claim. Raises BadRequest where neither answer was given, WordsTooLong."""
    if said not in ("grant", "refuse"):
        raise BadRequest("verdict-not-chosen")
    return msgspec.convert({"is_granted": said == "grant", "reason": reason}, ClaimDecision)


async def _done(ctx: RequestContext, shop_id: Id, act: Awaitable[Any], what: str, to: str = "") -> Response:
    try:
        await act
    except AppError as error:
        return await _page(ctx, shop_id, error)
    return base.see_other(to or f"/shop/{shop_id}/people?done={what}")


async def _page(ctx: RequestContext, shop_id: Id, error: AppError | None = None) -> Response:
    shop = await access.require_person(shop_id, ctx.actor)
    page, query = await base.page_of(ctx), ctx.request.query_params
    detail = await details.get_detail(shop_id, ctx.actor, ctx.runtime.personal_seal)
    own = await access.role_in(shop_id, ctx.actor.account_id)
    codes = await qr.list_codes_of([shop.place_id])
    return base.html(
        "shops/people.html",
        page,
        status=error.status if error else 200,
        shop=shop,
        people=[each for each in detail.people if each.until is None],
        claims=[each for each in detail.claims if each.state in WAITING and each.role is ShopRole.STAFF],
        own_id=ctx.actor.account_id,
        is_owner=own is ShopRole.OWNER,
        code=codes.get(shop.place_id),
        done=query.get("done") if query.get("done") in ("decided", "handed", "left") else "",
        problem=base.problem_of(page, error) if error else None,
    )
