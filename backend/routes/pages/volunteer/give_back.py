"""退回抢单池: the form by which a taken order goes back to the others, with the reason."""

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import context_of_form, read_form, word, words
from backend.routes.pages.volunteer.on_call import GRABBERS
from backend.routes.pages.volunteer.taken import get_take
from backend.web.views.offers import page_of_take
from backend.words import REASON, fitting
from grab_orders.offers import giving_back
from grab_orders.offers.structs import GiveBack, GiveBackReason, TakeState, TakeView


@get("/volunteer/give-back/{order_id:int}", guards=GRABBERS, include_in_schema=False)
async def show_give_back(ctx: Ctx, order_id: FromPath[int]) -> Response:
    """From arrival on there is nothing to give back: the page of the work says what is next."""
    take = await get_take(order_id, ctx.actor)
    return base.see_other(page_of_take(take)) if take.state is TakeState.ARRIVED else await _form(ctx, take)


@post("/volunteer/give-back/{order_id:int}", guards=GRABBERS, include_in_schema=False)
async def give_back(ctx: Ctx, order_id: FromPath[int]) -> Response:
    form, take = await read_form(ctx), await get_take(order_id, ctx.actor)
    try:
        await giving_back.give_back(take.offer_id, _said(form), context_of_form(ctx, form))
    except AppError as error:
        return await _form(ctx, take, form, error)
    return base.see_other("/volunteer?done=gave_back")


def _said(form: FormMultiDict) -> GiveBack:
    """Raises BadRequest where no reason was chosen, WordsTooLong."""
    reason = word(form, "why", 20)
    if reason not in set(GiveBackReason):
        raise BadRequest("give-back-reason-missing")
    return GiveBack(reason=GiveBackReason(reason), note=fitting(words(form, "note"), REASON, "note"))


async def _form(
    ctx: RequestContext, take: TakeView, form: FormMultiDict | None = None, error: AppError | None = None
) -> Response:
    page = await base.page_of(ctx)
    return base.html(
        "volunteer/give_back.html",
        page,
        status=error.status if error else 200,
        take=take,
        back_to=page_of_take(take),
        reasons=[each.value for each in GiveBackReason],
        reason=word(form, "why", 20) if form else "",
        note=words(form, "note") if form else "",
        problem=base.problem_of(page, error, stored=page.t("more.kept")) if error else None,
    )
