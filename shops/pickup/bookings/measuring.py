"""清点、称重: what the crew found. The price follows the count, and so does what is left of the year's base.

Its photos are those before and after of the order, without which nobody finishes it.
"""

from datetime import datetime

import msgspec

from backend import db
from backend.accounts.structs import Actor
from backend.sql import sql
from shops.pickup import roles
from shops.pickup.bookings import asking, ending, reading
from shops.pickup.bookings.asking import BookingSite
from shops.pickup.errors import BookingEnded, NotOfRoute
from shops.pickup.impartial import require_other
from shops.pickup.structs import GOING_ON, BookingView, PickupMeasure

_SET = """
    UPDATE pickup_booking SET counted = :counted, weight_g = :weight_g, ticket = :ticket, measured_by_id = :actor_id,
        measured_at = :now, over = :over, price_fen = :total_fen
    WHERE id = :id
"""


async def measure(booking_id: int, said: PickupMeasure, actor: Actor, now: datetime) -> BookingView:
    """Keep what the crew counted or weighed; said again it takes the place of what was said before.

    Raises BookingNotFound, NotOfRoute, OwnShop, BookingEnded before anybody is there and once it is done.
    """
    async with db.transaction():
        locked = await ending.lock(booking_id)
        request = locked.request()
        site = await asking.ask(request, now)
        _require_crew(actor, site)
        await require_other(site.shop_id, actor)
        if locked.state not in GOING_ON or locked.arrived_at is None:
            raise BookingEnded(locked.state)
        booked = (await reading.get(booking_id, now)).price
        # At the prices of the day it was booked.
        unit = msgspec.structs.replace(site.price, base_fen=booked.base_fen, over_fen=booked.over_fen)
        price = await site.price_of(request, amount=said.counted, unit=unit, but=booking_id)
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


def _require_crew(actor: Actor, site: BookingSite) -> None:
    if not roles.is_crew(actor, site.unit_id, site.area_code) and not actor.holds(site.area_code, *roles.DESK):
        raise NotOfRoute
