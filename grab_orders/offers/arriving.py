"""到场 of whoever took an offer: who leads checks in at the order, and who helps here, by the same two proofs."""

import asyncpg

from backend import db
from backend.errors import Busy
from backend.events import service as events
from backend.orders import verbs as orders
from backend.orders.arrivals import on_site
from backend.orders.arrivals.errors import BadCheckIn
from backend.orders.model.inputs import CheckInInput
from backend.orders.transitions.transition import TransitionContext
from backend.sql import sql
from grab_orders.offers import returning, takes
from grab_orders.offers.errors import NotHeld, OfferNotFound
from grab_orders.offers.events import TakeArrived, about_offer, about_take
from grab_orders.offers.structs import TakeState, TakeView

_MINE = """
    SELECT id, is_lead, state, account_id FROM take
    WHERE offer_id = $1 AND account_id = $2 ORDER BY id DESC LIMIT 1
"""
_HERE = "ST_SetSRID(ST_MakePoint(:lng::float8, :lat::float8), 4326)::geography"
_SITE = f"""
    SELECT o.place_id, i.checkin_radius_m AS radius_m,
           CASE WHEN :lng::float8 IS NOT NULL
                THEN least(ST_Distance(o.loc, {_HERE}), ST_Distance(p.outline::geography, {_HERE})) END AS distance_m
    FROM work_order o JOIN item i ON i.code = o.item_id LEFT JOIN place p ON p.id = o.place_id WHERE o.id = :order_id
"""
_ARRIVE = "UPDATE take SET state = 'arrived', arrived_at = $2 WHERE id = $1"


async def arrive(offer_id: int, said: CheckInInput, by: TransitionContext) -> TakeView:
    """Check in where an offer is. Who is there already gets the same answer again.

    Raises OfferNotFound, NotHeld, WrongCode, TooFarAway, FixTooVague, BadCheckIn, Busy, and for who leads whatever
    checking in at the order raises.
    """
    take = await db.fetchrow(_MINE, offer_id, by.actor.account_id)
    if take is None or take["state"] not in (TakeState.HELD, TakeState.ARRIVED):
        raise NotHeld(None if take is None else take["state"])
    if take["is_lead"] and take["state"] == TakeState.HELD:
        await orders.check_in((await takes.get_take(take["id"])).order.id, said, by)
    elif take["state"] == TakeState.HELD:
        await _arrive_to_help(offer_id, said, by)
    return await takes.get_take(take["id"])


async def _arrive_to_help(offer_id: int, said: CheckInInput, by: TransitionContext) -> None:
    try:
        async with db.transaction():
            offer = await returning.lock_offer(offer_id)
            take = await db.fetchrow(_MINE, offer_id, by.actor.account_id)
            if offer is None:
                raise OfferNotFound
            if take is None or take["state"] != TakeState.HELD:
                raise NotHeld(None if take is None else take["state"])
            await _require_there(offer["order_id"], said)
            await db.execute(_ARRIVE, take["id"], by.now)
            await events.record(_arrived(offer, take, by))
    except asyncpg.LockNotAvailableError as error:
        raise Busy from error


async def _require_there(order_id: int, said: CheckInInput) -> None:
    point = said.point.wgs84() if said.point else None
    lng, lat = (point.lng, point.lat) if point else (None, None)
    site = await db.fetchrow(sql(_SITE, order_id=order_id, lng=lng, lat=lat))
    assert site is not None
    if said.code is not None:
        await on_site.require_code(said.code, site["place_id"])
    elif said.point is None:
        raise BadCheckIn
    elif (refusal := on_site.why_not_near(said.point, site["distance_m"], site["radius_m"])) is not None:
        raise refusal


def _arrived(offer: asyncpg.Record, take: asyncpg.Record, by: TransitionContext) -> TakeArrived:
    whose = about_take(take["id"], take["account_id"], is_lead=False)
    return TakeArrived(**about_offer(offer, offer["version"]), **whose, checked_in_at=by.now)
