"""How many orders wait for whoever asks, for the number on the icon of the staff app."""

from litestar import get

from backend.orders.reads.open_count import count_waiting
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.structs import Read


class OpenOrders(Read, frozen=True, kw_only=True):
    open_orders: int
    """In one's own hands, to be accepted by one's unit, or to be verified; 0 for those who do none of it."""


@get(
    "/me/open-orders",
    operation_id="count_open_orders",
    guards=[signed_in],
    tags=["orders"],
    summary="How many orders wait for one",
)
async def count_open_orders(ctx: Ctx) -> OpenOrders:
    return OpenOrders(open_orders=await count_waiting(ctx.actor))
