"""What bookings of waste pickups add to the measures: on the day of their slot, by what became of them."""

from datetime import timedelta

import pytest

from backend.calendars.rules import shanghai_date
from shops.pickup.bookings import booking, changing, confirming, missed, refusing
from shops.pickup.structs import PickupRefusal, RefusalReason
from tests.makers.indicators import contributions, count_what_happened, require_counted_rightly
from tests.makers.pickup import arrive, fetch, make_hauling, make_price, make_slot, wish
from tests.makers.worker import work

pytestmark = pytest.mark.usefixtures("photo_room")


@pytest.fixture
async def hauling(database):
    await make_price()
    return await make_hauling()


async def booked(hauling, now):
    slot_id = await make_slot(hauling, now + timedelta(days=2))
    return (await booking.book(hauling.shop_id, wish(slot_id), hauling.owner, now=now)).booking


async def pickups(made) -> set[str]:
    """What its order adds of pickups on the day of the slot."""
    await count_what_happened()
    counted = await contributions(made.order_id)
    await require_counted_rightly()
    return {code for code in counted.get(shanghai_date(made.slot.starts_at), {}) if code.startswith("pickups_")}


async def test_a_pickup_is_due_on_the_day_of_its_slot_then_reached_fetched_and_confirmed(hauling, now, database):
    made = await booked(hauling, now)
    at = made.slot.starts_at
    await count_what_happened()
    assert (await contributions(made.order_id))[shanghai_date(now)]["pickups_booked"] == 1
    assert await pickups(made) == {"pickups_due"}

    await fetch(made, hauling.crew, at)
    assert await pickups(made) == {"pickups_due", "pickups_on_time", "pickups_collected"}

    await work(database)
    await confirming.confirm(made.id, hauling.owner, at + timedelta(days=1))
    assert await pickups(made) == {"pickups_due", "pickups_on_time", "pickups_collected", "pickups_confirmed"}


async def test_what_nobody_came_for_was_missed_and_what_the_crew_left_refused(hauling, now):
    late, left = await booked(hauling, now), await booked(hauling, now + timedelta(minutes=1))
    await arrive(left, hauling.crew, left.slot.starts_at)
    said = PickupRefusal(reason=RefusalReason.SORTED_WRONG, note="混装")
    await refusing.refuse(left.id, said, hauling.crew, left.slot.starts_at)
    await missed.miss(late.id, late.slot.ends_at + timedelta(hours=1))

    assert await pickups(late) == {"pickups_due", "pickups_missed"}
    assert await pickups(left) == {"pickups_due", "pickups_refused"}


async def test_what_the_shop_gave_back_was_not_due(hauling, now):
    made = await booked(hauling, now)
    await changing.cancel(made.id, "不用了", hauling.owner, now)

    assert await pickups(made) == set()
