"""未收: the crew takes nothing, and says why.

What the shop can mend ends the booking, and the shop books again; what it cannot is missed, and planned again first in
line. Nothing is due for either.
"""

from datetime import datetime

import asyncpg

from backend import db
from backend.accounts.structs import Actor
from backend.errors import Busy
from backend.events import service as events
from backend.orders.reads import progress
from backend.orders.transitions.transition import TransitionContext
from media import service as media
from media.structs import PhotoRole, SubjectKind
from shops.pickup import roles
from shops.pickup.bookings import ending, reading
from shops.pickup.bookings.ending import LockedBooking
from shops.pickup.errors import BookingEnded, NotOfRoute, NotThereYet
from shops.pickup.events import PickupMissed, PickupRefused
from shops.pickup.impartial import require_other
from shops.pickup.slots import places
from shops.pickup.structs import BookingState, BookingView, PickupRefusal
from shops.register import queries as register
from shops.register.structs import Shop


async def refuse(booking_id: int, said: PickupRefusal, actor: Actor, now: datetime) -> BookingView:
    """Say that nothing was taken. Said again for the same reason it changes nothing.

    Raises BookingNotFound, NotOfRoute, OwnShop, NotThereYet, BookingEnded, MoveForbidden, Busy, and what media refuses.
    """
    shop = await require_crew(booking_id, actor)
    state = BookingState.REFUSED if said.reason.is_of_shop else BookingState.MISSED
    try:
        async with db.transaction():
            locked = await ending.lock(booking_id)
            if (locked.state, locked.refusal) != (state, said.reason):
                await _refuse(locked, state, said, shop, TransitionContext(actor=actor, now=now))
    except asyncpg.LockNotAvailableError as error:
        raise Busy from error
    return await reading.get(booking_id, now)


async def require_crew(booking_id: int, actor: Actor) -> Shop:
    """The shop of a booking, for the crew of its route and the desk. Raises BookingNotFound, NotOfRoute, OwnShop."""
    shop = await register.get_shop(await reading.get_shop_id(booking_id))
    unit_id = await reading.find_hauler(booking_id)
    if not roles.is_crew(actor, unit_id, shop.area_code) and not actor.holds(shop.area_code, *roles.DESK):
        raise NotOfRoute
    await require_other(shop.id, actor)
    return shop


async def _refuse(
    locked: LockedBooking, state: BookingState, said: PickupRefusal, shop: Shop, by: TransitionContext
) -> None:
    if locked.state not in reading.CHANGEABLE:
        raise BookingEnded(locked.state)
    order = (await progress.list_progress([locked.order_id]))[locked.order_id]
    if said.reason.is_of_shop and order.arrived_at is None:
        raise NotThereYet
    step_id = await ending.refuse(locked, state, said, by, order.arrived_at)
    photo_ids = list(dict.fromkeys(said.photo_ids))
    await media.attach(photo_ids, by.actor.account_id, SubjectKind.ORDER_STEP, step_id, PhotoRole.BEFORE)
    await places.give_back(locked.slot_id, locked.litres)
    holders = (await register.list_holders([shop.id]))[shop.id]
    fact = PickupRefused if said.reason.is_of_shop else PickupMissed
    await events.record(
        fact(
            subject_id=locked.id,
            area_code=shop.area_code,
            account_ids=tuple(sorted(each.account_id for each in holders)),
            shop_id=shop.id,
            shop=shop.name,
            waste=locked.kind,
            reason=said.reason,
            acted_by_id=by.actor.account_id,
        )
    )
