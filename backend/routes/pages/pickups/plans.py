"""What the street lays down for pickups: routes, schedules, prices; and what is due, confirmed when it is there."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from litestar import Response, get, post

from backend.accounts import queries as accounts
from backend.calendars.rules import shanghai_date
from backend.errors import AppError, BadRequest
from backend.routes.actions.area_names import names_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.web.views import pickups as view
from shops.pickup.kinds import AmountUnit, WasteKind
from shops.pickup.payments import due, paying, returning
from shops.pickup.payments.structs import OfflineReceipt, RefundReceipt
from shops.pickup.roles import STREET
from shops.pickup.routes import reading, running
from shops.pickup.routes.structs import PickupRouteDraft, PriceDraft, ScheduleDraft

_DONE = ("route", "schedule", "price", "paid", "refunded")


@get("/pickups/plans", guards=[signed_in], include_in_schema=False)
async def show_plans(ctx: Ctx) -> Response:
    return await _page(ctx)


@post("/pickups/plans/routes", guards=[signed_in], include_in_schema=False)
async def set_route(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    said = _said(form, "code", "name", "area_code", "vehicle") | _numbers(form, "unit_id", "load_l")
    return await _done(ctx, "route", lambda: running.set_route(_read(said, PickupRouteDraft), ctx.actor), form)


@post("/pickups/plans/schedules", guards=[signed_in], include_in_schema=False)
async def add_schedule(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    weekdays = [int(each) for each in form.getall("weekday", []) if each in tuple("1234567")]
    said = _said(form, "kind", "from_on") | _numbers(form, "capacity", "cutoff_min") | {"weekdays": weekdays}
    said |= {name: f"{word(form, name, 5)}:00" for name in ("starts", "ends")}
    said |= _said(form, "until_on") if word(form, "until_on", 10) else {}
    route_id = _numbers(form, "route_id")["route_id"]
    return await _done(
        ctx, "schedule", lambda: running.add_schedule(route_id, _read(said, ScheduleDraft), ctx.actor, ctx.now), form
    )


@post("/pickups/plans/prices", guards=[signed_in], include_in_schema=False)
async def set_price(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    said = _said(form, "area_code", "kind", "unit", "from_on") | {"note": words(form, "note")}
    said |= _numbers(form, "year_quota") if word(form, "year_quota", 6) else {}

    async def act() -> None:
        fen = {f"{name}_fen": _fen(word(form, name, 12)) for name in ("base", "over")}
        await running.set_price(_read(said | fen, PriceDraft), ctx.actor)

    return await _done(ctx, "price", act, form)


@post("/pickups/plans/payments/{payment_id:int}", guards=[signed_in], include_in_schema=False)
async def confirm_payment(ctx: Ctx, payment_id: Id) -> Response:
    receipt = word(await read_form(ctx), "receipt", 60)
    said = OfflineReceipt(receipt=receipt)
    return await _done(ctx, "paid", lambda: paying.confirm_offline(payment_id, said, ctx.actor, ctx.now))


@post("/pickups/plans/refunds/{payment_id:int}", guards=[signed_in], include_in_schema=False)
async def confirm_refund(ctx: Ctx, payment_id: Id) -> Response:
    said = RefundReceipt(receipt=word(await read_form(ctx), "receipt", 60))
    return await _done(ctx, "refunded", lambda: returning.confirm_refund(payment_id, said, ctx.actor, ctx.now))


async def _done(ctx: RequestContext, what: str, act: Callable[[], Awaitable[Any]], form: Any = None) -> Response:
    """`form`: what was typed, which stays where it was refused."""
    try:
        await act()
    except AppError as error:
        return await _page(ctx, error, _Typed(what, form))
    return base.see_other(f"/pickups/plans?done={what}")


class _Typed:
    """The form that was refused, field by field; of another form nothing."""

    def __init__(self, what: str = "", form: Any = None) -> None:
        self.what = what if form is None else f"{what}{word(form, 'route_id', 18)}"
        self._form = form

    def get(self, what: str, name: str, usual: str) -> str:
        return word(self._form, name, 60) if self._form is not None and what == self.what else usual


async def _page(ctx: RequestContext, error: AppError | None = None, typed: _Typed | None = None) -> Response:
    page, query = await base.page_of(ctx), ctx.request.query_params
    routes, prices = await reading.list_routes(ctx.actor), await reading.list_prices()
    areas = ctx.actor.areas_of(*STREET)
    return base.html(
        "pickups/plans.html",
        page,
        status=error.status if error else 200,
        routes=routes,
        names=await names_of({each.area_code for each in (*routes, *prices) if each.area_code}),
        schedules={route.id: await reading.list_schedules(route.id) for route in routes},
        prices=prices,
        owed=await due.list_due(ctx.actor),
        to_return=await due.list_to_return(ctx.actor),
        typed=typed or _Typed(),
        today=shanghai_date(ctx.now),
        area=areas[0] if areas else "",
        units_of=await accounts.list_units(areas[0]) if areas else [],
        kinds=list(WasteKind),
        units=list(AmountUnit),
        yuan=view.yuan,
        done=query.get("done") if query.get("done") in _DONE and not error else "",
        problem=base.problem_of(page, error) if error else None,
    )


def _said(form: Any, *names: str) -> dict[str, Any]:
    return {name: word(form, name, 60) for name in names}


def _numbers(form: Any, *names: str) -> dict[str, int]:
    given = {name: word(form, name, 12) for name in names}
    return {name: int(text) if text.isascii() and text.isdecimal() else 0 for name, text in given.items()}


def _fen(text: str) -> int:
    """Yuan as typed, such as 60 or 60.50, in fen. Raises BadRequest."""
    whole, _, part = text.replace("¥", "").strip().partition(".")
    if not (
        whole.isascii() and whole.isdecimal() and (not part or (part.isascii() and part.isdecimal())) and len(part) < 3
    ):
        raise BadRequest("pickup-form-wrong")
    return int(whole) * 100 + int(part.ljust(2, "0") or 0)


def _read(said: dict[str, Any], kind: type[Any]) -> Any:
    """Raises BadRequest."""
    try:
        return msgspec.convert(said, kind)
    except msgspec.ValidationError as error:
        raise BadRequest("pickup-form-wrong") from error
