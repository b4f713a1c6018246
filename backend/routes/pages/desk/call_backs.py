"""The call-back list as a page: whom to call about which order, the number to open, and a form for what was said.

An opened number is in that one answer and nowhere else; the page that shows it is kept by no browser.
"""

from typing import NamedTuple
from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from backend.accounts.permissions import Permission
from backend.errors import AppError, BadRequest
from backend.orders import verbs as orders
from backend.orders.actions.follow_up import CALLS_MOST
from backend.orders.desk import list_calls, require_calls_cursor
from backend.orders.model.errors import OrderNotFound
from backend.orders.model.inputs import Called
from backend.reports.call_back_numbers import opening
from backend.reports.call_back_numbers import queries as numbers
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import context_of_form, read_form, word, words

_DISPATCH = [requires(Permission.DISPATCH_ORDERS)]
_ROWS = 30


@get("/desk/calls", guards=_DISPATCH, include_in_schema=False)
async def show_calls(ctx: Ctx) -> Response:
    return await _calls(ctx)


@post("/desk/calls/{order_id:int}", guards=_DISPATCH, include_in_schema=False)
async def keep_call(ctx: Ctx, order_id: FromPath[int]) -> Response:
    form = await read_form(ctx)
    by, typed = context_of_form(ctx, form), Typed(order_id, words(form, "note"))
    result, _, again = word(form, "result").partition("-")
    said = {"result": result, "note": typed.note, "reopens": again == "again"}
    try:
        await orders.record_call(order_id, msgspec.convert(said, Called), by)
    except OrderNotFound:
        raise
    except msgspec.ValidationError:
        return await _calls(ctx, BadRequest("call-result-not-chosen"), typed)
    except AppError as error:
        return await _calls(ctx, error, typed)
    return base.see_other(f"/desk/calls?done={order_id}")


@post("/desk/calls/{order_id:int}/number", guards=_DISPATCH, include_in_schema=False)
async def open_number(ctx: Ctx, order_id: FromPath[int]) -> Response:
    """The list again, with the one number in it."""
    form = await read_form(ctx)
    cursor = word(form, "cursor") or None
    require_calls_cursor(cursor)  # whoever would not see the number leaves no trace of having opened it
    try:
        opened = await opening.open_number(order_id, ctx.actor, ctx.runtime.personal_seal, ctx.now)
    except OrderNotFound:
        raise
    except AppError as error:
        return await _calls(ctx, error, Typed(order_id), cursor=cursor)
    return await _calls(ctx, typed=Typed(order_id, number=opened.number), cursor=cursor)


class Typed(NamedTuple):
    """The order whose form was sent, what was written in it, and the number that was opened for it."""

    order_id: int = 0
    note: str = ""
    number: str = ""


_NOTHING_TYPED = Typed()


async def _calls(
    ctx: RequestContext, error: AppError | None = None, typed: Typed = _NOTHING_TYPED, *, cursor: str | None = None
) -> Response:
    page, query = await base.page_of(ctx), ctx.request.query_params
    current_tab = "done" if query.get("tab") == "done" else "waiting"
    cursor = cursor or (query.get("cursor") if error is None else None)
    found = await list_calls(ctx.actor, done=current_tab == "done", limit=_ROWS, cursor=cursor)
    return base.html(
        "desk/call_backs.html",
        page,
        status=error.status if error else 200,
        current_tab=current_tab,
        calls=found.items,
        numbers=await numbers.list_on_call_list([call.order_id for call in found.items]),
        cursor=cursor or "",
        next_cursor=found.next,
        calls_most=CALLS_MOST,
        recorded=bool(query.get("done")),
        typed=typed,
        problem=base.problem_of(page, error) if error else None,
        key=str(uuid4()),
    )
