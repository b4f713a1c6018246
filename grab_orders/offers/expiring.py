"""What the clock ends: leases of people who do not come, and windows in which nobody took anything.

Each is a transaction of its own that locks and looks again, so several workers may do so at once, and whoever arrives
or grabs at that instant is first or comes too late. One that fails is logged and holds up no other.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import asyncpg

from backend import db, logs
from backend.events import service as events
from backend.orders import verbs as orders
from grab_orders.offers import following, persons, returning, rules
from grab_orders.offers.events import OfferClosed, TakeExpired, about_offer, about_take
from grab_orders.offers.structs import OfferState, TakeState

BATCH = 200
NO_SHOW, NOBODY, SHORT = "no_show", "nobody", "short"
_LOOK_AGAIN_AFTER = timedelta(minutes=5)
_LEASES = """
    SELECT lease_until AS at, id FROM take WHERE state = 'held' AND lease_until <= $1
      AND ($2::timestamptz IS NULL OR (lease_until, id) > ($2, $3::bigint)) ORDER BY lease_until, id LIMIT $4
"""
_WINDOWS = """
    SELECT closes_at AS at, id FROM offer WHERE state = 'open' AND closes_at <= $1
      AND ($2::timestamptz IS NULL OR (closes_at, id) > ($2, $3::bigint)) ORDER BY closes_at, id LIMIT $4
"""
_LIVE_APART = """
    SELECT f.order_id FROM offer f JOIN work_order o ON o.id = f.order_id
    WHERE f.state <> 'ended' AND f.order_version <> o.version ORDER BY f.id LIMIT $1
"""
_COUNT = "UPDATE grabber SET no_shows = $2, no_show_at = $3, cools_until = $4 WHERE account_id = $1"
_LATER = "UPDATE take SET lease_until = $2 WHERE id = $1 AND state = 'held' AND lease_until <= $3"
_CLOSE = "UPDATE offer SET state = 'held', version = version + 1 WHERE id = $1"
log = logs.get_logger()


async def expire_leases(now: datetime) -> int:
    """Take away what nobody came for in time. Returns how many."""
    return await _each(_LEASES, _expire, now)


async def close_windows(now: datetime) -> int:
    """End what was open for long enough: to the unit's duty what nobody took. Returns how many."""
    return await _each(_WINDOWS, _close, now)


async def follow_orders(now: datetime) -> None:
    """Bring into line what no fact has brought into line: a reaction may have failed."""
    apart = [row["order_id"] for row in await db.fetch(_LIVE_APART, BATCH)]
    await following.follow(apart, now)


async def _each(due_sql: str, end: Callable[[int, datetime], Awaitable[bool]], now: datetime) -> int:
    ended, after = 0, (None, 0)
    while due := [tuple(row) for row in await db.fetch(due_sql, now, *after, BATCH)]:
        for _, each_id in due:
            try:
                ended += await end(each_id, now)
            except Exception:
                log.exception("offer_not_ended", what=end.__name__, which=each_id)
        after = due[-1]
    return ended


async def _expire(take_id: int, now: datetime) -> bool:
    async with db.transaction():
        known = await returning.read_take(take_id)
        assert known is not None
        grabber = await persons.lock(known["account_id"])
        offer = await returning.lock_offer(known["offer_id"])
        take = await returning.read_take(take_id)
        assert offer is not None and take is not None
        if take["state"] != TakeState.HELD:
            return False
        if take["lease_until"] > now:  # the desk has granted time since
            await db.execute(_LATER, take_id, take["lease_until"], now)
            return False
        if not await returning.take_away(offer, take, TakeState.EXPIRED, now, reason=NO_SHOW):
            # On the spot but not brought into line, or put aside by the desk: looked at again later.
            await db.execute(_LATER, take_id, now + _LOOK_AGAIN_AFTER, now)
            return False
        await _count_no_show(grabber, now)
        await _record_expired(offer, take)
        return True


async def _count_no_show(grabber: asyncpg.Record, now: datetime) -> None:
    times = rules.no_shows_now(grabber["no_shows"], grabber["no_show_at"], now)
    cools_until = max(now + rules.cools_after_no_show(times), grabber["cools_until"] or now)
    await db.execute(_COUNT, grabber["account_id"], times, now, cools_until)


async def _record_expired(offer: asyncpg.Record, take: asyncpg.Record) -> None:
    whose = about_take(take["id"], take["account_id"], is_lead=take["is_lead"])
    about = about_offer(offer, offer["version"] + 1)
    await events.record(TakeExpired(**about, **whose, lease_until=take["lease_until"]))


async def _close(offer_id: int, now: datetime) -> bool:
    async with db.transaction():
        offer = await returning.lock_offer(offer_id)
        if offer is None or offer["state"] != OfferState.OPEN or offer["closes_at"] > now:
            return False
        if offer["taken"] > 0 and not await orders.end_offer(offer["order_id"], now, NOBODY):
            await db.execute(_CLOSE, offer_id)
            await _record_short(offer)
        elif offer["taken"] == 0:
            await orders.end_offer(offer["order_id"], now, NOBODY)
        await following.follow([offer["order_id"]], now)
        return True


async def _record_short(offer: asyncpg.Record) -> None:
    """Fewer people came than are needed: whoever leads goes with those who are there."""
    await events.record(OfferClosed(**about_offer(offer, offer["version"] + 1), reason=SHORT))
