"""The further moves of an order's page as plain forms: one address for each, table-driven by moves_offered.py."""

from litestar import Request, Response, get, post
from litestar.params import FromPath

from backend.errors import HouseError
from backend.orders.queries import finding
from backend.routes import move_forms, moves_offered, pages_base
from backend.routes.guards import signed_in
from backend.routes.pages_forms import FORM_MAX_BYTES, mover, read_form
from backend.routes.pages_orders import order_page
from backend.routes.pages_session import home_of


@get("/o/{order_id:int}/moves/{move:str}", guards=[signed_in], include_in_schema=False)
async def show_move(request: Request, order_id: FromPath[int], move: FromPath[str]) -> Response:
    """The order with one form open, and with what that form offers to choose from."""
    draft = move_forms.draft_of(moves_offered.get(move), request.query_params)
    return await order_page(request, order_id, draft=draft)


@post(
    "/o/{order_id:int}/moves/{move:str}",
    guards=[signed_in],
    include_in_schema=False,
    request_max_body_size=FORM_MAX_BYTES,
)
async def make_move(request: Request, order_id: FromPath[int], move: FromPath[str]) -> Response:
    """Make the move; refused, the form comes back as it was, with the reason."""
    row, form = moves_offered.get(move), await read_form(request)
    draft = move_forms.draft_of(row, form)
    by = mover(request, form)
    try:
        await row.make(order_id, await move_forms.read(row, draft, form, by), by)
    except HouseError as error:
        return await order_page(request, order_id, error, draft)
    is_seen = await finding.is_visible(order_id, by.actor)
    return pages_base.see_other(f"{f'/o/{order_id}' if is_seen else home_of(by.actor)}?done={move}")
