"""What is decided in a row of the desk: a request granted or refused, an order given to somebody else.

Plain forms: the list comes back where it was, with the row as it is now and what became of it.
"""

from collections.abc import Awaitable, Callable

from litestar import Response, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.errors import AppError
from backend.orders import verbs as orders
from backend.orders.model.inputs import Decide
from backend.orders.transitions.transition import TransitionContext
from backend.routes.actions.desk_filters import read_filter, write_filter
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.desk.desk_page import Bulk, desk_page
from backend.routes.pages.desk.order_list import DISPATCH, target_of
from backend.routes.pages.forms import context_of_form, read_form, row_number, word, words
from backend.web.views.desk_focus import GRANTED, REASSIGNED, REFUSED, RowFocus
from backend.words import NOTE, fitting

Act = Callable[[FormMultiDict, TransitionContext], Awaitable[str]]
"""Does what the form says, and answers with what became of the order."""


@post("/desk/orders/{order_id:int}/decide", guards=DISPATCH, include_in_schema=False)
async def decide(ctx: Ctx, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, by: TransitionContext) -> str:
        decision = _decision(form)
        await orders.decide(order_id, decision, by)
        return GRANTED if decision.is_granted else REFUSED

    return await _act(ctx, order_id, act)


@post("/desk/orders/{order_id:int}/reassign", guards=DISPATCH, include_in_schema=False)
async def reassign_one(ctx: Ctx, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, by: TransitionContext) -> str:
        await orders.reassign(order_id, target_of(word(form, "to", 40), _reason(form)), by)
        return REASSIGNED

    return await _act(ctx, order_id, act, is_open=True)


async def _act(ctx: RequestContext, order_id: int, act: Act, *, is_open: bool = False) -> Response:
    """Do it, and show the list again; refused, the row says why, and its form is as it was."""
    query = ctx.request.query_params
    desk_filter, unread = read_filter(query)
    form, page = await read_form(ctx), await base.page_of(ctx)
    row = row_number(query, "row")
    try:
        done = await act(form, context_of_form(ctx, form))
    except AppError as error:
        focus = RowFocus(order_id, row, is_open=is_open, problem=error, reason=words(form, "other"))
        return await desk_page(ctx, page, desk_filter, unread, Bulk(), focus)
    more = {"cursor": query.get("cursor"), "order": order_id, "row": row, "done": done}
    return base.see_other(f"/desk?{write_filter(desk_filter, more)}#o-{order_id}")


def _decision(form: FormMultiDict) -> Decide:
    """Raises WordsTooLong."""
    return Decide(is_granted=word(form, "answer", 8) == "grant", reason=fitting(_reason(form), NOTE))


def _reason(form: FormMultiDict) -> str:
    """The own words, else the reason that was chosen."""
    return words(form, "other") or words(form, "why")
