"""路线日: the stops of a day in driving order, with what was counted; below, how full the days ahead are."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post

from backend.calendars.rules import shanghai_date
from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word
from backend.web.views import pickups as view
from shops.pickup.bookings import measuring
from shops.pickup.routes import day, reading
from shops.pickup.structs import PickupMeasure

_DAYS = 7


@get("/pickups", guards=[signed_in], include_in_schema=False)
async def show_day(ctx: Ctx) -> Response:
    return await _page(ctx, ctx.request.query_params)


@post("/pickups/{booking_id:int}/measure", guards=[signed_in], include_in_schema=False)
async def measure(ctx: Ctx, booking_id: Id) -> Response:
    form = await read_form(ctx)
    counted, weight = word(form, "counted", 4), word(form, "weight", 8)
    try:
        said = _measured(counted, weight, word(form, "ticket", 40))
        await measuring.measure(booking_id, said, ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, form, error)
    back = urlencode({"route": word(form, "route", 20), "on": word(form, "on", 10)})
    return base.see_other(f"/pickups?{back}&done=measured#stop-{booking_id}")


async def _page(ctx: RequestContext, said: Any, error: AppError | None = None) -> Response:
    """`said`: which route and day, by the address or by the form."""
    page, query = await base.page_of(ctx), ctx.request.query_params
    today = shanghai_date(ctx.now)
    on = _day(word(said, "on", 10), today)
    routes = await reading.list_routes(ctx.actor)
    route = next((one for one in routes if str(one.id) == word(said, "route", 20)), routes[0] if routes else None)
    shown = await day.get_day(route.id, on, ctx.actor) if route else None
    return base.html(
        "pickups/route_day.html",
        page,
        status=error.status if error else 200,
        routes=routes,
        route=route,
        on=on,
        days=[today + timedelta(days=ahead) for ahead in range(-1, _DAYS)],
        stops=shown.stops if shown else [],
        loads=await reading.list_loads(ctx.actor, today, _DAYS),
        day_words=lambda on: view.day_words(page, on),
        hours=view.hours,
        done=query.get("done") if query.get("done") in ("measured", "refused") and not error else "",
        problem=base.problem_of(page, error) if error else None,
    )


def _measured(counted: str, weight: str, ticket: str) -> PickupMeasure:
    """`weight` in kilograms, with a comma or a point, or nothing. Raises BadRequest."""
    try:
        grams = round(float(weight.replace(",", ".")) * 1000) if weight else None
        return msgspec.convert({"counted": int(counted), "weight_g": grams, "ticket": ticket}, PickupMeasure)
    except (ValueError, OverflowError) as error:  # msgspec's errors are ValueErrors, too
        raise BadRequest("pickup-form-wrong") from error


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today
