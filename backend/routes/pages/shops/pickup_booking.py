"""A booking with its receipt: changed and cancelled until the cut-off, confirmed, disputed, paid."""

from collections.abc import Awaitable
from typing import Any

from litestar import Response, get, post

from backend.errors import AppError
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import new_key, read_form, read_key, row_number, words
from backend.web.views import pickups as view
from shops.pickup.bookings import changing, confirming, reading
from shops.pickup.payments import paying
from shops.pickup.payments import reading as payments
from shops.register import queries as register

_DONE = ("booked", "again", "changed", "cancelled", "confirmed", "disputed", "begun")


@get("/shop/pickup/{booking_id:int}", guards=[signed_in], include_in_schema=False)
async def show_booking(ctx: Ctx, booking_id: Id) -> Response:
    return await _page(ctx, booking_id)


@post("/shop/pickup/{booking_id:int}/cancel", guards=[signed_in], include_in_schema=False)
async def cancel(ctx: Ctx, booking_id: Id) -> Response:
    form = await read_form(ctx)
    return await _done(
        ctx, booking_id, changing.cancel(booking_id, words(form, "reason"), ctx.actor, ctx.now), "cancelled"
    )


@post("/shop/pickup/{booking_id:int}/confirm", guards=[signed_in], include_in_schema=False)
async def confirm(ctx: Ctx, booking_id: Id) -> Response:
    form = await read_form(ctx)
    key = read_key(form, "key", 80)
    return await _done(ctx, booking_id, confirming.confirm(booking_id, ctx.actor, ctx.now, key=key), "confirmed")


@post("/shop/pickup/{booking_id:int}/dispute", guards=[signed_in], include_in_schema=False)
async def dispute(ctx: Ctx, booking_id: Id) -> Response:
    form = await read_form(ctx)
    key, reason = read_key(form, "key", 80), words(form, "reason")
    return await _done(ctx, booking_id, confirming.dispute(booking_id, reason, ctx.actor, ctx.now, key=key), "disputed")


@post("/shop/pickup/{booking_id:int}/pay", guards=[signed_in], include_in_schema=False)
async def pay(ctx: Ctx, booking_id: Id) -> Response:
    form = await read_form(ctx)
    act = paying.begin(row_number(form, "payment"), ctx.actor, ctx.now)
    return await _done(ctx, booking_id, act, "begun")


async def _done(ctx: RequestContext, booking_id: int, act: Awaitable[Any], what: str) -> Response:
    try:
        await act
    except AppError as error:
        return await _page(ctx, booking_id, error)
    return base.see_other(f"/shop/pickup/{booking_id}?done={what}")


async def _page(ctx: RequestContext, booking_id: int, error: AppError | None = None) -> Response:
    shop_id = await changing.require_person(booking_id, ctx.actor)
    found = await reading.get(booking_id, ctx.now)
    page, query = await base.page_of(ctx), ctx.request.query_params
    payment = await payments.find_of_booking(booking_id)
    return base.html(
        "pickups/booking.html",
        page,
        status=error.status if error else 200,
        shop=await register.get_shop(shop_id),
        booking=found,
        slot_words=view.slot_words(page, found.slot),
        yuan=view.yuan,
        key=new_key(),
        payment=payment,
        symbol=_symbol(payment.code_url) if payment and payment.code_url else None,
        done=query.get("done") if query.get("done") in _DONE and not error else "",
        problem=base.problem_of(page, error) if error else None,
    )


def _symbol(url: str) -> str:
    """The address as a picture to scan."""
    from qr import links, render  # libraries for pictures, wanted on this page alone

    return render.svg(links.symbol_of(url))
