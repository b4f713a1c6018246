"""What one is called for, over HTTP; and of an order, who was notified and how, for its desk."""

from litestar import Controller, get, post, put
from litestar.params import JSONBody

from backend.accounts.permissions import Permission
from backend.orders.reads.at_desk import get_order_at_desk
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires, signed_in
from backend.routes.http.parameters import Id
from push import delivery_log, preferences
from push.delivery_log import Notified
from push.preferences import Preferences, SetPreferences


class NotificationPreferencesController(Controller):
    path = "/notification-preferences"
    tags = ("inbox",)
    guards = (signed_in,)

    @get(operation_id="get_notification_preferences", summary="What one is called for, and when")
    async def get_preferences(self, ctx: Ctx) -> Preferences:
        return await preferences.get_preferences(ctx.actor.account_id)

    @put(operation_id="set_notification_preferences", summary="Quiet hours, digest and muted kinds, all at once")
    async def set_preferences(self, ctx: Ctx, data: JSONBody[SetPreferences]) -> Preferences:
        return await preferences.set_preferences(ctx.actor.account_id, data, ctx.now)


class DeliveryLogController(Controller):
    path = "/orders/{order_id:int}/deliveries"
    tags = ("orders",)
    guards = [requires(Permission.DISPATCH_ORDERS)]

    @get(operation_id="list_deliveries", summary="Who was notified of an order, how, and when it was seen")
    async def list_deliveries(self, ctx: Ctx, order_id: Id) -> list[Notified]:
        await get_order_at_desk(order_id, ctx.actor, ctx.now)
        return await delivery_log.list_of_order(order_id)

    @post(
        "/{delivery_id:int}/resend",
        operation_id="resend_delivery",
        status_code=204,
        summary="Send a message once more by one way",
    )
    async def resend(self, ctx: Ctx, order_id: Id, delivery_id: Id) -> None:
        await get_order_at_desk(order_id, ctx.actor, ctx.now)
        await delivery_log.resend(order_id, delivery_id, ctx.actor.account_id, ctx.now)
