"""What follows a finish: it goes to whoever verifies it, or the system passes it by itself in the same transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from backend import db
from backend.accounts.structs import Role
from backend.orders.model.checks import Check
from backend.orders.model.events import ConfirmationAsked, OrderClosed, OrderFinished
from backend.orders.model.states import State, Transition
from backend.orders.transitions import open_sub_orders, recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.transition import Applied, TransitionContext
from backend.orders.verifying.checks import MERCHANT_CONFIRM, Comparison, CompletedWork, Sampling, check_of
from backend.orders.verifying.proof import PhotoProof
from backend.orders.verifying.proving import WorkEvidence

_REPORTERS = tuple(role.value for role in (Role.RESIDENT, Role.SHOP_OWNER, Role.VOLUNTEER))
_OPENED_AS = "SELECT actor_role FROM order_step WHERE order_id = $1 AND move = 'open'"
_VERIFY_BY = "SELECT verify_by FROM work_order WHERE id = $1"


async def choose(
    order: LockedOrder,
    begun: WorkEvidence,
    proofs: Sequence[PhotoProof],
    sampling: Sampling,
    comparison: Comparison | None = None,
) -> Check:
    """Who looks at this fix. Drawn once: the finish step keeps it."""
    fix = CompletedWork(
        order_id=order.id,
        verify_mode=order.verify_mode,
        rework_count=order.rework_count,
        reopen_count=order.reopen_count,
        is_arrival_proved=order.state is State.ON_SITE and begun.is_arrival_proved,
        has_open_sub_orders=bool(await open_sub_orders.list_open(order)),
        has_source=bool(order.source_cases),
        has_merchant=order.verify_mode == MERCHANT_CONFIRM and await _has_merchant(order),
    )
    return check_of(fix, proofs, sampling, comparison)


def detail_of(
    proofs: Sequence[PhotoProof], check: Check | None = None, comparison: Comparison | None = None
) -> dict[str, Any]:
    """What the step keeps for whoever looks at it later; no check where nobody is to."""
    stored: dict[str, Any] = {"proofs": [msgspec.to_builtins(each) for each in proofs]}
    if comparison is not None:
        stored |= {"comparison": msgspec.to_builtins(comparison)}
    return stored | {"check": check.value} if check else stored


async def hand_on(order: LockedOrder, finished: Applied, check: Check, by: TransitionContext) -> None:
    """Tell whoever is to verify. Where the system passes, nobody is asked to: it is closed at once."""
    match check:
        case Check.SYSTEM | Check.COMPARISON | Check.ANSWER:
            handled = msgspec.structs.replace(order, state=State.HANDLED)
            passed = await transition.apply(handled, Transition.AUTO_PASS, by)
            await recording.record_fact(OrderClosed, order, passed.version)
        case Check.MERCHANT:
            await recording.record_fact(ConfirmationAsked, order, finished.version, confirm_by=await _verify_by(order))
        case _:
            await recording.record_fact(OrderFinished, order, finished.version)


async def _has_merchant(order: LockedOrder) -> bool:
    if order.opened_by_id is None or order.opened_by_id == order.handler_id:
        return False
    return await db.fetchval(_OPENED_AS, order.id) in _REPORTERS


async def _verify_by(order: LockedOrder) -> datetime | None:
    return await db.fetchval(_VERIFY_BY, order.id)
