"""Orders that change hands: a unit gives one back, the desk gives it to another.

The first return goes to the next unit that the rules know for this item here; the second, or one that nobody else
answers for, goes to the centre, whose dispatchers decide. An order at the centre has no unit and no handler.
"""

from backend import db
from backend.accounts import queries as accounts
from backend.items import queries as items
from backend.orders.errors import HandlerUnknown, UnitUnknown
from backend.orders.events import OrderReassigned, OrderReturned
from backend.orders.inputs import Reassign, Return
from backend.orders.queries import LockedOrder
from backend.orders.service import moving
from backend.orders.service.moving import Mover
from backend.orders.states import Move

HOPS_TO_CENTRE = 2


async def give_back(order_id: int, returned: Return, by: Mover) -> None:
    """退单: give the order back with a reason; counted, and the second time the centre decides."""
    async with db.transaction():
        order = await moving.begin(order_id, Move.RETURN, by)
        if order is None:
            return
        hops = order.hop_count + 1
        unit_id = None if hops >= HOPS_TO_CENTRE else await _next_unit(order)
        handler_id = await _on_duty(unit_id, order, by)
        changes = {"unit_id": unit_id, "handler_id": handler_id, "hop_count": hops}
        detail = {"reason": returned.reason.value, "from_unit": order.unit_id, "to_unit": unit_id}
        moved = await moving.carry_out(order, Move.RETURN, by, note=returned.note, changes=changes, detail=detail)
        told = {"unit_id": unit_id, "handler_id": handler_id}
        await moving.tell(OrderReturned, order, moved.version, reason=returned.reason.value, hop_count=hops, **told)


async def reassign(order_id: int, to: Reassign, by: Mover) -> None:
    """改派: give the order to another unit, or to a person of it. Raises UnitUnknown, HandlerUnknown."""
    async with db.transaction():
        order = await moving.begin(order_id, Move.REASSIGN, by)
        if order is None:
            return
        reason = moving.require_reason(to.reason)
        await _check_target(to, order)
        handler_id = to.handler_id or await _on_duty(to.unit_id, order, by)
        changes = {"unit_id": to.unit_id, "handler_id": handler_id}
        detail = {"from_unit": order.unit_id, "to_unit": to.unit_id, "to_handler": handler_id}
        moved = await moving.carry_out(order, Move.REASSIGN, by, note=reason, changes=changes, detail=detail)
        await moving.tell(
            OrderReassigned, order, moved.version, reason=reason, unit_id=to.unit_id, handler_id=handler_id
        )


async def _next_unit(order: LockedOrder) -> int | None:
    """The next most specific unit that answers for this item here and has not had the order."""
    units = await items.list_responsible_units(order.item_code, order.area_code)
    return next((unit_id for unit_id in units if unit_id != order.unit_id), None)


async def _on_duty(unit_id: int | None, order: LockedOrder, by: Mover) -> int | None:
    return None if unit_id is None else await accounts.find_on_duty(unit_id, order.area_code, by.now)


async def _check_target(to: Reassign, order: LockedOrder) -> None:
    if await accounts.find_unit(to.unit_id) is None:
        raise UnitUnknown
    if to.handler_id is not None and to.handler_id not in await accounts.list_handlers(to.unit_id, order.area_code):
        raise HandlerUnknown
