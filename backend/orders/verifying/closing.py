"""The end of an order's work: somebody else verifies it. What its reporters say then: verdicts.py.

An item whose mode of verification is `two_person_check` needs two different verifiers; every other mode needs one. What
waits for the merchant's word (confirmation.py) can be sent back by a verifier, and passed once that word is overdue.
Where its source has the last word, a pass here closes nothing: the source is asked, and says (source_word.py).
"""

from backend import db
from backend.accounts.structs import Actor
from backend.orders.deadlines import effects
from backend.orders.model.checks import TWO_PERSONS, Check
from backend.orders.model.events import OrderClosed, OrderPassedOnce, OrderReferred, OrderSentBack
from backend.orders.model.inputs import Verify
from backend.orders.model.states import Transition
from backend.orders.transitions import locking, open_sub_orders, recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import TransitionContext
from backend.orders.transitions.verb import verb
from backend.orders.verifying.errors import AwaitsMerchant, AwaitsSource, VerifiedByYou

_PASSED_BY = """
    SELECT s.actor_id FROM order_step s WHERE s.order_id = $1 AND s.move = 'first_pass'
      AND s.id > (SELECT max(f.id) FROM order_step f WHERE f.order_id = $1 AND f.move = 'finish')
"""


async def verify(order_id: int, verdict: Verify, by: TransitionContext) -> None:
    """Pass the fix, which closes the order, or send it back with a reason. Never the handler's own work.

    Raises HandledByYou, VerifiedByYou when the second pass is the first one's, SubOrdersOpen, AwaitsMerchant,
    AwaitsSource.
    """
    if verdict.result == "fail":
        await rework(order_id, verdict.note, by)
    else:
        await pass_fix(order_id, verdict, by)


@verb(Transition.PASS)
async def pass_fix(order: LockedOrder, verdict: Verify, by: TransitionContext) -> None:
    """核查通过: of two verifiers that are needed the first one's pass leaves the order as it is; so does any pass where
    its source has the last word.
    """
    await open_sub_orders.require_all_ended(order)
    check = await locking.get_check(order.id)
    _require_merchant_silent(check, order, by)
    passed_by = [row["actor_id"] for row in await db.fetch(_PASSED_BY, order.id)]
    left = _verifiers_needed(check, order) - len(passed_by)
    if left > 0 and by.actor.account_id in passed_by:
        raise VerifiedByYou
    if left > 1:
        moved = await transition.apply(order, Transition.FIRST_PASS, by, note=verdict.note)
        await recording.record_fact(OrderPassedOnce, order, moved.version)
    elif order.source_cases:
        if order.referred_at is not None:
            raise AwaitsSource
        changes = {"referred_at": by.now}
        moved = await transition.apply(order, Transition.FIRST_PASS, by, note=verdict.note, changes=changes)
        await effects.end_verify(order)
        await recording.record_fact(OrderReferred, order, moved.version)
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
    if order.source_cases or check is not Check.MERCHANT:
        return
    if order.verify_by is not None and by.now < order.verify_by:
        raise AwaitsMerchant(until=order.verify_by)


def _verifiers_needed(check: Check | None, order: LockedOrder) -> int:
    """Of a finish that kept no check, the dictionary says."""
    return 2 if check is Check.TWO_PERSONS or (check is None and order.verify_mode == TWO_PERSONS) else 1
