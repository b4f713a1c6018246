"""Book a slot. One that is full by then names the free slots nearest to it; the same tap books once."""

from datetime import datetime

import asyncpg

from backend.accounts.structs import Actor
from backend.errors import Busy
from backend.structs import IdempotencyKey
from shops.pickup.bookings import asking, placing, reading
from shops.pickup.bookings.asking import BookingSite, EarlierBooking, PickupRequest
from shops.pickup.bookings.placing import BookedMeanwhile, Circumstances, NoPlaceLeft
from shops.pickup.errors import (
    AmountTooLarge,
    BookedOtherwise,
    KindWrong,
    NotOfShop,
    SlotClosed,
    SlotFull,
    SlotNotFound,
    UnitWrong,
)
from shops.pickup.kinds import LITRES, is_counted_in
from shops.pickup.slots import holds, turns
from shops.pickup.slots import reading as slots
from shops.pickup.structs import BookingResult, PickupBookingInput, PickupHoldInput, SlotView


async def book(
    shop_id: int, said: PickupBookingInput, actor: Actor, *, now: datetime, key: IdempotencyKey | None = None
) -> BookingResult:
    """Book for a shop, and open the order for the hauler. What the person held in the slot is used up.

    Raises SlotFull and SlotClosed with the nearest free slots, BookedOtherwise, NotFiled, NotOfShop, SlotNotFound,
    KindWrong, UnitWrong, AmountTooLarge, ShopNotFound, Busy.
    """
    request = request_of(shop_id, said, actor)
    async with turns.wait_turn(request.slot_id):
        return await _book(request, said, actor, now, key)


async def _book(
    request: PickupRequest, said: PickupBookingInput, actor: Actor, now: datetime, key: IdempotencyKey | None
) -> BookingResult:
    site = await asking.ask(request, now, key)
    require_person(site)
    if site.has_earlier:
        earlier = await asking.find_earlier(request, key)
        if earlier is not None:
            return await _again(earlier, request, now)
    slot = require_slot(site, request)
    require_free(site, slot, now)
    about = Circumstances(key=key, photo_ids=list(dict.fromkeys(said.photo_ids)))
    booking_id = await try_to_place(request, site, slot, about, actor, now)
    if booking_id is None:
        earlier = await asking.find_earlier(request, key)
        if earlier is None:  # cancelled at this very instant
            raise Busy
        return await _again(earlier, request, now)
    if site.holds_elsewhere:
        await holds.let_go(request.shop_id, actor.account_id)
    return BookingResult(booking=await reading.get(booking_id, now), is_new=True)


async def try_to_place(
    request: PickupRequest, site: BookingSite, slot: SlotView, about: Circumstances, actor: Actor, now: datetime
) -> int | None:
    """`placing.place`, told to people: None where it was booked meanwhile. Raises SlotFull, Busy."""
    if site.has_expired:
        await holds.release_expired(now, slot.id)
    try:
        return await placing.place(request, site, slot, about, actor, now)
    except BookedMeanwhile:
        return None
    except NoPlaceLeft as error:
        raise SlotFull(await nearest(site, slot, request, actor.account_id, now)) from error
    except asyncpg.LockNotAvailableError as error:
        raise Busy from error


def request_of(shop_id: int, said: PickupBookingInput | PickupHoldInput, actor: Actor) -> PickupRequest:
    return PickupRequest(
        shop_id=shop_id,
        account_id=actor.account_id,
        slot_id=said.slot_id,
        kind=said.kind,
        amount=said.amount,
        unit=said.unit,
    )


def require_person(site: BookingSite) -> None:
    """Raises NotOfShop."""
    if not site.is_person:
        raise NotOfShop


def require_slot(site: BookingSite, request: PickupRequest) -> SlotView:
    """The slot, if this may be booked in it at all. Raises SlotNotFound, KindWrong, UnitWrong, AmountTooLarge."""
    if site.slot is None or site.load_l is None:
        raise SlotNotFound
    if site.slot.kind is not request.kind:
        raise KindWrong(site.slot.kind)
    if not is_counted_in(request.kind, request.unit):
        raise UnitWrong(request.kind, request.unit)
    if request.litres > site.load_l:
        raise AmountTooLarge(site.load_l // LITRES[request.unit])
    return site.slot


def require_free(site: BookingSite, slot: SlotView, now: datetime) -> None:
    """Raises SlotClosed or SlotFull: the quick no to whoever comes too late, before anything is locked."""
    if slot.cutoff_at <= now:
        raise SlotClosed(slot.cutoff_at, site.nearest)
    if slot.free < 1:
        raise SlotFull(site.nearest)


async def nearest(
    site: BookingSite, slot: SlotView, request: PickupRequest, account_id: int, now: datetime
) -> list[SlotView]:
    asker = site.asker(account_id)
    return await slots.list_nearest(asker, request.kind, slot.starts_at, request.litres, now, but=slot.id)


async def _again(earlier: EarlierBooking, request: PickupRequest, now: datetime) -> BookingResult:
    if not earlier.is_same(request):
        raise BookedOtherwise(earlier.id, earlier.number)
    return BookingResult(booking=await reading.get(earlier.id, now), is_new=False)
