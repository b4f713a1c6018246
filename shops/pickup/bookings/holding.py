"""Hold a place while the person looks at the price and decides."""

from datetime import datetime

from backend.accounts.structs import Actor
from shops.pickup.bookings import asking, booking
from shops.pickup.bookings.asking import PickupRequest
from shops.pickup.errors import SlotFull
from shops.pickup.slots import holds, turns
from shops.pickup.structs import HoldView, PickupHoldInput


async def hold(shop_id: int, said: PickupHoldInput, actor: Actor, now: datetime) -> HoldView:
    """Hold a place for some minutes, in place of what the person held; with what it would cost.

    Raises SlotFull and SlotClosed with the nearest free slots, NotOfShop, SlotNotFound, KindWrong, UnitWrong,
    AmountTooLarge, ShopNotFound.
    """
    async with turns.wait_turn(said.slot_id):
        return await _hold(booking.request_of(shop_id, said, actor), actor, now)


async def _hold(request: PickupRequest, actor: Actor, now: datetime) -> HoldView:
    site = await asking.ask(request, now)
    booking.require_person(site)
    slot = booking.require_slot(site, request)
    booking.require_free(site, slot, now)
    until = await holds.keep(slot.id, request.shop_id, actor.account_id, request.litres, now)
    if until is None:
        raise SlotFull(await booking.nearest(site, slot, request, actor.account_id, now))
    return HoldView(slot=slot, until=until, price=await site.price_of(request))
