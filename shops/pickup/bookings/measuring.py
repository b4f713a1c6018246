"""清点、称重: what the crew found. The price follows the count, and so does what is left of the year's base.

Its photos are those before and after of the order, without which nobody finishes it.
"""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor, Role
from backend.sql import sql
from shops.pickup.bookings import asking, ending, reading
from shops.pickup.bookings.asking import BookingSite, PickupRequest
from shops.pickup.bookings.ending import LockedBooking
from shops.pickup.errors import BookingEnded, NotOfRoute
from shops.pickup.kinds import AmountUnit, WasteKind
from shops.pickup.prices import quotas, rules
from shops.pickup.structs import GOING_ON, BookingView, PickupMeasure, PriceView

_DESK = (Role.DISPATCHER, Role.STREET_ADMIN, Role.DISTRICT_ADMIN)
_SET = """
    UPDATE pickup_booking SET counted = :counted, weight_g = :weight_g, ticket = :ticket, measured_by_id = :actor_id,
        measured_at = :now, over = :over, price_fen = :total_fen
    WHERE id = :id
"""


async def measure(booking_id: int, said: PickupMeasure, actor: Actor, now: datetime) -> BookingView:
    """Keep what the crew counted or weighed; said again it takes the place of what was said before.

    Raises BookingNotFound, NotOfRoute, BookingEnded before anybody is there and once it is done.
    """
    async with db.transaction():
        locked = await ending.lock(booking_id)
        request = _request(locked)
        site = await asking.ask(request, now)
        _require_crew(actor, site)
        if locked.state not in GOING_ON or locked.arrived_at is None:
            raise BookingEnded(locked.state)
        price = await _price(locked, request, site, said.counted, now)
        change = sql(
            _SET,
            id=booking_id,
            counted=said.counted,
            weight_g=said.weight_g,
            ticket=said.ticket,
            actor_id=actor.account_id,
            now=now,
            over=price.over,
            total_fen=price.total_fen,
        )
        await db.execute(change)
    return await reading.get(booking_id, now)


def _request(locked: LockedBooking) -> PickupRequest:
    return PickupRequest(
        shop_id=locked.shop_id,
        account_id=locked.account_id,
        slot_id=locked.slot_id,
        kind=WasteKind(locked.kind),
        amount=locked.amount,
        unit=AmountUnit(locked.unit),
    )


def _require_crew(actor: Actor, site: BookingSite) -> None:
    is_crew = site.unit_id is not None and actor.unit_id == site.unit_id
    if not (is_crew and actor.holds(site.area_code, Role.HANDLER)) and not actor.holds(site.area_code, *_DESK):
        raise NotOfRoute


async def _price(
    locked: LockedBooking, request: PickupRequest, site: BookingSite, counted: int, now: datetime
) -> PriceView:
    """At the prices of the day it was booked, by the base that is left now."""
    booked = (await reading.get(locked.id, now)).price
    unit = msgspec.structs.replace(site.price, base_fen=booked.base_fen, over_fen=booked.over_fen)
    used = 0
    if unit.year_quota is not None and site.on_date is not None:
        used = await quotas.count_used(locked.shop_id, request.kind, request.unit, site.on_date, but=locked.id)
    return rules.price_of(counted, used, unit)
