"""Nobody came: the pickup is planned again, first in line, in the free slot that begins next.

The order that nobody came for is taken back by the system, and another one opened; each booking is a transaction of
its own. What finds no free slot is tried again for three days, and the desk is notified.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from backend import db, logs
from backend.events import service as events
from backend.orders.model.errors import MoveForbidden
from backend.orders.reads import progress
from backend.orders.transitions.transition import SYSTEM_ACTOR, TransitionContext
from backend.orders.verifying.closing import as_reporter
from shops.pickup.bookings import asking, ending, placing
from shops.pickup.bookings.asking import BookingSite
from shops.pickup.bookings.ending import LockedBooking
from shops.pickup.bookings.placing import BookedMeanwhile, Circumstances, NoPlaceLeft
from shops.pickup.errors import NotFiled
from shops.pickup.events import PickupMissed, PickupReplanned
from shops.pickup.slots import places
from shops.pickup.slots import reading as slots
from shops.pickup.structs import BookingState, SlotView
from shops.register import queries as register
from shops.register.errors import ShopNotFound

log = logs.get_logger()
GRACE = timedelta(minutes=30)
"""So long after the end of its slot a crew may still come."""
TRIED_FOR = timedelta(days=3)
REASON = "逾时未到,已重新安排 / nobody came, planned again"
_LATE = """
    SELECT b.id FROM pickup_booking b JOIN pickup_slot s ON s.id = b.slot_id
    WHERE b.state IN ('booked', 'assigned') AND b.arrived_at IS NULL AND s.ends_at <= $1 ORDER BY s.ends_at, b.id
"""
_UNPLANNED = """
    SELECT b.id FROM pickup_booking b WHERE b.state = 'missed' AND b.ended_at > $1
      AND NOT EXISTS (SELECT FROM pickup_booking n WHERE n.replaces_id = b.id) ORDER BY b.id
"""


async def replan(now: datetime) -> int:
    """Find what was missed, and plan again what may be. Says how many were planned. Safe to repeat.

    One that cannot be dealt with is logged and holds up no other.
    """
    for row in await db.fetch(_LATE, now - GRACE):
        await _try(miss, row["id"], now)
    planned = 0
    for row in await db.fetch(_UNPLANNED, now - TRIED_FOR):
        planned += await _try(plan_again, row["id"], now)
    return planned


async def miss(booking_id: int, now: datetime) -> bool:
    """Say that nobody came, unless somebody has by now."""
    async with db.transaction():
        locked = await ending.lock(booking_id)
        order = (await progress.list_progress([locked.order_id]))[locked.order_id]
        if locked.state not in (BookingState.BOOKED, BookingState.ASSIGNED) or order.arrived_at is not None:
            return False
        try:
            await ending.end(locked, BookingState.MISSED, REASON, TransitionContext(actor=SYSTEM_ACTOR, now=now))
        except MoveForbidden:
            return False
        await places.give_back(locked.slot_id, locked.litres)
        await events.record(await _missed(locked))
        return True


async def plan_again(booking_id: int, now: datetime) -> bool:
    """Book the next free slot in place of what was missed. False where none is free."""
    async with db.transaction():
        locked = await ending.lock(booking_id)
        request = locked.request()
        try:
            site = await asking.ask(request, now)
        except ShopNotFound:
            return False
        for slot in await slots.list_nearest(site.asker(0), request.kind, now, request.litres, now):
            if await _place(locked, site, slot, now):
                return True
        return False


async def _place(locked: LockedBooking, site: BookingSite, slot: SlotView, now: datetime) -> bool:
    request = locked.request(slot.id)
    there = await asking.ask(request, now)
    about = Circumstances(has_priority=True, replaces_id=locked.id, recurrence_id=locked.recurrence_id)
    try:
        async with db.savepoint():
            placed_id = await placing.place(request, there, slot, about, as_reporter(locked.account_id), now)
    except (NoPlaceLeft, BookedMeanwhile, NotFiled):
        return False
    people = await _people(locked.shop_id)
    await events.record(
        PickupReplanned(
            subject_id=placed_id,
            area_code=site.area_code,
            account_ids=people,
            shop_id=locked.shop_id,
            shop=site.shop_name,
            waste=locked.kind,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )
    )
    return True


async def _missed(locked: LockedBooking) -> PickupMissed:
    shop = await register.get_shop(locked.shop_id)
    return PickupMissed(
        subject_id=locked.id,
        area_code=shop.area_code,
        account_ids=await _people(locked.shop_id),
        shop_id=shop.id,
        shop=shop.name,
        waste=locked.kind,
    )


async def _people(shop_id: int) -> tuple[int, ...]:
    holders = await register.list_holders([shop_id])
    return tuple(sorted(each.account_id for each in holders[shop_id]))


async def _try(deal: Callable[[int, datetime], Awaitable[bool]], booking_id: int, now: datetime) -> bool:
    try:
        return await deal(booking_id, now)
    except Exception:
        log.exception("pickup_not_planned_again", booking_id=booking_id)
        return False
