"""Orders that are returned or reassigned: a unit gives one back, the desk gives it to another.

The first return goes to the next unit that the rules know for this item here; the second, or one that nobody else
answers for, goes to the centre, whose dispatchers decide. An order at the centre has no unit and no handler.
"""

from backend.accounts import queries as accounts
from backend.duty import rules as duty
from backend.duty.structs import Assignment, Strength
from backend.orders.assignment import choosing, ownership
from backend.orders.assignment.errors import HandlerUnknown, UnitEmpty, UnitUnknown
from backend.orders.model.events import OrderReassigned, OrderReturned
from backend.orders.model.inputs import Reassign, Return
from backend.orders.model.states import Transition
from backend.orders.transitions import recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import TransitionContext
from backend.orders.transitions.verb import verb

HOPS_TO_CENTRE = 2


@verb(Transition.RETURN)
async def give_back(order: LockedOrder, returned: Return, by: TransitionContext) -> None:
    """退单: give the order back with a reason; counted, and the second time the centre decides."""
    hops = order.hop_count + 1
    choice = duty.CENTRE if hops >= HOPS_TO_CENTRE else await choosing.choose_next(order, by.now)
    owner = ownership.of(order, choice)
    changes = {**owner.changes, "hop_count": hops}
    reason = returned.reason.value
    detail = {"reason": reason, **owner.detail}
    moved = await transition.apply(order, Transition.RETURN, by, note=returned.note, changes=changes, detail=detail)
    await recording.record_fact(OrderReturned, order, moved.version, reason=reason, hop_count=hops, **owner.changes)


@verb(Transition.REASSIGN)
async def reassign(order: LockedOrder, to: Reassign, by: TransitionContext) -> None:
    """改派: give the order to another unit, or to a person of it. Raises UnitUnknown, UnitEmpty, HandlerUnknown."""
    reason = to.reason.strip()
    owner = ownership.of(order, await _assignment_to(to, order, by), to.handler_id)
    changes, detail = owner.changes, owner.detail
    moved = await transition.apply(order, Transition.REASSIGN, by, note=reason, changes=changes, detail=detail)
    await recording.record_fact(OrderReassigned, order, moved.version, reason=reason, **changes)


async def _assignment_to(to: Reassign, order: LockedOrder, by: TransitionContext) -> Assignment:
    """The person whom the desk names, else whoever is named or on duty there, else the unit's pool."""
    if await accounts.find_unit(to.unit_id) is None:
        raise UnitUnknown
    if to.handler_id is not None:
        if to.handler_id not in await accounts.list_handlers(to.unit_id, order.area_code):
            raise HandlerUnknown
        return Assignment(strength=Strength.NAMED, unit_id=to.unit_id, handler_id=to.handler_id)
    choice = await choosing.choose(to.unit_id, choosing.post_of(order), by.now, is_unit_given=True)
    if not choice.is_owned:
        raise UnitEmpty
    return choice
