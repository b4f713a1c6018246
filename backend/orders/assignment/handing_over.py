"""离岗移交: what somebody has who is no longer there to do it goes to others of the unit, else to the next choice.

Whoever has an order must be able to act on it: still here, of its unit, a handler where it lies, or whoever grabbed it
and still may; of a pool somebody is. What a leaver holds is looked at at once; each minute everything is, for pools and
for what came to a leaver meanwhile. What is handled waits for its verifier first; sent back, it is handed over then.
Each order is a transaction of its own, begun by locking its row: several workers, and whoever moves it at that instant,
hand it over once. It is no return and counts no hop.
"""

from collections.abc import Sequence
from datetime import datetime

from backend import db
from backend.accounts import sql as people
from backend.jobs import queue
from backend.orders.assignment import choosing, ownership
from backend.orders.model import transition_table
from backend.orders.model.events import OrderHandedOver
from backend.orders.model.states import State, Transition, quoted
from backend.orders.transitions import each_alone, locking, recording, transition
from backend.orders.transitions.transition import SYSTEM_ACTOR, TransitionContext

_STATES = quoted(transition_table.rule_of(Transition.HAND_OVER).sources)
_AREAS = "ARRAY[left(o.area_code, 2), left(o.area_code, 4), left(o.area_code, 6), left(o.area_code, 9), o.area_code]"
_IS_GONE = f"""NOT ({people.is_handler("o.handler_id", "o.unit_id", _AREAS)}
        OR o.grabbed_at IS NOT NULL AND {people.is_grabber("o.handler_id", _AREAS)})"""
_HELD = f"""
    SELECT o.id FROM work_order o WHERE o.handler_id IS NOT NULL AND o.state IN ({_STATES}) AND {_IS_GONE}
"""
_HELD_BY = f"{_HELD} AND o.handler_id = $1"
_LEFT_BEHIND = f"""
    {_HELD} UNION ALL
    SELECT o.id FROM work_order o WHERE o.handler_id IS NULL AND o.unit_id IS NOT NULL
      AND o.state = '{State.DISPATCHED}' AND NOT {people.has_handlers("o.unit_id", _AREAS)}
"""
_IS_LEFT_BEHIND = f"SELECT EXISTS (SELECT FROM ({_LEFT_BEHIND}) behind WHERE behind.id = $1)"
# Each minute, over everything that is open: whether somebody is there is asked once for all that they have in an area.
_ALL_LEFT_BEHIND = f"""
    WITH open AS MATERIALIZED (
        SELECT handler_id, unit_id, area_code, min(grabbed_at) AS grabbed_at, array_agg(id) AS ids FROM work_order
        WHERE state IN ({_STATES}) AND (handler_id IS NOT NULL OR unit_id IS NOT NULL AND state = '{State.DISPATCHED}')
        GROUP BY handler_id, unit_id, area_code, grabbed_at IS NULL
    )
    SELECT unnest(ids) AS id FROM open o WHERE CASE
        WHEN handler_id IS NOT NULL THEN {_IS_GONE}
        ELSE NOT {people.has_handlers("o.unit_id", _AREAS)} END
    ORDER BY id
"""
JOB = "orders.hand_over_from"


async def request(account_ids: Sequence[int]) -> None:
    """Have `hand_over_from` done by a job for each of these people: whoever asks need not wait for it."""
    await queue.enqueue_many(JOB, list(account_ids))


async def hand_over(now: datetime) -> int:
    """Hand over every order whose holder, or whose whole pool, is there no more. Returns how many.

    Several workers may do so at once. One that cannot be handed over is logged and holds up no other.
    """
    return await _hand_over_each([row["id"] for row in await db.fetch(_ALL_LEFT_BEHIND)], now)


async def hand_over_from(account_id: int, now: datetime) -> int:
    """The same for what one person holds, found by index: many may leave in one file."""
    return await _hand_over_each([row["id"] for row in await db.fetch(_HELD_BY, account_id)], now)


async def _hand_over_each(order_ids: Sequence[int], now: datetime) -> int:
    return await each_alone.count_done(
        order_ids, lambda order_id: hand_over_one(order_id, now), "order_not_handed_over"
    )


async def hand_over_one(order_id: int, now: datetime) -> bool:
    """Give one order to somebody else, a pool or the centre. False when whoever has it is there, or it moved on."""
    async with db.transaction():
        order = await locking.lock_order(order_id, SYSTEM_ACTOR, beyond_scope=True)
        if not await db.fetchval(_IS_LEFT_BEHIND, order_id):
            return False
        by = TransitionContext(actor=SYSTEM_ACTOR, now=now)
        owner = ownership.of(order, await choosing.choose_instead(order, now))
        detail = {"from_handler": order.handler_id, **owner.detail}
        moved = await transition.apply(order, Transition.HAND_OVER, by, changes=owner.changes, detail=detail)
        await recording.record_fact(
            OrderHandedOver, order, moved.version, from_handler_id=order.handler_id, **owner.changes
        )
        return True
