"""The pickups of one shop as those who look after its area read them: bookings, and its base of the year."""

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.calendars.rules import shanghai_date
from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word
from backend.web.views import pickups as view
from shops.pickup.bookings import reading, visiting
from shops.pickup.kinds import AmountUnit, WasteKind
from shops.pickup.prices import quotas
from shops.pickup.roles import READERS, STREET
from shops.pickup.routes import running
from shops.pickup.routes.structs import QuotaDraft
from shops.register.errors import ShopNotFound
from shops.register.structs import Shop

_PATH = "/shops/{shop_id:int}/pickups"


@get(_PATH, guards=[signed_in], include_in_schema=False)
async def show_pickups(ctx: Ctx, shop_id: Id) -> Response:
    return await _page(ctx, await _require(ctx, shop_id))


@post(_PATH, guards=[signed_in], include_in_schema=False)
async def set_quota(ctx: Ctx, shop_id: Id) -> Response:
    shop, form = await _require(ctx, shop_id), await read_form(ctx)
    try:
        await running.set_quota(shop_id, _read(form, shanghai_date(ctx.now).year), ctx.actor)
    except AppError as error:
        return await _page(ctx, shop, error)
    return base.see_other(f"/shops/{shop_id}/pickups?done=quota")


def _read(form: FormMultiDict, year: int) -> QuotaDraft:
    """Raises BadRequest."""
    typed = word(form, "base", 6)
    said = {
        "kind": word(form, "kind", 12),
        "unit": word(form, "unit", 6),
        "year": year,
        "base": int(typed) if typed.isascii() and typed.isdecimal() else None,
    }
    try:
        return msgspec.convert(said, QuotaDraft)
    except msgspec.ValidationError as error:
        raise BadRequest("pickup-form-wrong") from error


async def _require(ctx: RequestContext, shop_id: int) -> Shop:
    """Raises ShopNotFound."""
    shop = await visiting.require_reader(shop_id, ctx.actor)
    if not ctx.actor.holds(shop.area_code, *READERS):  # its own people have pages of their own
        raise ShopNotFound
    return shop


async def _page(ctx: RequestContext, shop: Shop, error: AppError | None = None) -> Response:
    page, today = await base.page_of(ctx), shanghai_date(ctx.now)
    return base.html(
        "pickups/of_shop.html",
        page,
        status=error.status if error else 200,
        shop=shop,
        year=today.year,
        quotas=await quotas.list_of_shop(shop.id, shop.area_code, today),
        sets=ctx.actor.holds(shop.area_code, *STREET),
        bookings=await reading.list_of_shop(shop.id, ctx.now),
        kinds=list(WasteKind),
        units=list(AmountUnit),
        slot_words=lambda slot: view.slot_words(page, slot),
        yuan=view.yuan,
        done="quota" if ctx.request.query_params.get("done") == "quota" and not error else "",
        problem=base.problem_of(page, error) if error else None,
    )
