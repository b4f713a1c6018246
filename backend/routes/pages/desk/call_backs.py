"""The call-back list as a page: whom to call about which order, and a small form for what was said."""

from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from backend.accounts.permissions import Permission
from backend.errors import AppError, BadRequest
from backend.orders import verbs as orders
from backend.orders.desk import list_calls
from backend.orders.model.errors import OrderNotFound
from backend.orders.model.inputs import Called, CallResult
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
    by = context_of_form(ctx, form)
    said = {"result": word(form, "result"), "note": words(form, "note")}
    try:
        await orders.record_call(order_id, msgspec.convert(said, Called), by)
    except OrderNotFound:
        raise
    except msgspec.ValidationError:
        no_result = BadRequest("call-result-not-chosen")
        return await _calls(ctx, no_result, (order_id, said["note"]))
    except AppError as error:
        return await _calls(ctx, error, (order_id, said["note"]))
    return base.see_other(f"/desk/calls?done={order_id}")


async def _calls(ctx: RequestContext, error: AppError | None = None, typed: tuple[int, str] = (0, "")) -> Response:
    """The list. `typed`: the order whose form was refused, and the note that was written in it."""
    page, query = await base.page_of(ctx), ctx.request.query_params
    current_tab = "done" if query.get("tab") == "done" else "waiting"
    cursor = query.get("cursor") if error is None else None
    found = await list_calls(ctx.actor, done=current_tab == "done", limit=_ROWS, cursor=cursor)
    return base.html(
        "desk/call_backs.html",
        page,
        status=error.status if error else 200,
        current_tab=current_tab,
        calls=found.items,
        next_cursor=found.next,
        results=list(CallResult),
        recorded=bool(query.get("done")),
        typed=typed,
        problem=base.problem_of(page, error) if error else None,
        key=str(uuid4()),
    )
