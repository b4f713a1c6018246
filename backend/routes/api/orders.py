"""Orders over HTTP: lists and single orders cut by scope, and the moves of their life."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import FromQuery, JSONBody, QueryParameter
from msgspec.structs import replace

from backend.accounts.permissions import Permission
from backend.geo.area_codes import BEGINNING
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.model.inputs import Accept, CheckInInput, Finish, Verify
from backend.orders.model.states import State
from backend.orders.reads import OrderFilter
from backend.orders.reads.views import OrderDetail, OrderView
from backend.routes.actions import scanning
from backend.routes.http.dependencies import By, Ctx
from backend.routes.http.guards import requires, signed_in
from backend.routes.http.parameters import Cursor, Id, Limit
from backend.structs import Page

States = Annotated[list[State] | None, QueryParameter(name="state", description="One or more states / 状态,可多选")]
AreaCode = Annotated[str | None, QueryParameter(name="area", pattern=f"^{BEGINNING}$", description="An area prefix")]
ItemCode = Annotated[str | None, QueryParameter(name="item", max_length=8)]


class OrdersController(Controller):
    path = "/orders"
    tags = ("orders",)

    @get(
        operation_id="list_orders",
        guards=[signed_in],
        summary="Orders within one's scope, open ones first",
    )
    async def list_orders(
        self,
        ctx: Ctx,
        states: States = None,
        mine: FromQuery[bool] = False,
        item: ItemCode = None,
        area: AreaCode = None,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Page[OrderView]:
        order_filter = OrderFilter(states=states, mine=mine, item_code=item, area_code=area)
        return await reads.list_orders(ctx.actor, order_filter, limit=limit, cursor=cursor)

    @get("/{order_id:int}", operation_id="get_order", guards=[signed_in], summary="One order with its whole story")
    async def get_order(self, ctx: Ctx, order_id: Id) -> OrderDetail:
        return await reads.get_order(order_id, ctx.actor, ctx.now)

    @post(
        "/{order_id:int}/accept",
        operation_id="accept_order",
        status_code=200,
        guards=[requires(Permission.HANDLE_ORDERS)],
        summary="Take an order on; of several who try, one wins",
    )
    async def accept(self, order_id: Id, data: JSONBody[Accept], by: By) -> OrderDetail:
        await orders.accept(order_id, replace(by, captured_at=data.captured_at))
        return await reads.get_order(order_id, by.actor, by.now)

    @post(
        "/{order_id:int}/check-in",
        operation_id="check_in",
        status_code=200,
        guards=[requires(Permission.WORK_ON_ORDERS)],
        summary="Prove arrival by position or by the place's code",
    )
    async def check_in(self, ctx: Ctx, order_id: Id, data: JSONBody[CheckInInput], by: By) -> OrderDetail:
        tapped = replace(by, captured_at=data.captured_at)
        async with scanning.parsing(ctx, data) as arrival:
            await orders.check_in(order_id, arrival, tapped)
        return await reads.get_order(order_id, by.actor, by.now)

    @post(
        "/{order_id:int}/finish",
        operation_id="finish_order",
        status_code=200,
        guards=[requires(Permission.WORK_ON_ORDERS)],
        summary="Report the work done, with the photos that the item demands",
    )
    async def finish(
        self,
        order_id: Id,
        data: JSONBody[Finish],
        ctx: Ctx,
        by: By,
    ) -> OrderDetail:
        await orders.finish(order_id, data, replace(by, captured_at=data.captured_at), ctx.runtime.sampling)
        return await reads.get_order(order_id, by.actor, by.now)

    @post(
        "/{order_id:int}/verify",
        operation_id="verify_order",
        status_code=200,
        guards=[requires(Permission.VERIFY_ORDERS)],
        summary="Pass the fix, which closes the order, or send it back with a reason",
    )
    async def verify(self, order_id: Id, data: JSONBody[Verify], by: By) -> OrderDetail:
        await orders.verify(order_id, data, by)
        return await reads.get_order(order_id, by.actor, by.now)
