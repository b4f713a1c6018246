"""到场 of whoever helps: by position or by the place's code. Who leads checks in on the order's own page."""

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.errors import AppError
from backend.orders.model.inputs import CheckInInput
from backend.routes.actions import scanning
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import context_of_form, new_key, read_form, word
from backend.routes.pages.volunteer.on_call import GRABBERS
from backend.routes.pages.volunteer.taken import get_take
from grab_orders.offers import arriving
from grab_orders.offers.structs import TakeView


@get("/volunteer/arrive/{order_id:int}", guards=GRABBERS, include_in_schema=False)
async def show_arrive(ctx: Ctx, order_id: FromPath[int]) -> Response:
    return await _form(ctx, await get_take(order_id, ctx.actor))


@post("/volunteer/arrive/{order_id:int}", guards=GRABBERS, include_in_schema=False)
async def arrive(ctx: Ctx, order_id: FromPath[int]) -> Response:
    """Without scripts: by the code. A position is sent to the API."""
    form, take = await read_form(ctx), await get_take(order_id, ctx.actor)
    try:
        nonce = word(form, "nonce", 64) or None
        async with scanning.counting_misses(ctx, word(form, "code"), nonce) as code:
            await arriving.arrive(take.offer_id, CheckInInput(code=code, nonce=nonce), context_of_form(ctx, form))
    except AppError as error:
        return await _form(ctx, take, form, error)
    return base.see_other("/volunteer?done=arrived")


async def _form(
    ctx: RequestContext, take: TakeView, form: FormMultiDict | None = None, error: AppError | None = None
) -> Response:
    page = await base.page_of(ctx)
    return base.html(
        "volunteer/arrive.html",
        page,
        status=error.status if error else 200,
        take=take,
        key=new_key(),
        code=word(form, "code") if form else "",
        problem=base.problem_of(page, error) if error else None,
    )
