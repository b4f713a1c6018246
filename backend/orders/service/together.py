"""协办: another unit helps with a sub-order of its own; the order waits for it before it can be closed."""

from backend.accounts import queries as accounts
from backend.orders.errors import UnitUnknown
from backend.orders.inputs import CoHandle
from backend.orders.queries import LockedOrder
from backend.orders.service import moving, opening
from backend.orders.service.moving import Mover
from backend.orders.service.turns import turn
from backend.orders.states import Move
from backend.orders.structs import Opened, Opening, Scene


async def co_handle(order_id: int, wanted: CoHandle, by: Mover) -> Opened | None:
    """Open a sub-order for another unit. None when this very request was carried out before. Raises UnitUnknown."""
    async with turn(order_id):
        order = await moving.begin(order_id, Move.CO_HANDLE, by, wanted)
        if order is None:
            return None
        reason = moving.require_reason(wanted.reason)
        if await accounts.find_unit(wanted.unit_id) is None:
            raise UnitUnknown
        opened = await opening.open(_sub_order(order, wanted.unit_id, reason, by), now=by.now)
        detail = {"sub_order": opened.order_id, "unit": wanted.unit_id}
        await moving.carry_out(order, Move.CO_HANDLE, by, note=reason, detail=detail)
        return opened


def _sub_order(order: LockedOrder, unit_id: int, reason: str, by: Mover) -> Opening:
    return Opening(
        item_code=order.item_code,
        scene=Scene(
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
