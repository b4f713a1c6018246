"""Recurring pickups of a shop: which go on, and a week's days for another one."""

from typing import Any

import msgspec
from litestar import Response, get, post

from backend.calendars.rrules import WEEKDAYS
from backend.calendars.rules import shanghai_date
from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word
from backend.routes.pages.shops.pickup_shop import find_named_shop
from backend.web.views import pickups as view
from backend.web.views.schedules import ScheduleFields, in_words
from shops.pickup.bookings import reading as bookings
from shops.pickup.kinds import RULES, AmountUnit, WasteKind
from shops.pickup.recurring import service
from shops.pickup.recurring.structs import RecurrenceInput
from shops.pickup.structs import BookingView
from shops.register.structs import Shop

_KINDS = tuple(kind for kind in WasteKind if kind is not WasteKind.RENOVATION)
_PATH = "/shop/pickup/recurring"


@get("/shop/pickup/recurring", guards=[signed_in], include_in_schema=False)
async def show_recurring(ctx: Ctx) -> Response:
    shop = await find_named_shop(ctx, ctx.request.query_params.get("shop", ""))
    return await _page(ctx, shop) if shop else base.see_other("/shop")


@post("/shop/pickup/recurring", guards=[signed_in], include_in_schema=False)
async def begin_recurring(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    shop = await find_named_shop(ctx, word(form, "shop", 20))
    if shop is None:
        return base.see_other("/shop")
    try:
        begun = await service.begin(shop.id, _read(ctx, form), ctx.actor, ctx.now)
        await service.book_ahead(ctx.now, begun.id)
    except AppError as error:
        return await _page(ctx, shop, error, form)
    return base.see_other(f"{_PATH}?shop={shop.id}&done=begun")


@post("/shop/pickup/recurring/{recurrence_id:int}/end", guards=[signed_in], include_in_schema=False)
async def end_recurring(ctx: Ctx, recurrence_id: Id) -> Response:
    ended = await service.end(recurrence_id, ctx.actor, ctx.now)
    return base.see_other(f"{_PATH}?shop={ended.shop_id}&done=ended")


async def _page(ctx: RequestContext, shop: Shop, error: AppError | None = None, form: Any = None) -> Response:
    page, query = await base.page_of(ctx), ctx.request.query_params
    return base.html(
        "pickups/recurring.html",
        page,
        status=error.status if error else 200,
        shop=shop,
        going_on=await service.list_of_shop(shop.id, ctx.now),
        kinds=_KINDS,
        units=list(AmountUnit),
        weekdays=range(1, 8),
        said=_said(form) if form else _usual(await bookings.list_of_shop(shop.id, ctx.now, most=5)),
        day_words=lambda on: view.day_words(page, on),
        in_words=lambda rule: in_words(page, rule),
        done=query.get("done") if query.get("done") in ("begun", "ended") and not error else "",
        problem=base.problem_of(page, error) if error else None,
    )


def _said(form: Any) -> dict[str, Any]:
    """What stood in the form that was refused."""
    return {name: word(form, name, 12) for name in ("kind", "amount", "unit", "at")} | {
        "weekdays": form.getall("weekday", [])
    }


def _usual(latest: list[BookingView]) -> dict[str, Any]:
    """What the shop booked last, else a bin of wet waste, at nine."""
    last = next((one for one in latest if one.kind in _KINDS), None)
    kind = last.kind if last else _KINDS[0]
    unit, amount = (last.unit, last.amount) if last else (RULES[kind].units[0], 1)
    return {"kind": kind.value, "amount": amount, "unit": unit.value, "at": "09:00", "weekdays": []}


def _read(ctx: RequestContext, form: Any) -> RecurrenceInput:
    """Raises BadRequest."""
    days = frozenset(WEEKDAYS[int(day) - 1] for day in form.getall("weekday", []) if day in tuple("1234567"))
    amount = word(form, "amount", 3)
    said = {
        "kind": word(form, "kind", 12),
        "amount": int(amount) if amount.isdecimal() else 0,
        "unit": word(form, "unit", 6),
        "rule": ScheduleFields("WEEKLY" if days else "DAILY", weekdays=days).rrule(),
        "starts_on": shanghai_date(ctx.now).isoformat(),
        "at": f"{word(form, 'at', 5)}:00",
    }
    try:
        return msgspec.convert(said, RecurrenceInput)
    except msgspec.ValidationError as error:
        raise BadRequest("pickup-form-wrong") from error
