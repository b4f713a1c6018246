"""An offer that was won becomes a take: with the order for the first, as help for everybody after."""

from datetime import datetime

import asyncpg

from backend import db
from backend.events import service as events
from backend.orders import verbs as orders
from backend.orders.transitions.transition import TransitionContext
from backend.sql import sql
from backend.structs import Read
from grab_orders.offers import rules
from grab_orders.offers.events import OfferTaken, about_offer, about_take

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


class _Seat(Read, frozen=True, kw_only=True):
    nr: int
    is_lead: bool
    lease_until: datetime


async def take(won: asyncpg.Record, by: TransitionContext) -> int:
    """Write the take of an offer that this transaction has locked and counted. Raises OfferGone, NotYours."""
    seat = await _seat(won, by)
    take_id = await db.fetchval(
        sql(
            _TAKE,
            offer_id=won["id"],
            account_id=by.actor.account_id,
            round=won["round"],
            seat=seat.nr,
            is_lead=seat.is_lead,
            now=by.now,
            lease_until=seat.lease_until,
            key=by.idempotency_key,
        )
    )
    await _record(won, take_id, seat, by)
    return take_id


async def _seat(won: asyncpg.Record, by: TransitionContext) -> _Seat:
    """The first free one. Where nobody leads, the order is taken with it; a statement after the lock sees who does."""
    if won["needed"] == 1:
        return await _leading(won, 1, by)
    row = await db.fetchrow(_SEAT, won["id"])
    assert row is not None
    if row["is_lead"]:
        return await _leading(won, row["seat"], by)
    until = rules.lease_until(by.now, won["priority"], row["arrive_by"], row["resolve_by"])
    return _Seat(nr=row["seat"], is_lead=False, lease_until=until)


async def _leading(won: asyncpg.Record, nr: int, by: TransitionContext) -> _Seat:
    order = await orders.grab(won["order_id"], by.actor, by.now)
    until = rules.lease_until(by.now, won["priority"], order.arrive_by, order.resolve_by)
    return _Seat(nr=nr, is_lead=True, lease_until=until)


async def _record(won: asyncpg.Record, take_id: int, seat: _Seat, by: TransitionContext) -> None:
    whose = about_take(take_id, by.actor.account_id, is_lead=seat.is_lead)
    about = about_offer(won, won["version"])
    await events.record(OfferTaken(**about, **whose, taken_at=by.now, lease_until=seat.lease_until))
