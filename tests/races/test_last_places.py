"""Many owners want the last places of a day at once, over HTTP: each place is booked once, and none beyond."""

import asyncio
from collections import Counter
from datetime import timedelta

import httpx
import pytest

from backend import clock, db
from tests.makers.accounts import bearer
from tests.makers.pickup import make_hauling, make_shops, make_slot

OWNERS, PLACES, IN_EACH = 60, 8, 4
_HELD_BEFORE = """
    WITH held AS (
        INSERT INTO pickup_hold (slot_id, shop_id, account_id, litres, until)
        SELECT $1, $2, $3, 240, now() - interval '1 second' RETURNING slot_id
    ) UPDATE pickup_slot SET held = held + 1, loaded_l = loaded_l + 240 WHERE id = (SELECT slot_id FROM held)
"""
_TAKEN = """
    SELECT s.id, s.capacity, s.booked, s.held, s.loaded_l, count(b.id)::int AS rows,
           coalesce(sum(b.litres), 0)::int AS litres
    FROM pickup_slot s LEFT JOIN pickup_booking b ON b.slot_id = s.id AND b.state = 'booked' GROUP BY s.id
"""


@pytest.mark.usefixtures("database")
async def test_each_of_the_last_places_is_booked_once_and_what_was_held_returns(server_url):
    starts_at = clock.now() + timedelta(days=1)
    hauling = await make_hauling()
    slots = [
        await make_slot(hauling, starts_at + timedelta(hours=3 * number), capacity=IN_EACH)
        for number in range(PLACES // IN_EACH)
    ]
    free = await make_slot(hauling, starts_at + timedelta(days=1), capacity=OWNERS)
    shops = await make_shops(OWNERS)
    for slot_id in slots:
        await db.execute(_HELD_BEFORE, slot_id, hauling.shop_id, shops[slot_id % OWNERS][1].account_id)

    async with httpx.AsyncClient(base_url=server_url, timeout=30, limits=httpx.Limits(max_connections=OWNERS)) as phone:

        async def book(number: int) -> httpx.Response:
            shop_id, owner = shops[number]
            wanted = {"slot_id": slots[number % len(slots)], "kind": "wet", "amount": 1, "unit": "bin"}
            address = f"/api/v1/shops/{shop_id}/pickup-bookings"
            for _ in range(2):  # the second is the phone's retry, which books nothing more
                answer = await phone.post(address, json=wanted, headers=bearer(owner))
            return answer

        answers = await asyncio.gather(*(book(number) for number in range(OWNERS)))

    assert Counter(answer.status_code for answer in answers) == {200: PLACES, 409: OWNERS - PLACES}
    refused = [answer.json() for answer in answers if answer.status_code == 409]
    assert {problem["code"] for problem in refused} == {"pickup-slot-full"}
    assert {problem["extra"]["nearest"][0]["id"] for problem in refused} == {free}
    for row in await db.fetch(_TAKEN):
        assert (row["booked"], row["held"], row["loaded_l"]) == (row["rows"], 0, row["litres"])
        assert row["booked"] == (0 if row["id"] == free else IN_EACH)
    assert await db.fetchval("SELECT count(*) FROM work_order WHERE source_kind = 'pickup'") == PLACES
