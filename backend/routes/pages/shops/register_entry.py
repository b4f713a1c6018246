"""One shop as staff of its area read it: entry, people and their history, claims to decide, whether it trades."""

from collections.abc import Awaitable
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from backend.accounts.permissions import Permission, may_within
from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.routes.pages.shops.entry_form import TypedEntry, entry_of, read_entry, typed_entry
from backend.routes.pages.shops.home import read_state
from backend.routes.pages.shops.people import read_decision
from qr import queries as qr
from shops.pickup.roles import READERS
from shops.register import access, changes, deciding, details, people
from shops.register.errors import ShopForbidden
from shops.register.structs import WAITING, ShopDetail, ShopState
from shops.register.trades import TradeClass

READS = requires(Permission.READ_SHOPS)
_DONE = ("registered", "corrected", "state", "decided", "left", "ended")


@get("/shops/{shop_id:int}", guards=[READS], include_in_schema=False)
async def show_shop(ctx: Ctx, shop_id: Id) -> Response:
    return await _page(ctx, await details.get_detail(shop_id, ctx.actor, ctx.runtime.personal_seal))


@post("/shops/{shop_id:int}/contacts", guards=[READS], include_in_schema=False)
async def read_contacts(ctx: Ctx, shop_id: Id) -> Response:
    """Names and phones whole, for this one answer; who looked them up stands in the log."""
    detail = await details.read_contacts(shop_id, ctx.actor, ctx.runtime.personal_seal, ctx.now)
    return await _page(ctx, detail, is_whole=True)


@post("/shops/{shop_id:int}/state", guards=[READS], include_in_schema=False)
async def set_state(ctx: Ctx, shop_id: Id) -> Response:
    form = await read_form(ctx)
    change = read_state(word(form, "state", 10), words(form, "note"))
    return await _done(ctx, shop_id, changes.set_state(shop_id, change, ctx.actor, ctx.now), "state")


@post("/shops/{shop_id:int}/claims/{claim_id:int}", guards=[READS], include_in_schema=False)
async def decide_claim(ctx: Ctx, shop_id: Id, claim_id: FromPath[int]) -> Response:
    form = await read_form(ctx)
    decision = read_decision(word(form, "decision", 10), words(form, "reason"))
    act = deciding.decide(claim_id, decision, ctx.actor, ctx.now, ctx.runtime.personal_seal)
    return await _done(ctx, shop_id, act, "decided")


@post("/shops/{shop_id:int}/people/{account_id:int}/end", guards=[READS], include_in_schema=False)
async def end_person(ctx: Ctx, shop_id: Id, account_id: FromPath[int]) -> Response:
    act = people.leave(shop_id, account_id, ctx.actor, ctx.now, ctx.runtime.personal_seal)
    return await _done(ctx, shop_id, act, "left")


@post("/shops/{shop_id:int}/entry", guards=[READS], include_in_schema=False)
async def correct_entry(ctx: Ctx, shop_id: Id) -> Response:
    typed = typed_entry(await read_form(ctx))
    seal = ctx.runtime.personal_seal
    try:
        await changes.correct(shop_id, read_entry(typed), ctx.actor, ctx.now, seal)
    except AppError as error:
        return await _page(ctx, await details.get_detail(shop_id, ctx.actor, seal), error, typed=typed)
    return base.see_other(f"/shops/{shop_id}?done=corrected")


@post("/shops/{shop_id:int}/end", guards=[READS], include_in_schema=False)
async def end_shop(ctx: Ctx, shop_id: Id) -> Response:
    """Only with the box ticked that says what it means."""
    if word(await read_form(ctx), "sure", 5) != "1":
        detail = await details.get_detail(shop_id, ctx.actor, ctx.runtime.personal_seal)
        return await _page(ctx, detail, BadRequest("shop-end-unsure"))
    act = changes.end(shop_id, ctx.actor, ctx.now, ctx.runtime.personal_seal)
    return await _done(ctx, shop_id, act, "ended")


async def _done(ctx: RequestContext, shop_id: Id, act: Awaitable[Any], what: str) -> Response:
    try:
        await act
    except AppError as error:
        return await _page(ctx, await details.get_detail(shop_id, ctx.actor, ctx.runtime.personal_seal), error)
    return base.see_other(f"/shops/{shop_id}?done={what}")


async def _page(
    ctx: RequestContext,
    shop: ShopDetail,
    error: AppError | None = None,
    *,
    typed: TypedEntry | None = None,
    is_whole: bool = False,
) -> Response:
    if not (await access.see(shop.id, ctx.actor)).is_staff:
        raise ShopForbidden
    page, query = await base.page_of(ctx), ctx.request.query_params
    keeps = may_within(ctx.actor, Permission.KEEP_SHOPS, shop.area_code) and shop.ended_at is None
    return base.html(
        "shops/register_entry.html",
        page,
        status=error.status if error else 200,
        shop=shop,
        code=(await qr.list_codes_of([shop.place_id])).get(shop.place_id),
        acting=[each for each in shop.people if each.until is None],
        former=[each for each in shop.people if each.until is not None],
        waiting=[each for each in shop.claims if each.state in WAITING],
        answered=[each for each in shop.claims if each.state not in WAITING],
        reads_pickups=ctx.actor.holds(shop.area_code, *READERS),
        keeps=keeps,
        decides=keeps and may_within(ctx.actor, Permission.DECIDE_SHOP_CLAIMS, shop.area_code),
        is_whole=is_whole,
        states=list(ShopState),
        trades=list(TradeClass),
        typed=typed or entry_of(shop),
        is_correcting=typed is not None,
        done=query.get("done") if query.get("done") in _DONE else "",
        problem=base.problem_of(page, error) if error else None,
    )
