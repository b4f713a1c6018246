"""转办: an order that another system is to do: where it was sent on, what is said of it there, and the form for it."""

from collections.abc import Mapping

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.errors import AppError
from backend.intake.open311.client import queries, sending_on
from backend.intake.open311.client.structs import PeerName, SendOn
from backend.orders import reads
from backend.orders.model.errors import OrderNotFound
from backend.orders.reads.views import OrderDetail
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.routes.pages.intake import order_card
from backend.routes.pages.intake.record_list import DISPATCH
from backend.routes.pages.staff.form_reading import FieldsMissing
from backend.routes.pages.staff.work import where_of
from backend.web.views import intake_words
from media.structs import Audience

_SAID: Mapping[str, str] = {}
_NEEDED = ("peer", "words")


@get("/o/{order_id:int}/sent-requests", guards=[signed_in], include_in_schema=False)
async def show_sent(ctx: Ctx, order_id: FromPath[int]) -> Response:
    return await _page(ctx, order_id)


@post("/o/{order_id:int}/sent-requests", guards=DISPATCH, include_in_schema=False)
async def send_on(ctx: Ctx, order_id: FromPath[int]) -> Response:
    """It goes out in the background, once."""
    form = await read_form(ctx)
    said = _said(form)
    try:
        await sending_on.send_on(order_id, _draft(said), ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, order_id, error, said)
    return base.see_other(f"/o/{order_id}/sent-requests?done=1")


def _said(form: FormMultiDict) -> dict[str, str]:
    return {
        "peer": word(form, "peer", 40),
        "words": words(form, "words"),
        "service_code": word(form, "service_code", 80),
    }


def _draft(said: Mapping[str, str]) -> SendOn:
    """Raises FieldsMissing, WordsTooLong."""
    if missing := [name for name in _NEEDED if not said[name]]:
        raise FieldsMissing(missing)
    return msgspec.convert(said, SendOn)


async def _page(
    ctx: RequestContext, order_id: int, error: AppError | None = None, said: Mapping[str, str] = _SAID
) -> Response:
    """With an error, what stood in the way, and the form as it was left. Raises OrderNotFound for who is not staff."""
    page = await base.page_of(ctx)
    order = await reads.get_order(order_id, ctx.actor, page.now)
    if order.audience is not Audience.STAFF:
        raise OrderNotFound
    sent = await queries.view_sent([order.id, *(part.id for part in order.merged)], order.area_code)
    return base.html(
        "intake/sent_requests.html",
        page,
        status=error.status if error else 200,
        order=order,
        where=where_of(order),
        sent=sent.requests,
        peers=await _peers(order, ctx),
        said=said,
        status_of=intake_words.status_of,
        done=ctx.request.query_params.get("done") == "1",
        problem=base.problem_of(page, error, stored=page.t("more.kept")) if error else None,
    )


async def _peers(order: OrderDetail, ctx: RequestContext) -> list[PeerName]:
    """Where the reader may send it on; none for who may not."""
    return await queries.list_peers(order.area_code) if order_card.may_send(order, ctx.actor) else []
