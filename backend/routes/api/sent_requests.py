"""转办 over HTTP: an order that another system is to do, or has from elsewhere, and what that one says of it."""

from litestar import Controller, get, post
from litestar.params import JSONBody

from backend.accounts.permissions import Permission
from backend.intake.open311.client import queries, sending_on
from backend.intake.open311.client.structs import SendOn, SharedRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.parameters import Id
from backend.structs import Page


class SentRequestsController(Controller):
    path = "/orders/{order_id:int}/sent-requests"
    tags = ("orders",)

    @post(
        operation_id="send_order_on",
        guards=[requires(Permission.DISPATCH_ORDERS)],
        summary="转办: have an order done by another system, whose endpoint of Open311 the town has entered",
    )
    async def send_on(self, ctx: Ctx, order_id: Id, data: JSONBody[SendOn]) -> Page[SharedRequest]:
        """It goes out in the background, once. 409 where it is with that system, ended, or came from it."""
        await sending_on.send_on(order_id, data, ctx.actor, ctx.now)
        return Page(items=await queries.list_of_order(order_id, ctx.actor))

    @get(operation_id="list_sent_requests", summary="As what other systems know the order, and what they say of it")
    async def list_sent(self, ctx: Ctx, order_id: Id) -> Page[SharedRequest]:
        return Page(items=await queries.list_of_order(order_id, ctx.actor))
