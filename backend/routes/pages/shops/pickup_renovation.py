"""双报备 of a shop: file works with the commitment signed, and see what is still missing."""

from typing import Any

import msgspec
from litestar import Response, get, post

from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.routes.pages.shops.pickup_shop import find_named_shop
from backend.web.views import pickups as view
from shops.pickup.errors import NotOfShop
from shops.pickup.payments import reading as payments
from shops.pickup.renovation import ending, filing, filings
from shops.pickup.renovation.structs import COMMITMENT, FilingInput
from shops.register.structs import Shop


@get("/shop/pickup/renovation", guards=[signed_in], include_in_schema=False)
async def show_filings(ctx: Ctx) -> Response:
    shop = await find_named_shop(ctx, ctx.request.query_params.get("shop", ""))
    return await _page(ctx, shop) if shop else base.see_other("/shop")


@post("/shop/pickup/renovation", guards=[signed_in], include_in_schema=False)
async def file_works(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    shop = await find_named_shop(ctx, word(form, "shop", 20))
    if shop is None:
        return base.see_other("/shop")
    try:
        await filing.file(shop.id, _read(form), ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, shop, error, form)
    return base.see_other(f"/shop/pickup/renovation?shop={shop.id}&done=filed")


@post("/shop/pickup/renovation/{filing_id:int}/end", guards=[signed_in], include_in_schema=False)
async def end_filing(ctx: Ctx, filing_id: Id) -> Response:
    shop_id = (await filings.get(filing_id)).shop_id
    shop = await find_named_shop(ctx, str(shop_id))
    if shop is None:
        raise NotOfShop
    try:
        await ending.end(filing_id, ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, shop, error)
    return base.see_other(f"/shop/pickup/renovation?shop={shop_id}&done=ended")


async def _page(ctx: RequestContext, shop: Shop, error: AppError | None = None, form: Any = None) -> Response:
    page, done = await base.page_of(ctx), ctx.request.query_params.get("done", "")
    owed = {one.filing_id: one for one in await payments.list_of_shop(shop.id) if one.filing_id}
    return base.html(
        "pickups/renovation.html",
        page,
        status=error.status if error else 200,
        shop=shop,
        filings=await filings.list_of_shop(shop.id),
        owed=owed,
        commitment=COMMITMENT,
        yuan=view.yuan,
        said={name: words(form or {}, name) for name in ("works", "amount", "from_on", "until_on")},
        done=done if done in ("filed", "ended") and not error else "",
        problem=base.problem_of(page, error) if error else None,
    )


def _read(form: Any) -> FilingInput:
    """Raises BadRequest, WordsTooLong."""
    amount = word(form, "amount", 3)
    said = {
        "works": words(form, "works"),
        "amount": int(amount) if amount.isdecimal() else 0,
        "from_on": word(form, "from_on", 10),
        "until_on": word(form, "until_on", 10),
        "commitment": word(form, "commitment", 20),
    }
    try:
        return msgspec.convert(said, FilingInput)
    except msgspec.ValidationError as error:
        raise BadRequest("pickup-form-wrong") from error
