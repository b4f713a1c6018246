"""积分商店: what there is for points, and what one has put aside."""

from litestar import Response, get, post
from litestar.params import FromPath

from backend.errors import AppError
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import new_key, read_form, read_key
from grab_orders.goods import exchanging, queries
from grab_orders.ledgers.queries import points_of

_EXCHANGES_SHOWN = 20
_DONE = ("exchanged", "cancelled")


@get("/volunteer/goods", guards=[signed_in], include_in_schema=False)
async def show_goods(ctx: Ctx) -> Response:
    return await _page(ctx)


@post("/volunteer/goods/{goods_id:int}", guards=[signed_in], include_in_schema=False)
async def exchange(ctx: Ctx, goods_id: FromPath[int]) -> Response:
    key = read_key(await read_form(ctx), "key", 80) or new_key()
    try:
        await exchanging.exchange(goods_id, ctx.actor, ctx.now, key)
    except AppError as error:
        return await _page(ctx, error)
    return base.see_other("/volunteer/goods?done=exchanged")


@post("/volunteer/exchanges/{exchange_id:int}/cancel", guards=[signed_in], include_in_schema=False)
async def cancel_exchange(ctx: Ctx, exchange_id: FromPath[int]) -> Response:
    try:
        await exchanging.cancel(exchange_id, ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, error)
    return base.see_other("/volunteer/goods?done=cancelled")


async def _page(ctx: RequestContext, problem: AppError | None = None) -> Response:
    page, done = await base.page_of(ctx), ctx.request.query_params.get("done", "")
    account_id = ctx.actor.account_id
    return base.html(
        "volunteer/goods.html",
        page,
        status=problem.status if problem else 200,
        goods=await queries.list_goods(ctx.actor),
        exchanges=await queries.list_own_exchanges(account_id, _EXCHANGES_SHOWN),
        points=await points_of(account_id),
        key=new_key(),
        done=done if done in _DONE and problem is None else "",
        problem=base.problem_of(page, problem) if problem else None,
    )
