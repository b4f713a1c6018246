"""我也遇到: one more reporter for an order. Each of them is told at every stage, and may urge and rate it."""

from datetime import datetime
from uuid import UUID

from backend import db
from backend.geo.points import Fix
from backend.orders.cases import merged_orders
from backend.orders.cases.errors import ClosedTooLong
from backend.orders.model.events import OrderJoined
from backend.orders.model.states import State, Transition
from backend.orders.model.transition_table import is_possible
from backend.orders.transitions import locking, recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import TransitionContext
from backend.structs import Read
from media import service as media
from media.structs import PhotoRole, SubjectKind

_FOLLOW = """
    INSERT INTO order_follower (order_id, account_id, origin_id, since) VALUES ($1, $2, $1, $3)
    ON CONFLICT (order_id, account_id, origin_id) DO NOTHING RETURNING id
"""


class Joining(Read, frozen=True, kw_only=True):
    """我也遇到: what one more reporter brings to an order."""

    closed_since: datetime
    """An order that was closed before this instant takes no more reporters."""
    description: str = ""
    photo_ids: list[UUID] = []
    fix: Fix | None = None
    is_fresh: bool = False
    """The server had shown the page of the place's code just then."""


class Joined(Read, frozen=True, kw_only=True):
    order_id: int
    number: str
    is_first: bool
    """False for whoever had reported this order before."""


async def join(order_id: int, joining: Joining, by: TransitionContext) -> Joined:
    """Count one more reporter, with words and photos of their own, and tell them of the rest.

    A merged order is joined as the one that it goes on as. Raises OrderNotFound, ClosedTooLong, MoveForbidden.
    """
    async with wait_turn(order_id):
        order = await _lock_survivor(order_id, by)
        is_known = order.opened_by_id == by.actor.account_id or order.is_follower
        is_first = not is_known and await _add(order, joining, by)
        return Joined(order_id=order.id, number=order.number, is_first=is_first)


async def _lock_survivor(order_id: int, by: TransitionContext) -> LockedOrder:
    """The order on which the case goes on. Whoever merges it meanwhile is waited for."""
    order = await locking.lock_order(order_id, by.actor, beyond_scope=True)
    if order.merged_into_id is None:
        return order
    return await locking.lock_order(await merged_orders.find_survivor(order_id), by.actor, beyond_scope=True)


async def _add(order: LockedOrder, joining: Joining, by: TransitionContext) -> bool:
    """False when the same person was faster with another tap."""
    if not is_possible(order.state, Transition.JOIN):
        await transition.refuse(order, by.actor)
    if order.state is State.CLOSED and order.closed_at is not None and order.closed_at < joining.closed_since:
        raise ClosedTooLong
    if await db.fetchval(_FOLLOW, order.id, by.actor.account_id, by.now) is None:
        return False
    detail = {"is_fresh": True} if joining.is_fresh else None
    moved = await transition.apply(order, Transition.JOIN, by, fix=joining.fix, note=joining.description, detail=detail)
    await media.attach(joining.photo_ids, by.actor.account_id, SubjectKind.ORDER_STEP, moved.step_id, PhotoRole.REPORT)
    await recording.record_fact(OrderJoined, order, moved.version)
    return True
