"""抢单: the order becomes that of whoever took it out of the pool."""

from datetime import datetime

from backend import db
from backend.accounts import queries as accounts
from backend.accounts.structs import Actor
from backend.orders.model import rules
from backend.orders.model.errors import KeyUsedBefore, NotYours, OfferGone, OrderNotFound
from backend.orders.model.events import OrderGrabbed
from backend.orders.model.states import State, Transition
from backend.orders.transitions import locking, recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import TransitionContext
from backend.structs import IdempotencyKey, Read

_DUE = "SELECT version, arrive_by, resolve_by FROM work_order WHERE id = $1"


class Grabbed(Read, frozen=True, kw_only=True):
    order_id: int
    number: str
    version: int
    arrive_by: datetime | None
    resolve_by: datetime


async def grab(order_id: int, grabber: Actor, now: datetime, *, key: IdempotencyKey | None = None) -> Grabbed:
    """Take an order out of the pool. Whether this person may take it is settled before, by the rules of the pool.

    Part of the caller's transaction, where there is one. Under the same key the same answer again.
    Raises OfferGone, OrderNotFound, KeyUsedBefore, and NotYours for whoever may take nothing (any more).
    """
    by = TransitionContext(actor=grabber, now=now, idempotency_key=key)
    async with wait_turn(order_id):
        order = await locking.find_and_lock(order_id, grabber, beyond_scope=True)
        if order is None:
            raise OrderNotFound
        if not await _was_made_before(order, by):
            await _require_offered(order, by)
            changes = {"handler_id": grabber.account_id}
            moved = await transition.apply(order, Transition.GRAB, by, changes=changes)
            grabbed = await _grabbed(order)
            await recording.record_fact(OrderGrabbed, order, moved.version, **changes, arrive_by=grabbed.arrive_by)
            return grabbed
        return await _grabbed(order)


async def _was_made_before(order: LockedOrder, by: TransitionContext) -> bool:
    earlier = await locking.find_made_before(order.id, by.actor, by.idempotency_key)
    if earlier is not None and earlier.move != Transition.GRAB:
        raise KeyUsedBefore(earlier=earlier.move)
    return earlier is not None and order.handler_id == by.actor.account_id


async def _require_offered(order: LockedOrder, by: TransitionContext) -> None:
    if order.state is not State.OFFERED:
        raise OfferGone(state=order.state.value)
    actor = await accounts.lock_actor(by.actor.account_id)
    if actor is None or not rules.may_make(actor, Transition.GRAB, transition.ownership(order)):
        raise NotYours


async def _grabbed(order: LockedOrder) -> Grabbed:
    row = await db.fetchrow(_DUE, order.id)
    assert row is not None
    return Grabbed(order_id=order.id, number=order.number, **row)
