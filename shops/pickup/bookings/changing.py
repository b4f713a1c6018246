"""Cancel a booking, or move it to another slot or amount, until its cut-off. Safe to send again."""

from datetime import datetime

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.errors import Busy
from backend.orders.transitions.transition import TransitionContext
from shops.pickup.bookings import asking, booking, ending, placing, reading
from shops.pickup.bookings.asking import BookingSite, PickupRequest
from shops.pickup.bookings.ending import LockedBooking
from shops.pickup.bookings.placing import BookedMeanwhile, Circumstances, NoPlaceLeft
from shops.pickup.errors import BookedOtherwise, BookingEnded, NotOfShop, SlotFull, TooLateToChange
from shops.pickup.kinds import WasteKind
from shops.pickup.slots import holds, places
from shops.pickup.structs import BookingState, BookingView, PickupChange, SlotView
from shops.register import queries as register

CANCELLED = "商户取消预约 / cancelled by the shop"
CHANGED = "商户改期 / moved by the shop"


async def cancel(booking_id: int, reason: str, actor: Actor, now: datetime) -> BookingView:
    """Cancel before the cut-off: the place is free again, and the order is taken back.

    Raises BookingNotFound, NotOfShop, TooLateToChange, BookingEnded, MoveForbidden, Busy.
    """
    await require_person(booking_id, actor)
    try:
        async with db.transaction():
            locked = await ending.lock(booking_id)
            if locked.state is not BookingState.CANCELLED:
                _require_open(locked, now)
                by = TransitionContext(actor=actor, now=now)
                await ending.end(locked, BookingState.CANCELLED, reason or CANCELLED, by)
                await places.give_back(locked.slot_id, locked.litres)
    except asyncpg.LockNotAvailableError as error:
        raise Busy from error
    return await reading.get(booking_id, now)


async def change(booking_id: int, said: PickupChange, actor: Actor, now: datetime) -> BookingView:
    """Book another slot, or another amount, in place of a booking; the earlier one stays as it was if that fails.

    Raises what `cancel` and `booking.book` raise.
    """
    await require_person(booking_id, actor)
    before = await reading.get(booking_id, now)
    request = PickupRequest(
        shop_id=before.shop_id,
        account_id=actor.account_id,
        slot_id=said.slot_id,
        kind=WasteKind(before.kind),
        amount=said.amount,
        unit=said.unit,
    )
    site = await asking.ask(request, now)
    slot = booking.require_slot(site, request)
    if before.slot.id != slot.id and before.replaced_by_id is None:
        booking.require_free(site, slot, now)
    if site.has_expired:
        await holds.release_expired(now, slot.id)
    try:
        return await reading.get(await _replace(booking_id, request, site, slot, actor, now), now)
    except NoPlaceLeft as error:
        raise SlotFull(await booking.nearest(site, slot, request, actor.account_id, now)) from error
    except BookedMeanwhile as error:
        earlier = await asking.find_earlier(request, None)
        raise (BookedOtherwise(earlier.id, earlier.number) if earlier else Busy()) from error
    except asyncpg.LockNotAvailableError as error:
        raise Busy from error


async def require_person(booking_id: int, actor: Actor) -> int:
    """The shop of a booking, for whoever acts for it now. Raises BookingNotFound, NotOfShop."""
    shop_id = await reading.get_shop_id(booking_id)
    if not await register.is_person_of(shop_id, actor.account_id):
        raise NotOfShop
    return shop_id


async def _replace(
    booking_id: int, request: PickupRequest, site: BookingSite, slot: SlotView, actor: Actor, now: datetime
) -> int:
    """One booking for the other, and places in the order of the slots' ids. Returns the one that stands now."""
    async with db.transaction():
        locked = await ending.lock(booking_id)
        if locked.state is BookingState.CHANGED:
            return await _same_again(booking_id, request, now)
        _require_open(locked, now)
        by = TransitionContext(actor=actor, now=now)
        await ending.end(locked, BookingState.CHANGED, CHANGED, by)
        about = Circumstances(replaces_id=booking_id, recurrence_id=locked.recurrence_id)
        gives_first = locked.slot_id <= slot.id
        if gives_first:
            await places.give_back(locked.slot_id, locked.litres)
        placed_id = await placing.place(request, site, slot, about, actor, now)
        if not gives_first:
            await places.give_back(locked.slot_id, locked.litres)
        return placed_id


async def _same_again(booking_id: int, request: PickupRequest, now: datetime) -> int:
    """The booking that was made in its place, where this very change was made before. Raises BookingEnded."""
    after_id = (await reading.get(booking_id, now)).replaced_by_id
    if after_id is not None:
        after = await reading.get(after_id, now)
        if (after.slot.id, after.amount, after.unit) == (request.slot_id, request.amount, request.unit):
            return after_id
    raise BookingEnded(BookingState.CHANGED)


def _require_open(locked: LockedBooking, now: datetime) -> None:
    if locked.state not in reading.CHANGEABLE or locked.arrived_at is not None:
        raise BookingEnded(locked.state)
    if locked.cutoff_at <= now:
        raise TooLateToChange(locked.cutoff_at)
