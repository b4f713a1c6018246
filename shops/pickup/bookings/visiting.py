"""Slots and bookings for whoever may see them: the shop's people, the hauler's, and those who look after the area."""

from datetime import datetime, timedelta

from backend.accounts.structs import Actor
from backend.calendars.rules import SHANGHAI
from shops.pickup.bookings import reading
from shops.pickup.errors import BookingNotFound, FromWrong, NotOfShop
from shops.pickup.kinds import WasteKind
from shops.pickup.roles import READERS, is_crew
from shops.pickup.slots import reading as slots
from shops.pickup.slots.reading import SlotAsker
from shops.pickup.structs import BookingView, SlotView
from shops.register import queries as register
from shops.register.structs import Shop

_FURTHEST = timedelta(days=366)


async def list_slots(
    shop_id: int, kind: WasteKind | None, from_at: str | None, actor: Actor, now: datetime
) -> list[SlotView]:
    """The slots of a week for a shop. Raises ShopNotFound, NotOfShop, FromWrong."""
    shop = await require_reader(shop_id, actor)
    asker = SlotAsker(shop_id=shop.id, area_code=shop.area_code, account_id=actor.account_id)
    return await slots.list_slots(asker, kind, _instant(from_at, now), now)


async def list_bookings(shop_id: int, actor: Actor, now: datetime, *, before: int | None = None) -> list[BookingView]:
    """The bookings of a shop, the latest first. Raises ShopNotFound, NotOfShop."""
    await require_reader(shop_id, actor)
    return await reading.list_of_shop(shop_id, now, before=before)


async def get_booking(booking_id: int, actor: Actor, now: datetime) -> BookingView:
    """One booking, also for the crew of its route where they work. Raises BookingNotFound."""
    found = await reading.get(booking_id, now)
    try:
        await require_reader(found.shop_id, actor)
    except NotOfShop as error:
        shop = await register.get_shop(found.shop_id)
        if not is_crew(actor, await reading.find_hauler(booking_id), shop.area_code):
            raise BookingNotFound from error
    return found


async def require_reader(shop_id: int, actor: Actor) -> Shop:
    """The shop, for its people and for those who look after its area. Raises ShopNotFound, NotOfShop."""
    shop = await register.get_shop(shop_id)
    if not actor.holds(shop.area_code, *READERS) and not await register.is_person_of(shop_id, actor.account_id):
        raise NotOfShop
    return shop


def _instant(from_at: str | None, now: datetime) -> datetime:
    """From when slots are listed: a day begins in Shanghai, an instant without a zone is of Shanghai.

    Nobody plans for years. Raises FromWrong.
    """
    if not from_at:
        return now
    try:
        at = datetime.fromisoformat(from_at.replace(" ", "+", 1))  # in an address a plus may come as a blank
    except ValueError as error:
        raise FromWrong from error
    at = at if at.tzinfo else at.replace(tzinfo=SHANGHAI)
    return at if abs(at - now) < _FURTHEST else now
