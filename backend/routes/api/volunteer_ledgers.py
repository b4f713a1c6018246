"""A volunteer's ledgers, the ranking and the points shop over HTTP: what the pages about them show and take."""

from typing import Annotated
from uuid import uuid4

from litestar import Controller, get, post
from litestar.params import JSONBody
from msgspec import Meta

from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import BIGINT_MAX, Cursor, Id, IdempotencyKeyHeader, Limit
from backend.structs import IdempotencyKey, Page, Write
from grab_orders.goods import exchanging
from grab_orders.goods import queries as goods
from grab_orders.goods.structs import ExchangeView, GoodsView
from grab_orders.ledgers import queries as ledgers
from grab_orders.ledgers import ranking
from grab_orders.ledgers.hours import listing
from grab_orders.ledgers.ranking import Ranking
from grab_orders.ledgers.structs import HoursLine, PointsLine


class ExchangeDraft(Write, frozen=True, kw_only=True):
    """One piece for points."""

    goods_id: Annotated[int, Meta(ge=1, le=BIGINT_MAX)]


class OwnLedgersController(Controller):
    path = "/volunteers/me"
    tags = ("volunteers",)
    guards = [signed_in]

    @get("/hours", operation_id="list_own_hours", summary="服务时长: what one did, and what of it counts")
    async def list_hours(self, ctx: Ctx, limit: Limit = 50, cursor: Cursor = None) -> Page[HoursLine]:
        return await listing.list_own(ctx.actor.account_id, limit=limit, cursor=cursor)

    @get("/points", operation_id="list_own_points", summary="积分: the rows of one's own ledger, the latest first")
    async def list_points(self, ctx: Ctx, limit: Limit = 50, cursor: Cursor = None) -> Page[PointsLine]:
        """A row also where nothing was earned, with the reason. The balance is the sum of `points`."""
        return await ledgers.list_points(ctx.actor.account_id, limit=limit, cursor=cursor)

    @get("/ranking", operation_id="get_ranking", summary="排行: of the committee whose volunteer one is, masked")
    async def show_ranking(self, ctx: Ctx) -> Ranking:
        return await ranking.get_ranking(ctx.actor, ctx.now)

    @get("/goods", operation_id="list_goods", summary="积分商店: what is given for points to this volunteer")
    async def list_goods(self, ctx: Ctx) -> Page[GoodsView]:
        return Page(items=await goods.list_goods(ctx.actor))

    @get("/exchanges", operation_id="list_own_exchanges", summary="What one exchanged, the latest first")
    async def list_exchanges(self, ctx: Ctx, limit: Limit = 50) -> Page[ExchangeView]:
        return Page(items=await goods.list_own_exchanges(ctx.actor.account_id, limit))

    @post("/exchanges", operation_id="exchange_goods", summary="兑换: a piece is paid with points and put aside")
    async def exchange(
        self, ctx: Ctx, data: JSONBody[ExchangeDraft], idempotency_key: IdempotencyKeyHeader = None
    ) -> ExchangeView:
        """Points and piece are taken together or not at all. Under the same key it is the same exchange."""
        key = idempotency_key or IdempotencyKey(str(uuid4()))
        exchange_id = await exchanging.exchange(data.goods_id, ctx.actor, ctx.now, key)
        return await goods.get_own_exchange(exchange_id, ctx.actor.account_id)

    @post(
        "/exchanges/{exchange_id:int}/cancel",
        operation_id="cancel_exchange",
        status_code=200,
        summary="取消兑换: before it is fetched; points and piece return",
    )
    async def cancel(self, ctx: Ctx, exchange_id: Id) -> ExchangeView:
        await exchanging.cancel(exchange_id, ctx.actor, ctx.now)
        return await goods.get_own_exchange(exchange_id, ctx.actor.account_id)
