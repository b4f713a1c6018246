"""The further moves of an order's page as plain forms: one address for each, by the table in transition_forms.py."""

from litestar import Response, get, post
from litestar.params import FromPath

from backend.errors import AppError
from backend.orders.reads import finding
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.pages import base
from backend.routes.pages.forms import FORM_MAX_BYTES, context_of_form, read_form
from backend.routes.pages.staff import form_reading, transition_forms
from backend.routes.pages.staff.orders import order_page
from backend.web.views.homes import home_of


@get("/o/{order_id:int}/moves/{move:str}", guards=[signed_in], include_in_schema=False)
async def show_move(ctx: Ctx, order_id: FromPath[int], move: FromPath[str]) -> Response:
    """The order with one form open, and with what that form offers to choose from."""
    draft = form_reading.draft_of(transition_forms.get(move), ctx.request.query_params)
    return await order_page(ctx, order_id, draft=draft)


@post(
    "/o/{order_id:int}/moves/{move:str}",
    guards=[signed_in],
    include_in_schema=False,
    request_max_body_size=FORM_MAX_BYTES,
)
async def make_move(ctx: Ctx, order_id: FromPath[int], move: FromPath[str]) -> Response:
    """Make the move; refused, the form comes back as it was, with the reason."""
    row, form = transition_forms.get(move), await read_form(ctx)
    draft = form_reading.draft_of(row, form)
    by = context_of_form(ctx, form)
    try:
        await row.make(order_id, await form_reading.read(ctx, row, draft, form), by)
    except AppError as error:
        return await order_page(ctx, order_id, error, draft)
    is_seen = await finding.is_visible(order_id, by.actor)
    return base.see_other(f"{f'/o/{order_id}' if is_seen else home_of(by.actor)}?done={move}")
