"""Orders that change hands: a unit gives one back, the desk gives it to another.

The first return goes to the next unit that the rules know for this item here; the second, or one that nobody else
answers for, goes to the centre, whose dispatchers decide. An order at the centre has no unit and no handler.
"""

from backend.accounts import queries as accounts
from backend.duty import rules as duty
from backend.duty.structs import Choice, Strength
from backend.orders.errors import HandlerUnknown, UnitEmpty, UnitUnknown
from backend.orders.events import OrderReassigned, OrderReturned
from backend.orders.inputs import Reassign, Return
from backend.orders.queries import LockedOrder, choosing
from backend.orders.service import moving, owners
from backend.orders.service.moving import Mover
from backend.orders.service.turns import turn
from backend.orders.states import Move

HOPS_TO_CENTRE = 2


async def give_back(order_id: int, returned: Return, by: Mover) -> None:
    """退单: give the order back with a reason; counted, and the second time the centre decides."""
    async with turn(order_id):
        order = await moving.begin(order_id, Move.RETURN, by, returned)
        if order is None:
            return
        hops = order.hop_count + 1
        choice = duty.CENTRE if hops >= HOPS_TO_CENTRE else await choosing.choose_next(order, by.now)
        owner = owners.of(order, choice)
        changes = {**owner.changes, "hop_count": hops}
        reason = returned.reason.value
        detail = {"reason": reason, **owner.detail}
        moved = await moving.carry_out(order, Move.RETURN, by, note=returned.note, changes=changes, detail=detail)
        await moving.tell(OrderReturned, order, moved.version, reason=reason, hop_count=hops, **owner.changes)


async def reassign(order_id: int, to: Reassign, by: Mover) -> None:
    """改派: give the order to another unit, or to a person of it. Raises UnitUnknown, UnitEmpty, HandlerUnknown."""
    async with turn(order_id):
        order = await moving.begin(order_id, Move.REASSIGN, by, to)
        if order is None:
            return
        reason = moving.require_reason(to.reason)
        owner = owners.of(order, await _chosen(to, order, by), to.handler_id)
        changes, detail = owner.changes, owner.detail
        moved = await moving.carry_out(order, Move.REASSIGN, by, note=reason, changes=changes, detail=detail)
        await moving.tell(OrderReassigned, order, moved.version, reason=reason, **changes)


async def _chosen(to: Reassign, order: LockedOrder, by: Mover) -> Choice:
    """The person whom the desk names, else whoever is named or on duty there, else the unit's pool."""
    if await accounts.find_unit(to.unit_id) is None:
        raise UnitUnknown
    if to.handler_id is not None:
        if to.handler_id not in await accounts.list_handlers(to.unit_id, order.area_code):
            raise HandlerUnknown
        return Choice(strength=Strength.NAMED, unit_id=to.unit_id, handler_id=to.handler_id)
    choice = await choosing.choose(to.unit_id, choosing.post_of(order), by.now, is_told=True)
    if not choice.is_owned:
        raise UnitEmpty
    return choice
