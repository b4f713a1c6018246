"""Of an order: who was notified, by which way, who has seen it; and a button to send it once more."""

from litestar import Response, get, post

from backend.accounts.permissions import Permission
from backend.errors import BadRequest, Conflict
from backend.orders.reads.at_desk import get_order_at_desk
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word
from push import delivery_log

_DESK = [requires(Permission.DISPATCH_ORDERS)]
_ID_DIGITS = 18


@get("/o/{order_id:int}/deliveries", guards=_DESK, include_in_schema=False)
async def show_deliveries(ctx: Ctx, order_id: Id) -> Response:
    return await _page(ctx, order_id, resent="resent" in ctx.request.query_params)


@post("/o/{order_id:int}/deliveries", guards=_DESK, include_in_schema=False)
async def resend(ctx: Ctx, order_id: Id) -> Response:
    delivery_id = word(await read_form(ctx), "id", _ID_DIGITS)
    if not delivery_id.isdecimal():
        raise BadRequest("delivery-not-chosen")
    await get_order_at_desk(order_id, ctx.actor, ctx.now)
    try:
        await delivery_log.resend(order_id, int(delivery_id), ctx.actor.account_id, ctx.now)
    except Conflict as error:
        return await _page(ctx, order_id, problem=error)
    return base.see_other(f"/o/{order_id}/deliveries?resent=1")


async def _page(
    ctx: RequestContext, order_id: int, *, resent: bool = False, problem: Conflict | None = None
) -> Response:
    order, page = await get_order_at_desk(order_id, ctx.actor, ctx.now), await base.page_of(ctx)
    facts = {"resent": resent, "problem": problem and base.problem_of(page, problem)}
    messages = await delivery_log.list_of_order(order_id)
    status = 409 if problem else 200
    return base.html("desk/delivery_log.html", page, status=status, order=order, messages=messages, **facts)
