"""The end of an order's work: somebody else verifies it. What its reporters say then: verdicts.py.

An item whose mode of verification is `two_person_check` needs two different verifiers; every other mode needs one. What
waits for the merchant's word (confirming.py) can be sent back by a verifier, and passed once that word is overdue.
"""

from backend import db
from backend.accounts.structs import Actor
from backend.orders.model.checks import TWO_PERSONS, Check
from backend.orders.model.events import OrderClosed, OrderPassedOnce, OrderSentBack
from backend.orders.model.inputs import Verify
from backend.orders.model.states import Transition
from backend.orders.transitions import locking, open_sub_orders, recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import TransitionContext
from backend.orders.transitions.verb import verb
from backend.orders.verifying.errors import AwaitsMerchant, VerifiedByYou

_PASSED_ONCE_BY = """
    SELECT s.actor_id FROM order_step s WHERE s.order_id = $1 AND s.move = 'first_pass'
      AND s.id > (SELECT max(f.id) FROM order_step f WHERE f.order_id = $1 AND f.move = 'finish')
"""


async def verify(order_id: int, verdict: Verify, by: TransitionContext) -> None:
    """Pass the fix, which closes the order, or send it back with a reason. Never the handler's own work.

    Raises HandledByYou, VerifiedByYou when the second pass is the first one's, SubOrdersOpen, AwaitsMerchant.
    """
    if verdict.result == "fail":
        await rework(order_id, verdict.note, by)
    else:
        await pass_fix(order_id, verdict, by)


@verb(Transition.PASS)
async def pass_fix(order: LockedOrder, verdict: Verify, by: TransitionContext) -> None:
    """核查通过: of two verifiers that are needed the first one's pass leaves the order as it is."""
    await open_sub_orders.require_all_ended(order)
    check = await locking.get_check(order.id)
    _require_merchant_silent(check, order, by)
    if await _needs_another(check, order, by):
        moved = await transition.apply(order, Transition.FIRST_PASS, by, note=verdict.note)
        await recording.record_fact(OrderPassedOnce, order, moved.version)
    else:
        moved = await transition.apply(order, Transition.PASS, by, note=verdict.note)
        await recording.record_fact(OrderClosed, order, moved.version)


@verb(Transition.REWORK)
async def rework(order: LockedOrder, reason: str, by: TransitionContext) -> None:
    """返工: the fix fails."""
    await send_back(order, Transition.REWORK, reason.strip(), by)


def as_reporter(account_id: int) -> Actor:
    """The reporter as an actor, for whoever holds the tracking link."""
    return Actor(account_id=account_id, name="", grants=())


async def send_back(order: LockedOrder, move: Transition, reason: str, by: TransitionContext) -> None:
    """The work goes back to the handler, whose clock goes on from where it stood."""
    changes = {"rework_count": order.rework_count + 1}
    moved = await transition.apply(order, move, by, note=reason, changes=changes)
    await recording.record_fact(OrderSentBack, order, moved.version, reason=reason)


def _require_merchant_silent(check: Check | None, order: LockedOrder, by: TransitionContext) -> None:
    if check is Check.MERCHANT and order.verify_by is not None and by.now < order.verify_by:
        raise AwaitsMerchant(until=order.verify_by)


async def _needs_another(check: Check | None, order: LockedOrder, by: TransitionContext) -> bool:
    """Whether this pass is only the first of two; of a finish that kept no check, the dictionary says."""
    if check is not Check.TWO_PERSONS and not (check is None and order.verify_mode == TWO_PERSONS):
        return False
    first = await db.fetchval(_PASSED_ONCE_BY, order.id)
    if first == by.actor.account_id:
        raise VerifiedByYou
    return first is None
