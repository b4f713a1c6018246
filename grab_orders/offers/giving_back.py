"""退回: whoever took an offer gives it back before arrival, once; the order goes on at once.

The first of a day costs nothing, the next ones a while without taking anything.
"""

from datetime import datetime

import asyncpg

from backend import db
from backend.calendars.rules import shanghai_date
from backend.errors import Busy, Conflict
from backend.events import service as events
from backend.orders.transitions.transition import TransitionContext
from grab_orders.offers import persons, returning, rules
from grab_orders.offers.errors import ArrivedAlready, NotHeld, OfferNotFound
from grab_orders.offers.events import OfferGivenBack, about_offer, about_take
from grab_orders.offers.structs import GiveBack, TakeState

_LATEST = "SELECT id, state FROM take WHERE offer_id = $1 AND account_id = $2 ORDER BY id DESC LIMIT 1"
_COUNT = "UPDATE grabber SET given_back_on = $2, given_back = $3, cools_until = $4 WHERE account_id = $1"


async def give_back(offer_id: int, said: GiveBack, by: TransitionContext) -> None:
    """Give an offer back. What was given back already stays so, and nothing is counted twice.

    Raises OfferNotFound, NotHeld, ArrivedAlready, Busy.
    """
    try:
        async with db.transaction():
            grabber = await persons.lock(by.actor.account_id)
            offer = await returning.lock_offer(offer_id)
            if offer is None:
                raise OfferNotFound
            take = await db.fetchrow(_LATEST, offer_id, by.actor.account_id)
            if take is not None and take["state"] == TakeState.GIVEN_BACK:
                return
            await _give_back(grabber, offer, take, said, by)
    except asyncpg.LockNotAvailableError as error:
        raise Busy from error


async def _give_back(
    grabber: asyncpg.Record, offer: asyncpg.Record, take: asyncpg.Record | None, said: GiveBack, by: TransitionContext
) -> None:
    if take is None or take["state"] != TakeState.HELD:
        raise _not_now(take)
    held = await returning.read_take(take["id"])
    assert held is not None
    state, note = TakeState.GIVEN_BACK, said.note
    if not await returning.take_away(offer, held, state, by.now, reason=said.reason.value, note=note):
        raise _not_now(await returning.read_take(take["id"]))
    await _count(grabber, by.now)
    whose = about_take(held["id"], held["account_id"], is_lead=held["is_lead"])
    about = about_offer(offer, offer["version"] + 1)
    await events.record(OfferGivenBack(**about, **whose, reason=said.reason.value))


def _not_now(take: asyncpg.Record | None) -> Conflict:
    state = None if take is None else take["state"]
    return ArrivedAlready() if state == TakeState.ARRIVED else NotHeld(state)


async def _count(grabber: asyncpg.Record, now: datetime) -> None:
    today = shanghai_date(now)
    times = grabber["given_back"] + 1 if grabber["given_back_on"] == today else 1
    cools_until = max(now + rules.cools_after_give_back(times), grabber["cools_until"] or now)
    await db.execute(_COUNT, grabber["account_id"], today, times, cools_until)
