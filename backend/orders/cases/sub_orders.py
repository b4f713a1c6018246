"""协办: another unit helps with a sub-order of its own; the order waits for it before it can be closed."""

from backend.accounts import queries as accounts
from backend.orders.assignment import opening
from backend.orders.assignment.errors import UnitUnknown
from backend.orders.assignment.structs import Opened, Opening, OrderSite
from backend.orders.model.inputs import CoHandle
from backend.orders.model.states import Transition
from backend.orders.transitions import transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import TransitionContext
from backend.orders.transitions.verb import verb


@verb(Transition.CO_HANDLE)
async def co_handle(order: LockedOrder, request: CoHandle, by: TransitionContext) -> Opened:
    """Open a sub-order for another unit. None when this very request was carried out before. Raises UnitUnknown."""
    reason = request.reason.strip()
    if await accounts.find_unit(request.unit_id) is None:
        raise UnitUnknown
    opened = await opening.open(_sub_order(order, request.unit_id, reason, by), now=by.now)
    detail = {"sub_order": opened.order_id, "unit": request.unit_id}
    await transition.apply(order, Transition.CO_HANDLE, by, note=reason, detail=detail)
    return opened


def _sub_order(order: LockedOrder, unit_id: int, reason: str, by: TransitionContext) -> Opening:
    return Opening(
        item_code=order.item_code,
        scene=OrderSite(
            lng=order.lng,
            lat=order.lat,
            area_code=order.area_code,
            grid_code=order.grid_code,
            place_id=order.place_id,
            label=order.place,
        ),
        actor=by.actor,
        actor_role="co_handler",
        source_kind="co_handling",
        reporter_kinds=None,
        description=f"{order.number}: {reason}",
        unit_id=unit_id,
        parent_id=order.id,
    )
