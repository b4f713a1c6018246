"""商品与兑换: goods that a committee or a town gives for points, their stock, and what waits to be fetched."""

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath

from backend.accounts.permissions import Permission
from backend.accounts.structs import Role
from backend.errors import AppError, BadRequest
from backend.routes.actions.area_names import names_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.words import REASON, fitting
from grab_orders.goods import exchanging, keeping, queries
from grab_orders.goods.structs import ExchangeState, GoodsDraft

_KEEP = [requires(Permission.KEEP_VOLUNTEERS)]
_REVIEW = [requires(Permission.REVIEW_REWARDS)]
_WAITING_SHOWN, _DIGITS = 100, 6
_LEVELS = (9, 12)
_DONE = ("added", "changed", "handed_over", "called_off")


@get("/committee/goods", guards=_REVIEW, include_in_schema=False)
async def show_stock(ctx: Ctx) -> Response:
    return await _page(ctx)


@post("/committee/goods", guards=_REVIEW, include_in_schema=False)
async def add_goods(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    said = {name: words(form, name) for name in ("area_code", "name_zh", "name_en", "points", "stock")}
    try:
        draft = msgspec.convert({**said, "stock": said["stock"] or 0}, GoodsDraft, strict=False)
        await keeping.add_goods(draft, ctx.actor, ctx.now)
    except msgspec.ValidationError:
        return await _page(ctx, BadRequest("goods-not-valid"), typed=said)
    except AppError as error:
        return await _page(ctx, error, typed=said)
    return base.see_other("/committee/goods?done=added")


@post("/committee/goods/{goods_id:int}", guards=_REVIEW, include_in_schema=False)
async def change_goods(ctx: Ctx, goods_id: FromPath[int]) -> Response:
    form = await read_form(ctx)
    act, change = word(form, "act"), word(form, "change", _DIGITS)
    try:
        if act in ("on", "off"):
            await keeping.switch(goods_id, is_on=act == "on", by=ctx.actor)
        else:
            await keeping.change_stock(goods_id, _number(change) * (-1 if act == "less" else 1), ctx.actor)
    except AppError as error:
        return await _page(ctx, error)
    return base.see_other("/committee/goods?done=changed")


@post("/committee/exchanges/{exchange_id:int}", guards=_KEEP, include_in_schema=False)
async def end_exchange(ctx: Ctx, exchange_id: FromPath[int]) -> Response:
    form = await read_form(ctx)
    act, reason = word(form, "act"), words(form, "reason")
    try:
        if act == "handed_over":
            await exchanging.hand_over(exchange_id, ctx.actor, ctx.now)
        elif not reason:
            raise BadRequest("reason-missing")
        else:
            await exchanging.call_off(exchange_id, fitting(reason, REASON, "reason"), ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, error)
    return base.see_other(f"/committee/goods?done={act}")


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text)):
        raise BadRequest("stock-change-not-valid")
    return int(text)


async def _page(ctx: RequestContext, problem: AppError | None = None, typed: dict[str, str] | None = None) -> Response:
    page, done = await base.page_of(ctx), ctx.request.query_params.get("done", "")
    actor = ctx.actor
    areas = {area for area in actor.areas_of(Role.COMMITTEE, Role.STREET_ADMIN) if len(area) in _LEVELS}
    goods = await queries.list_managed(actor)
    return base.html(
        "committees/goods.html",
        page,
        status=problem.status if problem else 200,
        goods=goods,
        names=await names_of({*areas, *(each.area_code for each in goods)}),
        waiting=await queries.list_exchanges(actor, ExchangeState.RESERVED, _WAITING_SHOWN),
        areas=sorted(areas),
        typed=typed or {},
        done=done if done in _DONE and problem is None else "",
        problem=base.problem_of(page, problem) if problem else None,
    )
