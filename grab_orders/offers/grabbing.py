"""抢单: of all who want an offer as many get it as are needed, and everybody else hears at once who was first.

One transaction: lock the person, see what they have, ask the rules, then one conditional UPDATE that takes the offer if
nobody has and nobody is just taking it. It waits for no lock, so losers hold up nobody.
"""

import asyncio
from collections.abc import Sequence
from time import monotonic

import asyncpg

from backend import db
from backend.accounts import queries as accounts
from backend.errors import Busy
from backend.geo.lonlat import LonLat
from backend.orders.model.errors import KeyUsedBefore, OfferGone
from backend.orders.transitions.transition import TransitionContext
from grab_orders.names import masked
from grab_orders.offers import persons, reads, rules, seating, takes, turns
from grab_orders.offers.errors import NotGrabbed, OfferNotFound
from grab_orders.offers.structs import Barrier, Grab, TakeState, TakeView
from grab_orders.offers.turns import GrabOutcome, Turn

_PAUSES_S = (0.01, 0.02, 0.04, 0.08, 0.15, 0.25)
"""Somebody is just taking it, or a reaction looks at it: try again, for as long as a person waits gladly."""
WIN = """
    UPDATE offer SET taken = taken + 1, version = version + 1,
        state = CASE WHEN taken + 1 < needed THEN 'open' ELSE 'held' END
    WHERE id = (SELECT id FROM offer
                WHERE id = $1::bigint AND state = 'open' AND closes_at > $2::timestamptz AND taken < needed
                FOR UPDATE SKIP LOCKED)
    RETURNING id, order_id, round, version, number, item_id AS item_code, priority, area_code, needed, taken
"""
"""Also replayed by the bench of simultaneous grabs."""


async def grab(offer_id: int, tap: Grab, by: TransitionContext) -> TakeView:
    """Take an offer. What one has already is the answer again, under whatever key.

    Raises NotGrabbed with who was first and what else is near, OfferNotFound, KeyUsedBefore, Busy, and NotYours for
    whoever may take nothing any more.
    """
    point = tap.point.wgs84() if tap.point else None
    async with turns.wait_turn(offer_id) as turn:
        known = turn.outcome
        if known is None or by.actor.account_id in known.holder_ids:
            take_id = await _grab_now(offer_id, point, by, turn)
        else:
            raise await _lost(offer_id, known, by)
    return await takes.get_take(take_id)


async def _grab_now(offer_id: int, point: LonLat | None, by: TransitionContext, turn: Turn) -> int:
    """Try until it is settled, one way or the other."""
    looked_at = monotonic()
    for pause_s in (*_PAUSES_S, None):
        looked_at = monotonic()
        try:
            if (take_id := await _look_and_try(offer_id, point, by, turn)) is not None:
                return take_id
        except OfferGone:
            turn.settle(GrabOutcome(barrier=Barrier.WITHDRAWN, looked_at=looked_at))
        if turn.outcome is not None:
            break
        if pause_s is not None:
            await asyncio.sleep(pause_s)
    raise await _lost(offer_id, turn.outcome or GrabOutcome(barrier=Barrier.TAKEN, looked_at=looked_at), by)


async def _look_and_try(offer_id: int, point: LonLat | None, by: TransitionContext, turn: Turn) -> int | None:
    """None when somebody else has it, which is settled then, or is just taking it."""
    looked_at = monotonic()
    if turn.was_settled_before:
        found = await _look(offer_id, point, by)
    else:
        found, take_id = await _try(offer_id, point, by, turn)
        if take_id is not None:
            return take_id
    if (barrier := rules.gone(reads.offered_of(found), by.now)) is not None:
        turn.settle(await _outcome(barrier, found["holder_ids"], looked_at))
        return await _my_take(found, offer_id, by)
    return (await _try(offer_id, point, by, turn))[1] if turn.was_settled_before else None


async def _try(
    offer_id: int, point: LonLat | None, by: TransitionContext, turn: Turn
) -> tuple[asyncpg.Record, int | None]:
    """The transaction: the offer as it was found, and the take that came of it."""
    try:
        async with db.transaction():
            await persons.lock(by.actor.account_id)
            found = await _look(offer_id, point, by)
            if (mine := await _my_take(found, offer_id, by)) is not None:
                return found, mine
            if rules.gone(reads.offered_of(found), by.now) is not None:
                return found, None
            await _require_may_take(found, by)
            won = await db.fetchrow(WIN, offer_id, by.now)
            take_id = None if won is None else await seating.take(won, by)
    except asyncpg.LockNotAvailableError as error:
        raise Busy from error
    if won is not None and won["taken"] == won["needed"]:
        turn.settle(_won_by(by, found["holder_ids"]))
    return found, take_id


async def _look(offer_id: int, point: LonLat | None, by: TransitionContext) -> asyncpg.Record:
    found = await reads.find(offer_id, by, point)
    if found is None:
        raise OfferNotFound
    return found


async def _my_take(found: asyncpg.Record, offer_id: int, by: TransitionContext) -> int | None:
    """What the person took before, under this key or without it. Raises KeyUsedBefore, NotGrabbed."""
    if found["my_take_id"] is None:
        return None
    if found["my_offer_id"] != offer_id:
        raise KeyUsedBefore(earlier="grab")
    state = TakeState(found["my_state"])
    if state in (TakeState.GIVEN_BACK, TakeState.EXPIRED):
        raise await _barred([Barrier.GAVE_BACK_BEFORE], found, by)
    if state is TakeState.ENDED or (state is TakeState.FINISHED and not found["is_mine_still"]):
        # Once its order is over, the place and the words of its reporter are nobody's to know who helped with it.
        raise await _barred([Barrier.WITHDRAWN], found, by)
    return found["my_take_id"]


async def _require_may_take(found: asyncpg.Record, by: TransitionContext) -> None:
    taker = persons.taker_of(by.actor, found, by.now)
    if reasons := rules.barriers(taker, reads.offered_of(found), by.now):
        raise await _barred(reasons, found, by)


async def _barred(reasons: Sequence[Barrier], found: asyncpg.Record, by: TransitionContext) -> NotGrabbed:
    near = reads.pick_nearby(await reads.list_nearby(found["id"], by.now), by.actor, by.now)
    return NotGrabbed(reasons, nearby=near, cools_until=found["cools_until"])


def _won_by(by: TransitionContext, others: Sequence[int]) -> GrabOutcome:
    """What everybody hears who has come until now."""
    return GrabOutcome(
        barrier=Barrier.TAKEN,
        looked_at=monotonic(),
        holder_ids=frozenset((*others, by.actor.account_id)),
        winner=masked(by.actor.name),
    )


async def _outcome(barrier: Barrier, holder_ids: Sequence[int], looked_at: float) -> GrabOutcome:
    names = await accounts.list_names(holder_ids[-1:]) if barrier is Barrier.TAKEN and holder_ids else {}
    winner = next((masked(name) for name in names.values()), None)
    return GrabOutcome(barrier=barrier, looked_at=looked_at, holder_ids=frozenset(holder_ids), winner=winner)


async def _lost(offer_id: int, known: GrabOutcome, by: TransitionContext) -> NotGrabbed:
    if known.nearby is None:  # asked once for all who lose by this outcome
        known.nearby = await reads.list_nearby(offer_id, by.now)
    return NotGrabbed([known.barrier], winner=known.winner, nearby=reads.pick_nearby(known.nearby, by.actor, by.now))
