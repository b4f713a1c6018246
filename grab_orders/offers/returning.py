"""What a taken offer becomes when whoever has it does not do it: the next who helps leads, or it is offered once more,
or it goes to the unit's duty.
"""

from datetime import datetime, timedelta

import asyncpg

from backend import db
from backend.accounts import queries as accounts
from backend.duty import queries as duty
from backend.orders import verbs as orders
from backend.orders.model.errors import NotYours
from grab_orders.offers import following, rules
from grab_orders.offers.leases import LEASE_UNTIL
from grab_orders.offers.structs import TakeState

_MOMENT = timedelta(milliseconds=1)
_LOCK = """
    SELECT id, order_id, state, round, first_round, version, number, item_id AS item_code, priority, area_code,
           closes_at, needed, taken, closes_at - opens_at AS "window"
    FROM offer WHERE id = $1 FOR UPDATE
"""
_TAKE = f"""
    SELECT t.id, t.offer_id, t.account_id, t.is_lead, t.state, t.taken_at, {LEASE_UNTIL} AS lease_until
    FROM take t JOIN offer f ON f.id = t.offer_id JOIN work_order o ON o.id = f.order_id WHERE t.id = $1
"""
_END = "UPDATE take SET state = $2, ended_at = $3, note = $4 WHERE id = $1"
_HELPER = """
    SELECT id, account_id FROM take WHERE offer_id = $1 AND NOT is_lead AND state IN ('held', 'arrived')
    ORDER BY state = 'arrived' DESC, id LIMIT 1
"""
_LEAD_NOW = "UPDATE take SET is_lead = true WHERE id = $1"


async def lock_offer(offer_id: int) -> asyncpg.Record | None:
    """The offer, locked until the transaction ends. Lock the person before, never after."""
    return await db.fetchrow(_LOCK, offer_id)


async def read_take(take_id: int) -> asyncpg.Record | None:
    """A take as it is, to be read while its offer is locked."""
    return await db.fetchrow(_TAKE, take_id)


async def take_away(
    offer: asyncpg.Record, take: asyncpg.Record, state: TakeState, now: datetime, *, reason: str, note: str = ""
) -> bool:
    """End a take of a locked offer before arrival, and give the order on. `reason`: a code for the order's step.

    False, and nothing is done, when the order has gone another way meanwhile: the offer was brought into line instead.
    """
    if take["is_lead"]:
        until = now + offer["window"]
        if until == offer["closes_at"]:  # offered at this very instant
            until += _MOMENT
        if not await orders.offer_again(offer["order_id"], now, reason=reason, until=until):
            await following.follow([offer["order_id"]], now)
            return False
    await db.execute(_END, take["id"], state.value, now, note)
    if take["is_lead"] and not await _promote(offer, now) and not await _may_offer_again(offer, take, now):
        await orders.end_offer(offer["order_id"], now, reason)
    await following.follow([offer["order_id"]], now)
    return True


async def _promote(offer: asyncpg.Record, now: datetime) -> bool:
    """Let somebody who helps lead from now on; False where nobody does, or may any more."""
    helper = await db.fetchrow(_HELPER, offer["id"])
    if helper is None:
        return False
    try:
        await orders.grab(offer["order_id"], await accounts.get_actor(helper["account_id"]), now)
    except NotYours:
        return False
    await db.execute(_LEAD_NOW, helper["id"])
    return True


async def _may_offer_again(offer: asyncpg.Record, take: asyncpg.Record, now: datetime) -> bool:
    """Once more, and only where somebody else waits for it."""
    if not rules.may_offer_again(offer["round"], offer["first_round"]):
        return False
    waiting = await duty.list_on_call(offer["area_code"], now)
    return any(each.account_id != take["account_id"] for each in waiting)
