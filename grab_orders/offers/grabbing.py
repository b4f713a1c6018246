"""抢单: of all who want an offer as many get it as are needed, and everybody else hears at once who was first.

One transaction: lock the person, count what they have, ask the rules, then one conditional UPDATE that takes the offer
if nobody has and nobody is just taking it. It waits for no lock, so losers hold up nobody.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from time import monotonic

import asyncpg

from backend import db
from backend.accounts import queries as accounts
from backend.errors import Busy
from backend.events import service as events
from backend.geo.lonlat import LonLat
from backend.orders import verbs as orders
from backend.orders.model.errors import KeyUsedBefore, OfferGone
from backend.orders.transitions.transition import TransitionContext
from backend.sql import sql
from grab_orders.names import masked
from grab_orders.offers import persons, reads, rules, takes, turns
from grab_orders.offers.errors import NotGrabbed, OfferNotFound
from grab_orders.offers.events import OfferTaken
from grab_orders.offers.structs import Barrier, Grab, TakeState, TakeView
from grab_orders.offers.turns import GrabOutcome, Turn

_PAUSES_S = (0.01, 0.02, 0.04, 0.08, 0.15, 0.25)
"""Somebody is just taking it, or a reaction looks at it: look again, for as long as a person waits gladly."""
WIN = """
    UPDATE offer SET taken = taken + 1, version = version + 1,
        state = CASE WHEN taken + 1 < needed THEN 'open' ELSE 'held' END
    WHERE id = (SELECT id FROM offer
                WHERE id = $1::bigint AND state = 'open' AND closes_at > $2::timestamptz AND taken < needed
                FOR UPDATE SKIP LOCKED)
    RETURNING id, order_id, round, version, number, item_id AS item_code, priority, area_code
"""
"""Also replayed by the bench of simultaneous grabs."""
_SEAT = """
    SELECT (SELECT min(free.nr) FROM generate_series(1, f.needed) AS free (nr)
            WHERE NOT EXISTS (SELECT FROM take t WHERE t.offer_id = f.id AND t.seat = free.nr
                              AND t.state IN ('held', 'arrived'))) AS seat,
           NOT EXISTS (SELECT FROM take t WHERE t.offer_id = f.id AND t.is_lead AND t.state IN ('held', 'arrived'))
               AS is_lead,
           o.arrive_by, o.resolve_by
    FROM offer f JOIN work_order o ON o.id = f.order_id WHERE f.id = $1
"""
_TAKE = """
    INSERT INTO take (offer_id, account_id, round, seat, is_lead, taken_at, lease_until, idempotency_key)
    VALUES (:offer_id, :account_id, :round, :seat, :is_lead, :now, :lease_until, :key) RETURNING id
"""


async def grab(offer_id: int, tap: Grab, by: TransitionContext) -> TakeView:
    """Take an offer. What one has already is the answer again, under whatever key.

    Raises NotGrabbed with who was first and what else is near, OfferNotFound, KeyUsedBefore, Busy, and NotYours for
    whoever may take nothing any more.
    """
    async with turns.wait_turn(offer_id) as turn:
        known = turn.outcome
        if known is not None and by.actor.account_id not in known.holder_ids:
            raise await _lost(offer_id, known, by)
        take_id = await _grab_now(offer_id, tap, by, turn)
    return await takes.get_take(take_id)


async def _grab_now(offer_id: int, tap: Grab, by: TransitionContext, turn: Turn) -> int:
    point = tap.point.wgs84() if tap.point else None
    looked_at = monotonic()
    for pause_s in (*_PAUSES_S, None):
        looked_at = monotonic()
        found = await _look(offer_id, point, by)
        if (mine := _my_take(found, offer_id)) is not None:
            return mine
        if (barrier := rules.gone(reads.offered_of(found), by.now)) is not None:
            turn.settle(await _outcome(barrier, found["holder_ids"], looked_at))
            break
        try:
            if (take_id := await _try(offer_id, point, by)) is not None:
                return take_id
        except OfferGone:
            turn.settle(GrabOutcome(barrier=Barrier.WITHDRAWN, looked_at=looked_at))
            break
        if pause_s is not None:
            await asyncio.sleep(pause_s)
    known = turn.outcome or GrabOutcome(barrier=Barrier.TAKEN, looked_at=looked_at)
    raise await _lost(offer_id, known, by)


async def _look(offer_id: int, point: LonLat | None, by: TransitionContext) -> asyncpg.Record:
    found = await reads.find(offer_id, by.actor.account_id, point, by.idempotency_key)
    if found is None:
        raise OfferNotFound
    return found


def _my_take(found: asyncpg.Record, offer_id: int) -> int | None:
    """What the person took before, under this key or without it. Raises KeyUsedBefore, NotGrabbed."""
    if found["my_take_id"] is None:
        return None
    if found["my_offer_id"] != offer_id:
        raise KeyUsedBefore(earlier="grab")
    state = TakeState(found["my_state"])
    if state in (TakeState.GIVEN_BACK, TakeState.EXPIRED):
        raise NotGrabbed([Barrier.GAVE_BACK_BEFORE], nearby=[])
    if state is TakeState.ENDED:
        raise NotGrabbed([Barrier.WITHDRAWN], nearby=[])
    return found["my_take_id"]


async def _try(offer_id: int, point: LonLat | None, by: TransitionContext) -> int | None:
    """The transaction. None when somebody else has it, or is just taking it."""
    try:
        async with db.transaction():
            grabber = await persons.lock(by.actor.account_id)
            found = await _look(offer_id, point, by)
            if (mine := _my_take(found, offer_id)) is not None:
                return mine
            await _require_may_take(found, grabber["cools_until"], by)
            won = await db.fetchrow(WIN, offer_id, by.now)
            return None if won is None else await _take(won, by)
    except asyncpg.LockNotAvailableError as error:
        raise Busy from error


async def _require_may_take(found: asyncpg.Record, cools_until: datetime | None, by: TransitionContext) -> None:
    person = await persons.describe(by.actor, cools_until, by.now)
    offered = reads.offered_of(found)
    if rules.gone(offered, by.now) is None and (reasons := rules.barriers(person, offered, by.now)):
        near = reads.pick_nearby(await reads.list_nearby(found["id"], by.now), by.actor, by.now)
        raise NotGrabbed(reasons, nearby=near, cools_until=cools_until)


async def _take(won: asyncpg.Record, by: TransitionContext) -> int:
    """The offer is locked and this person's: take the order with it, or help whoever leads."""
    place = await db.fetchrow(_SEAT, won["id"])
    assert place is not None
    arrive_by, resolve_by = place["arrive_by"], place["resolve_by"]
    if place["is_lead"]:
        key = by.idempotency_key
        grabbed = await orders.grab(won["order_id"], by.actor, by.now, key=key)
        arrive_by, resolve_by = grabbed.arrive_by, grabbed.resolve_by
    lease_until = rules.lease_until(by.now, won["priority"], arrive_by, resolve_by)
    take_id = await db.fetchval(
        sql(
            _TAKE,
            offer_id=won["id"],
            account_id=by.actor.account_id,
            round=won["round"],
            seat=place["seat"],
            is_lead=place["is_lead"],
            now=by.now,
            lease_until=lease_until,
            key=by.idempotency_key,
        )
    )
    await _record_taken(won, take_id, lease_until, by, is_lead=place["is_lead"])
    return take_id


async def _record_taken(
    won: asyncpg.Record, take_id: int, lease_until: datetime, by: TransitionContext, *, is_lead: bool
) -> None:
    await events.record(
        OfferTaken(
            subject_id=won["id"],
            version=won["version"],
            area_code=won["area_code"],
            account_ids=(by.actor.account_id,),
            is_urgent=won["priority"] == "P1",
            **{name: won[name] for name in ("order_id", "number", "item_code", "priority")},
            take_id=take_id,
            account_id=by.actor.account_id,
            is_lead=is_lead,
            taken_at=by.now,
            lease_until=lease_until,
        )
    )


async def _outcome(barrier: Barrier, holder_ids: Sequence[int], looked_at: float) -> GrabOutcome:
    names = await accounts.list_names(holder_ids[-1:]) if barrier is Barrier.TAKEN and holder_ids else {}
    winner = next((masked(name) for name in names.values()), None)
    return GrabOutcome(barrier=barrier, looked_at=looked_at, holder_ids=frozenset(holder_ids), winner=winner)


async def _lost(offer_id: int, known: GrabOutcome, by: TransitionContext) -> NotGrabbed:
    near = await _nearby_of(offer_id, known, by)
    return NotGrabbed([known.barrier], winner=known.winner, nearby=reads.pick_nearby(near, by.actor, by.now))


async def _nearby_of(offer_id: int, known: GrabOutcome, by: TransitionContext) -> Sequence[asyncpg.Record]:
    """Asked once for all who lose by this outcome."""
    if known.nearby is None:
        known.nearby = await reads.list_nearby(offer_id, by.now)
    return known.nearby
