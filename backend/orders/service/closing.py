"""The end of an order's work: somebody else verifies it. What its reporters say then: verdicts.py.

An item whose mode of verification is `two_person_check` needs two different verifiers; every other mode needs one. What
waits for the merchant's word (confirming.py) can be sent back by a verifier, and passed once that word is overdue.
"""

from backend import db
from backend.accounts.structs import Actor
from backend.orders import queries
from backend.orders.errors import VerifiedByYou
from backend.orders.events import OrderClosed, OrderPassedOnce, OrderSentBack
from backend.orders.inputs import Verify
from backend.orders.queries import LockedOrder
from backend.orders.refusals import AwaitsMerchant
from backend.orders.service import moving, parts
from backend.orders.service.moving import Mover
from backend.orders.service.turns import turn
from backend.orders.states import Move
from backend.orders.verification import TWO_PERSONS, Check

_PASSED_ONCE_BY = """
    SELECT s.actor_id FROM order_step s WHERE s.order_id = $1 AND s.move = 'first_pass'
      AND s.id > (SELECT max(f.id) FROM order_step f WHERE f.order_id = $1 AND f.move = 'finish')
"""


async def verify(order_id: int, verdict: Verify, by: Mover) -> None:
    """Pass the fix, which closes the order, or send it back with a reason. Never the handler's own work.

    Raises HandledByYou, VerifiedByYou when the second pass is the first one's, SubOrdersOpen, AwaitsMerchant.
    """
    if verdict.result == "fail":
        await send_back(order_id, Move.REWORK, verdict.note, by)
        return
    async with turn(order_id):
        order = await moving.begin(order_id, Move.PASS, by, verdict)
        if order is None:
            return
        await parts.require_all_ended(order)
        check = await queries.get_check(order.id)
        _require_merchant_silent(check, order, by)
        if await _needs_another(check, order, by):
            moved = await moving.carry_out(order, Move.FIRST_PASS, by, note=verdict.note)
            await moving.tell(OrderPassedOnce, order, moved.version)
        else:
            moved = await moving.carry_out(order, Move.PASS, by, note=verdict.note)
            await moving.tell(OrderClosed, order, moved.version)


def as_reporter(account_id: int) -> Actor:
    """The reporter as an actor, for whoever holds the tracking link."""
    return Actor(account_id=account_id, name="", grants=())


async def send_back(order_id: int, move: Move, reason: str, by: Mover) -> LockedOrder | None:
    """返工: the fix fails, and the handler's clock goes on from where it stood. None for a repeat."""
    said = moving.require_reason(reason)
    async with turn(order_id):
        order = await moving.begin(order_id, move, by, {"reason": reason})
        if order is None:
            return None
        changes = {"rework_count": order.rework_count + 1}
        moved = await moving.carry_out(order, move, by, note=said, changes=changes)
        await moving.tell(OrderSentBack, order, moved.version, reason=said)
    return order


def _require_merchant_silent(check: Check | None, order: LockedOrder, by: Mover) -> None:
    if check is Check.MERCHANT and order.verify_by is not None and by.now < order.verify_by:
        raise AwaitsMerchant(until=order.verify_by)


async def _needs_another(check: Check | None, order: LockedOrder, by: Mover) -> bool:
    """Whether this pass is only the first of two; of a finish that kept no check, the dictionary says."""
    if check is not Check.TWO_PERSONS and not (check is None and order.verify_mode == TWO_PERSONS):
        return False
    first = await db.fetchval(_PASSED_ONCE_BY, order.id)
    if first == by.actor.account_id:
        raise VerifiedByYou
    return first is None
