"""Into the pool: what a dispatcher releases, and what comes back from whoever had taken it."""

from datetime import datetime
from typing import Any

from backend import db
from backend.duty import queries as duty
from backend.orders.deadlines import offer_terms
from backend.orders.model.errors import NobodyOnCall
from backend.orders.model.events import OrderOffered, OrderOfferedAgain
from backend.orders.model.inputs import Release
from backend.orders.model.states import State, Transition
from backend.orders.transitions import locking, recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import SYSTEM_ACTOR, TransitionContext
from backend.orders.transitions.verb import verb

_DUE = "SELECT respond_by, resolve_by, offered_until AS window_until FROM work_order WHERE id = $1"


@verb(Transition.RELEASE)
async def release(order: LockedOrder, into: Release, by: TransitionContext) -> None:
    """放入抢单池: let whoever is on call take the order; nobody has it until then. Raises NobodyOnCall."""
    if not await duty.is_anybody_on_call(order.area_code, by.now):
        raise NobodyOnCall
    terms = await offer_terms.get_offer_terms(order.item_code, order.area_code, order.priority)
    window_min, needed = into.window_min or terms.window_min, into.people_needed or terms.people_needed
    until = by.now + offer_terms.OfferTerms(window_min=window_min).window
    detail = {"from_handler": order.handler_id, "window_min": window_min, "people_needed": needed}
    moved = await transition.apply(
        order, Transition.RELEASE, by, note=into.note, changes=_in_the_pool(until), detail=detail
    )
    await recording.record_fact(OrderOffered, order, moved.version, **await _offer(order, needed))


async def offer_again(order_id: int, now: datetime, *, reason: str, until: datetime) -> bool:
    """Put an order that was taken back into the pool, before anybody arrived. `reason`: a code for the step.

    Part of the caller's transaction, where there is one. False, and nothing is done, when it is accepted no more.
    """
    by = TransitionContext(actor=SYSTEM_ACTOR, now=now)
    async with wait_turn(order_id):
        order = await locking.lock_order(order_id, SYSTEM_ACTOR, beyond_scope=True)
        if order.state is not State.ACCEPTED:
            return False
        terms = await offer_terms.get_offer_terms(order.item_code, order.area_code, order.priority)
        detail = {"from_handler": order.handler_id, "reason": reason}
        moved = await transition.apply(order, Transition.OFFER_AGAIN, by, changes=_in_the_pool(until), detail=detail)
        offer = await _offer(order, terms.people_needed)
        await recording.record_fact(
            OrderOfferedAgain, order, moved.version, **offer, from_handler_id=order.handler_id, reason=reason
        )
        return True


def _in_the_pool(until: datetime) -> dict[str, Any]:
    return {"handler_id": None, "offered_until": until}


async def _offer(order: LockedOrder, people_needed: int) -> dict[str, Any]:
    """What facts say of an offer, when the order has it."""
    row = await db.fetchrow(_DUE, order.id)
    assert row is not None
    return {**row, "handler_id": None, "people_needed": people_needed, "lng": order.lng, "lat": order.lat}
