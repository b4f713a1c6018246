"""What shops pay for pickups: begin, confirm offline, and the notices of WeChat Pay."""

from litestar import Controller, Response, get, post
from litestar.params import JSONBody

from backend.routes.http.auth import PUBLIC
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.structs import Page
from shops.pickup.bookings import visiting
from shops.pickup.payments import paying, reading, returning
from shops.pickup.payments.structs import OfflineReceipt, PaymentView, RefundReceipt


class PickupPaymentsController(Controller):
    tags = ("shops",)
    guards = (signed_in,)

    @get(
        "/shops/{shop_id:int}/pickup-payments", operation_id="list_pickup_payments", summary="What a shop owes and paid"
    )
    async def list_payments(self, ctx: Ctx, shop_id: Id) -> Page[PaymentView]:
        await visiting.require_reader(shop_id, ctx.actor)
        return Page(items=await reading.list_of_shop(shop_id))

    @post(
        "/pickup-payments/{payment_id:int}/begin",
        operation_id="begin_pickup_payment",
        status_code=200,
        summary="Ask the provider for the money: `code_url` is what the payer scans, where there is one",
    )
    async def begin(self, ctx: Ctx, payment_id: Id) -> PaymentView:
        return await paying.begin(payment_id, ctx.actor, ctx.now)

    @post(
        "/pickup-payments/{payment_id:int}/offline",
        operation_id="confirm_pickup_payment",
        status_code=200,
        summary="线下确认: staff say that the money is there",
    )
    async def confirm(self, ctx: Ctx, payment_id: Id, data: JSONBody[OfflineReceipt]) -> PaymentView:
        return await paying.confirm_offline(payment_id, data, ctx.actor, ctx.now)

    @post(
        "/pickup-payments/{payment_id:int}/refund",
        operation_id="confirm_pickup_refund",
        status_code=200,
        summary="退款: the desk says that what goes back to the shop was returned",
    )
    async def confirm_refund(self, ctx: Ctx, payment_id: Id, data: JSONBody[RefundReceipt]) -> PaymentView:
        return await returning.confirm_refund(payment_id, data, ctx.actor, ctx.now)


@post("/api/v1/callbacks/wechat-pay", opt=PUBLIC, include_in_schema=False, status_code=204)
async def receive_payment_notice(ctx: Ctx) -> Response[None]:
    """A notice, or a repeat of one: both are answered alike. The vendor's page is the contract."""
    await paying.take_notice(dict(ctx.request.headers), await ctx.request.body(), ctx.now)
    return Response(None, status_code=204)
