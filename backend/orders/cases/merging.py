"""并案 and 拆案: two orders of one case go on as one, and part again when they were two after all.

The merged order ends in a state of its own, its clock stands, and its reporters follow the survivor; nothing of it is
moved or changed, so that parting needs only what its steps remember. Both orders are locked in the order of their ids.
"""

from msgspec.structs import replace

from backend import db
from backend.geo.distance import metres_between
from backend.geo.lonlat import LonLat
from backend.orders.cases.errors import MergeIntoItself, PartOfAnother, TooFarToMerge
from backend.orders.deadlines import effects
from backend.orders.model import rules
from backend.orders.model.errors import NotYours
from backend.orders.model.events import OrderLetGo, OrderMerged, OrderTookIn, OrderUnmerged
from backend.orders.model.states import State, Transition
from backend.orders.model.transition_table import is_possible
from backend.orders.transitions import locking, open_sub_orders, photo_links, recording, transition
from backend.orders.transitions.locking import LockedOrder
from backend.orders.transitions.order_queue import wait_turn
from backend.orders.transitions.transition import TransitionContext
from backend.orders.transitions.verb import verb
from backend.structs import Write
from backend.words import Reason

MERGE_WITHIN_M = 500.0
_TOWN_DIGITS = 9

# Everybody who reported the merged order, each with the order on which that was.
_FOLLOW_ON = """
    INSERT INTO order_follower (order_id, account_id, origin_id, since)
    SELECT $2, person.account_id, person.origin_id, $3 FROM (
        SELECT opened_by_id AS account_id, id AS origin_id FROM work_order WHERE id = $1 AND opened_by_id IS NOT NULL
        UNION SELECT account_id, origin_id FROM order_follower WHERE order_id = $1
    ) person
    ON CONFLICT (order_id, account_id, origin_id) DO NOTHING
"""
# The survivor may have been merged further since: its followers went on with it.
_FOLLOW_NO_MORE = """
    WITH RECURSIVE survivor AS (
        SELECT id, merged_into_id FROM work_order WHERE id = $2
        UNION ALL SELECT o.id, o.merged_into_id FROM survivor JOIN work_order o ON o.id = survivor.merged_into_id
    )
    DELETE FROM order_follower f USING survivor WHERE f.order_id = survivor.id AND f.origin_id IN (
        SELECT $1::bigint UNION SELECT origin_id FROM order_follower WHERE order_id = $1
    )
"""
# A merged case keeps its source's word: as what it goes on, it ends by that alone.
_COUNT_SOURCES = """
    WITH RECURSIVE survivor AS (
        SELECT id, merged_into_id FROM work_order WHERE id = $1
        UNION ALL SELECT o.id, o.merged_into_id FROM survivor JOIN work_order o ON o.id = survivor.merged_into_id
    )
    UPDATE work_order o SET source_cases = o.source_cases + $2,
           referred_at = CASE WHEN o.source_cases + $2 > 0 THEN o.referred_at END
      FROM survivor WHERE o.id = survivor.id
"""
_STATE_BEFORE = "SELECT from_state FROM order_step WHERE order_id = $1 AND move = 'merge' ORDER BY id DESC LIMIT 1"
_INTO = "SELECT merged_into_id FROM work_order WHERE id = $1"


class Merge(Write, frozen=True, kw_only=True):
    """并案: the order that goes on as one case with this one, and why they are one."""

    into_id: int
    reason: Reason


async def merge(order_id: int, merge_into: Merge, by: TransitionContext) -> None:
    """并案: end an order as part of another, whose reporters and photos it brings along.

    Raises MergeIntoItself, TooFarToMerge, PartOfAnother, SubOrdersOpen; MoveForbidden when one of them has ended.
    """
    if order_id == merge_into.into_id:
        raise MergeIntoItself
    async with wait_turn(order_id):
        await _lock_both(order_id, merge_into.into_id, by)
        await _merge(order_id, merge_into, by)


@verb(Transition.MERGE)
async def _merge(order: LockedOrder, merge_into: Merge, by: TransitionContext) -> None:
    survivor = await _begin_other(merge_into.into_id, Transition.ABSORB, by)
    reason = merge_into.reason.strip()
    await _require_one_case(order, survivor)
    merged = await transition.apply(
        order,
        Transition.MERGE,
        by,
        note=reason,
        changes={"merged_into_id": survivor.id},
        detail={"into": survivor.id, "number": survivor.number},
    )
    if order.state is not State.SUSPENDED:
        await effects.pause(order, by, reason)
    await db.execute(_FOLLOW_ON, order.id, survivor.id, by.now)
    version = await _note(survivor, Transition.ABSORB, reason, order, by)
    if order.source_cases:
        await db.execute(_COUNT_SOURCES, survivor.id, order.source_cases)
    await recording.record_fact(OrderMerged, order, merged.version, into_number=survivor.number, reason=reason)
    await recording.record_fact(OrderTookIn, survivor, version, number_taken=order.number)


async def unmerge(order_id: int, reason: str, by: TransitionContext) -> None:
    """拆案: let a merged order go on by itself, in the state and with the time that it had.

    Raises NotYours also for whoever does not dispatch where the other order lies.
    """
    async with wait_turn(order_id):
        into_id = await db.fetchval(_INTO, order_id)
        if into_id is not None:
            await _lock_both(order_id, into_id, by)
        await _unmerge(order_id, reason, by)


@verb(Transition.UNMERGE)
async def _unmerge(order: LockedOrder, reason: str, by: TransitionContext) -> None:
    said = reason.strip()
    assert order.merged_into_id is not None
    survivor = await locking.lock_order(order.merged_into_id, by.actor)
    if not rules.may_make(by.actor, Transition.DETACH, transition.ownership(survivor)):
        raise NotYours
    before = State(await db.fetchval(_STATE_BEFORE, order.id))
    await db.execute(_FOLLOW_NO_MORE, order.id, survivor.id)
    await _part_from_sources(order, survivor, by)
    await photo_links.retire(survivor.id)
    freed = await transition.apply(
        order,
        Transition.UNMERGE,
        by,
        note=said,
        changes={"merged_into_id": None},
        detail={"from": survivor.id, "number": survivor.number},
        back_to=before,
    )
    if before is not State.SUSPENDED:
        await effects.resume(order, by)
    await recording.record_fact(OrderUnmerged, order, freed.version, from_number=survivor.number, reason=said)
    if is_possible(survivor.state, Transition.DETACH):
        version = await _note(survivor, Transition.DETACH, said, order, by)
        await recording.record_fact(OrderLetGo, survivor, version, number_freed=order.number)


async def _part_from_sources(order: LockedOrder, survivor: LockedOrder, by: TransitionContext) -> None:
    """The source of a case that goes away is waited for no more; what waited for it alone is a verifier's again."""
    if not order.source_cases:
        return
    await db.execute(_COUNT_SOURCES, survivor.id, -order.source_cases)
    if survivor.state is State.HANDLED and survivor.referred_at and survivor.source_cases == order.source_cases:
        await effects.begin_verify(survivor, by)


async def _lock_both(one: int, other: int, by: TransitionContext) -> None:
    for order_id in sorted((one, other)):
        await locking.lock_order(order_id, by.actor)


async def _begin_other(order_id: int, move: Transition, by: TransitionContext) -> LockedOrder:
    """Begin the counterpart of a move on the other order; the request's key belongs to the first."""
    other = await transition.prepare(order_id, move, replace(by, idempotency_key=None, seen=None), None)
    assert other is not None
    return other


async def _note(survivor: LockedOrder, move: Transition, reason: str, order: LockedOrder, by: TransitionContext) -> int:
    """Leave a step on the survivor that says which order came or went."""
    detail = {"order": order.id, "number": order.number}
    moved = await transition.apply(survivor, move, replace(by, idempotency_key=None), note=reason, detail=detail)
    return moved.version


async def _require_one_case(order: LockedOrder, survivor: LockedOrder) -> None:
    if order.parent_id is not None or survivor.parent_id is not None:
        raise PartOfAnother
    await open_sub_orders.require_all_ended(order)
    distance_m = metres_between(LonLat(order.lng, order.lat), LonLat(survivor.lng, survivor.lat))
    is_one_town = order.area_code[:_TOWN_DIGITS] == survivor.area_code[:_TOWN_DIGITS]
    if distance_m > MERGE_WITHIN_M or not is_one_town:
        raise TooFarToMerge(distance_m=distance_m, limit_m=MERGE_WITHIN_M)
