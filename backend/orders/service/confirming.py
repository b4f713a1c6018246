"""商户确认: whoever asked for the work says that it is done, which closes the order, or that it is not."""

from backend.orders.events import OrderClosed
from backend.orders.service import closing, disputing, moving
from backend.orders.service.moving import Mover
from backend.orders.service.turns import turn
from backend.orders.states import Move


async def confirm(order_id: int, by: Mover) -> None:
    """Close the order on the merchant's word. Raises NotYours where this fix was not put before you, SubOrdersOpen."""
    async with turn(order_id):
        order = await moving.begin(order_id, Move.CONFIRM, by, None)
        if order is None:
            return
        moved = await moving.carry_out(order, Move.CONFIRM, by)
        await moving.tell(OrderClosed, order, moved.version)


async def dispute(order_id: int, reason: str, by: Mover) -> None:
    """不认可: send the work back as rework, with a reason; its photos are held. Raises ReasonMissing, NotYours."""
    async with turn(order_id):
        order = await closing.send_back(order_id, Move.DISPUTE, reason, by)
        if order is None:
            return
        await disputing.hold_photos(order, moving.require_reason(reason), by)
