"""A booking takes a place, opens the hauler's order, and is the same however often it is sent."""

from datetime import timedelta

import pytest

from backend import db
from shops.pickup.bookings import booking, changing, holding, reading
from shops.pickup.errors import (
    AmountTooLarge,
    BookedOtherwise,
    BookingEnded,
    KindWrong,
    NotOfShop,
    SlotClosed,
    SlotFull,
    SlotNotFound,
    TooLateToChange,
    UnitWrong,
)
from shops.pickup.kinds import AmountUnit, WasteKind
from shops.pickup.slots import holds
from shops.pickup.slots import reading as slots
from shops.pickup.slots.reading import SlotAsker
from shops.pickup.structs import PickupChange, PickupHoldInput
from tests.makers.pickup import Hauling, make_hauling, make_owned_shop, make_price, make_slot, slot_row, wish
from tests.makers.places import COMMITTEE

pytestmark = pytest.mark.usefixtures("database", "photo_room")


def asker(hauling: Hauling, account_id: int = 0) -> SlotAsker:
    return SlotAsker(shop_id=hauling.shop_id, area_code=COMMITTEE, account_id=account_id)


async def order_of(order_id: int):
    return await db.fetchrow("SELECT * FROM work_order WHERE id = $1", order_id)


async def test_a_booking_takes_a_place_and_opens_an_order_for_the_route_s_hauler(now):
    hauling = await make_hauling()
    await make_price()
    starts_at = now + timedelta(days=1, hours=1)
    slot_id = await make_slot(hauling, starts_at)

    made = await booking.book(hauling.shop_id, wish(slot_id, amount=2), hauling.owner, now=now)

    assert (made.is_new, made.booking.state, made.booking.price.total_fen) == (True, "booked", 12000)
    assert made.booking.number.startswith("QY210718-")
    assert tuple(await slot_row(slot_id)) == (1, 0, 480, 10)
    order = await order_of(made.booking.order_id)
    assert (order["unit_id"], order["item_id"], order["source_kind"]) == (hauling.unit_id, "C101", "pickup")
    assert (order["opened_by_id"], order["clock_from"]) == (hauling.owner.account_id, starts_at)
    role = await db.fetchval("SELECT actor_role FROM order_step WHERE order_id = $1", order["id"])
    assert role == "shop_owner"
    assert "湿垃圾 2 桶" in order["description"]


async def test_the_same_is_booked_once_and_another_amount_of_it_is_told_apart(now):
    hauling = await make_hauling()
    slot_id = await make_slot(hauling, now + timedelta(days=1), capacity=1)
    first = await booking.book(hauling.shop_id, wish(slot_id), hauling.owner, now=now, key="tap-0001")

    by_key = await booking.book(hauling.shop_id, wish(slot_id), hauling.owner, now=now, key="tap-0001")
    by_slot = await booking.book(hauling.shop_id, wish(slot_id), hauling.owner, now=now)
    with pytest.raises(BookedOtherwise) as other:
        await booking.book(hauling.shop_id, wish(slot_id, amount=3), hauling.owner, now=now)

    assert [again.is_new for again in (by_key, by_slot)] == [False, False]
    assert {again.booking.id for again in (by_key, by_slot)} == {first.booking.id}
    assert other.value.extra["booking_id"] == first.booking.id
    assert await db.fetchval("SELECT count(*) FROM work_order") == 1


async def test_a_full_slot_names_the_free_ones_nearest_to_it(now):
    hauling = await make_hauling()
    at = now + timedelta(days=2)
    full = await make_slot(hauling, at, capacity=1)
    later = await make_slot(hauling, at + timedelta(hours=5))
    sooner = await make_slot(hauling, at - timedelta(hours=3))
    await make_slot(hauling, at + timedelta(hours=1), kind=WasteKind.DRY)
    await booking.book(hauling.shop_id, wish(full), hauling.owner, now=now)
    other_id, other = await make_owned_shop("2")

    with pytest.raises(SlotFull) as refused:
        await booking.book(other_id, wish(full), other, now=now)

    assert [slot["id"] for slot in refused.value.extra["nearest"]] == [sooner, later]
    assert tuple(await slot_row(full))[:2] == (1, 0)


async def test_what_cannot_be_booked_is_told_why(now):
    hauling = await make_hauling(load_l=500)
    slot_id = await make_slot(hauling, now + timedelta(days=1), load_l=500)
    closed = await make_slot(hauling, now + timedelta(minutes=30))
    elsewhere, stranger = await make_owned_shop("2")

    for said, error in (
        (wish(slot_id, unit=AmountUnit.PIECE), UnitWrong),
        (wish(slot_id, kind=WasteKind.DRY), KindWrong),
        (wish(slot_id, amount=3), AmountTooLarge),
        (wish(closed), SlotClosed),
        (wish(99999), SlotNotFound),
    ):
        with pytest.raises(error):
            await booking.book(hauling.shop_id, said, hauling.owner, now=now)
    with pytest.raises(NotOfShop):
        await booking.book(hauling.shop_id, wish(slot_id), stranger, now=now)
    await booking.book(hauling.shop_id, wish(slot_id, amount=2), hauling.owner, now=now)
    with pytest.raises(SlotFull):  # the vehicle is, though places are left
        await booking.book(elsewhere, wish(slot_id), stranger, now=now)


async def test_a_place_is_held_for_five_minutes_and_free_again_by_itself(now):
    hauling = await make_hauling()
    slot_id = await make_slot(hauling, now + timedelta(days=1), capacity=1)
    other_id, other = await make_owned_shop("2")
    ask = PickupHoldInput(slot_id=slot_id, kind=WasteKind.WET, amount=1, unit=AmountUnit.BIN)

    held = await holding.hold(hauling.shop_id, ask, hauling.owner, now)
    again = await holding.hold(hauling.shop_id, ask, hauling.owner, now)

    assert held.until == again.until == now + timedelta(minutes=5)
    with pytest.raises(SlotFull):
        await booking.book(other_id, wish(slot_id), other, now=now)
    [mine] = await slots.list_slots(asker(hauling, hauling.owner.account_id), None, now, now)
    [theirs] = await slots.list_slots(asker(hauling), None, now, now)
    assert (mine.free, theirs.free) == (1, 0)

    later = now + timedelta(minutes=5)
    made = await booking.book(other_id, wish(slot_id), other, now=later)
    assert made.is_new
    assert tuple(await slot_row(slot_id)) == (1, 0, 240, 1)
    assert await holds.release_expired(later) == 0


async def test_a_hold_becomes_the_booking_and_another_slot_takes_its_place(now):
    hauling = await make_hauling()
    one = await make_slot(hauling, now + timedelta(days=1), capacity=1)
    other = await make_slot(hauling, now + timedelta(days=2), capacity=1)
    for slot_id in (other, one, other):
        ask = PickupHoldInput(slot_id=slot_id, kind=WasteKind.WET, amount=2, unit=AmountUnit.BIN)
        await holding.hold(hauling.shop_id, ask, hauling.owner, now)
    assert [tuple(await slot_row(each))[:3] for each in (one, other)] == [(0, 0, 0), (0, 1, 480)]

    await booking.book(hauling.shop_id, wish(other), hauling.owner, now=now)
    assert tuple(await slot_row(other))[:3] == (1, 0, 240)
    await holding.hold(
        hauling.shop_id,
        PickupHoldInput(slot_id=one, kind=WasteKind.WET, amount=1, unit=AmountUnit.BIN),
        hauling.owner,
        now,
    )
    assert await holds.release_expired(now + timedelta(minutes=6)) == 1
    assert tuple(await slot_row(one))[:3] == (0, 0, 0)


async def test_a_booking_is_cancelled_until_its_cut_off_and_its_order_with_it(now):
    hauling = await make_hauling()
    starts_at = now + timedelta(days=1)
    slot_id = await make_slot(hauling, starts_at)
    made = (await booking.book(hauling.shop_id, wish(slot_id), hauling.owner, now=now)).booking
    _, stranger = await make_owned_shop("2")

    with pytest.raises(NotOfShop):
        await changing.cancel(made.id, "", stranger, now)
    with pytest.raises(TooLateToChange):
        await changing.cancel(made.id, "", hauling.owner, starts_at - timedelta(hours=1))
    cancelled = await changing.cancel(made.id, "今天不开门", hauling.owner, now)
    assert cancelled == await changing.cancel(made.id, "今天不开门", hauling.owner, now)

    assert (cancelled.state, cancelled.may_change, cancelled.reason) == ("cancelled", False, "今天不开门")
    assert tuple(await slot_row(slot_id))[:3] == (0, 0, 0)
    assert (await order_of(made.order_id))["state"] == "cancelled"
    anew = await booking.book(hauling.shop_id, wish(slot_id), hauling.owner, now=now)
    assert anew.is_new


async def test_a_booking_moves_to_another_slot_or_amount_and_stays_where_that_is_full(now):
    hauling = await make_hauling()
    one = await make_slot(hauling, now + timedelta(days=1), capacity=1)
    other = await make_slot(hauling, now + timedelta(days=2), capacity=1)
    made = (await booking.book(hauling.shop_id, wish(one), hauling.owner, now=now)).booking

    more = await changing.change(made.id, PickupChange(slot_id=one, amount=4, unit=AmountUnit.BIN), hauling.owner, now)
    to_other = PickupChange(slot_id=other, amount=4, unit=AmountUnit.BIN)
    moved = await changing.change(more.id, to_other, hauling.owner, now)
    assert moved == await changing.change(more.id, to_other, hauling.owner, now)
    with pytest.raises(BookingEnded):
        await changing.change(made.id, to_other, hauling.owner, now)

    assert (moved.replaces_id, (await reading.get(more.id, now)).state) == (more.id, "changed")
    assert [tuple(await slot_row(each))[:3] for each in (one, other)] == [(0, 0, 0), (1, 0, 960)]
    states = await db.fetch("SELECT state FROM work_order ORDER BY id")
    assert [row["state"] for row in states] == ["cancelled", "cancelled", "dispatched"]

    neighbour_id, neighbour = await make_owned_shop("2")
    await booking.book(neighbour_id, wish(one), neighbour, now=now)
    back = PickupChange(slot_id=one, amount=4, unit=AmountUnit.BIN)
    with pytest.raises(SlotFull):
        await changing.change(moved.id, back, hauling.owner, now)
    assert (await reading.get(moved.id, now)).state == "booked"
