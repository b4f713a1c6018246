"""Waste pickup over HTTP, as the contract says it."""

from datetime import timedelta

import msgspec
import pytest

from backend import clock, db
from backend.accounts.structs import Role
from backend.calendars.rules import SHANGHAI
from tests.makers.accounts import bearer, make_staff
from tests.makers.pickup import make_hauling, make_owned_shop, make_slot, schedule, slot_row
from tests.makers.town import TOWN, make_actor

pytestmark = pytest.mark.usefixtures("photo_room")


async def test_an_owner_sees_slots_books_one_and_cancels_it(client):
    now = clock.now()
    hauling = await make_hauling()
    starts_at = now + timedelta(hours=30)
    slot_id = await make_slot(hauling, starts_at)
    mine, shop = bearer(hauling.owner), f"/api/v1/shops/{hauling.shop_id}"
    wanted = {"slot_id": slot_id, "kind": "wet", "amount": 2, "unit": "bin"}

    listed = await client.get(f"{shop}/pickup-slots?kind=wet&from={now.date()}", headers=mine)
    held = await client.post(f"{shop}/pickup-holds", json=wanted, headers=mine)
    made = await client.post(f"{shop}/pickup-bookings", json=wanted, headers=mine)
    again = await client.post(f"{shop}/pickup-bookings", json=wanted, headers=mine)
    cancelled = await client.post(f"/api/v1/pickup-bookings/{made.json()['id']}/cancel", headers=mine)

    assert [slot["id"] for slot in listed.json()["items"]] == [slot_id]
    assert (held.status_code, held.json()["slot"]["id"]) == (201, slot_id)
    assert (made.status_code, again.status_code, cancelled.status_code) == (201, 200, 200)
    assert (made.json()["state"], cancelled.json()["state"]) == ("booked", "cancelled")
    assert made.json()["id"] == again.json()["id"]
    assert tuple(await slot_row(slot_id))[:3] == (0, 0, 0)
    mine_listed = await client.get(f"{shop}/pickup-bookings", headers=mine)
    assert [one["state"] for one in mine_listed.json()["items"]] == ["cancelled"]


async def test_a_full_slot_is_a_problem_with_the_nearest_free_ones(client):
    now = clock.now()
    hauling = await make_hauling()
    full = await make_slot(hauling, now + timedelta(hours=30), capacity=1)
    free = await make_slot(hauling, now + timedelta(hours=34))
    other_id, other = await make_owned_shop("2")
    wanted = {"slot_id": full, "kind": "wet", "amount": 1, "unit": "bin"}
    await client.post(f"/api/v1/shops/{other_id}/pickup-bookings", json=wanted, headers=bearer(other))

    refused = await client.post(
        f"/api/v1/shops/{hauling.shop_id}/pickup-bookings", json=wanted, headers=bearer(hauling.owner)
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "pickup-slot-full")
    assert refused.headers["content-type"].startswith("application/problem+json")
    [nearest] = refused.json()["extra"]["nearest"]
    assert (nearest["id"], nearest["free"]) == (free, 10)


async def test_strangers_see_and_book_nothing_and_the_street_reads(client):
    now = clock.now()
    hauling = await make_hauling()
    slot_id = await make_slot(hauling, now + timedelta(hours=30))
    _, stranger = await make_owned_shop("2")
    street = await make_staff(Role.DISPATCHER)
    wanted = {"slot_id": slot_id, "kind": "wet", "amount": 1, "unit": "bin"}
    slots, book = (f"/api/v1/shops/{hauling.shop_id}/{what}" for what in ("pickup-slots", "pickup-bookings"))
    made = await client.post(book, json=wanted, headers=bearer(hauling.owner))
    booking = f"/api/v1/pickup-bookings/{made.json()['id']}"

    for actor, expected in ((stranger, (403, 403, 403, 404)), (street, (200, 403, 403, 200))):
        headers = bearer(actor)
        answers = [
            await client.get(slots, headers=headers),
            await client.post(book, json=wanted, headers=headers),
            await client.post(f"{booking}/cancel", json={}, headers=headers),
            await client.get(booking, headers=headers),
        ]
        assert tuple(answer.status_code for answer in answers) == expected
    assert (await client.get(booking, headers=bearer(hauling.crew))).status_code == 200
    assert (await client.get(slots)).status_code == 401
    assert await db.fetchval("SELECT state FROM pickup_booking") == "booked"


async def test_of_a_vehicle_that_drives_through_many_towns_each_sees_the_stops_of_the_own_areas(client):
    now = clock.now()
    hauling = await make_hauling()
    slot_id = await make_slot(hauling, now + timedelta(hours=30))
    wanted = {"slot_id": slot_id, "kind": "wet", "amount": 1, "unit": "bin"}
    book = f"/api/v1/shops/{hauling.shop_id}/pickup-bookings"
    booking_id = (await client.post(book, json=wanted, headers=bearer(hauling.owner))).json()["id"]
    await db.execute("UPDATE pickup_route SET area_code = '310115'")
    here, next_door = TOWN, "310115106"
    readers = {
        "crew": hauling.crew,
        "crew next door": await make_actor("清运员二", Role.HANDLER, next_door, unit_id=hauling.unit_id),
        "crew of elsewhere": await make_actor("清运员三", Role.HANDLER, "310104003", unit_id=hauling.unit_id),
        "desk": await make_actor("派单员", Role.DISPATCHER, here),
        "desk next door": await make_actor("派单员二", Role.DISPATCHER, next_door),
    }

    seen = {}
    for name, reader in readers.items():
        on = (now + timedelta(hours=30)).astimezone(SHANGHAI).date()
        day = await client.get(f"/api/v1/pickup-routes/{hauling.route.id}/day?on={on}", headers=bearer(reader))
        booking = await client.get(f"/api/v1/pickup-bookings/{booking_id}", headers=bearer(reader))
        seen[name] = (len(day.json()["stops"]) if day.status_code == 200 else day.status_code, booking.status_code)

    assert seen == {
        "crew": (1, 200),
        "crew next door": (0, 404),
        "crew of elsewhere": (404, 404),
        "desk": (1, 200),
        "desk next door": (0, 404),
    }


async def test_a_clock_with_a_zone_is_refused(client):
    hauling = await make_hauling()
    street = await make_staff(Role.STREET_ADMIN)
    said = msgspec.to_builtins(schedule()) | {"starts": "08:00:00Z", "ends": "10:00:00"}

    answer = await client.post(f"/api/v1/pickup-routes/{hauling.route.id}/schedules", json=said, headers=bearer(street))

    assert answer.status_code == 400
