"""The pickups that a bench books: shops with an owner's phone each, slots with places, and what a booking asks of
PostgreSQL as a script of pgbench.
"""

import json
from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

import asyncpg

from bench.parts import clients, recording
from bench.parts.clients import Phone
from bench.parts.recording import Request
from bench.parts.script import Inputs, Script, script_of
from bench.parts.stage import Stage

CAPACITY = 1_000
RECORDED_SHOPS = 50
SLOTS_EACH = 40
"""For each client of pgbench: with so many shops, 2,000 bookings."""
_TIMES = 3
"""Each shop is recorded so often: the first time the server also looks its session up."""
_SHOPS = """
    WITH chosen AS (
        SELECT id, row_number() OVER (ORDER BY id) AS number FROM shop
        WHERE state = 'open' AND NOT EXISTS (SELECT FROM shop_person p WHERE p.shop_id = shop.id)
        ORDER BY id LIMIT cardinality($1::bigint[])
    )
    INSERT INTO shop_person (shop_id, account_id, role, since)
    SELECT chosen.id, wanted.account_id, 'owner', now()
    FROM unnest($1::bigint[]) WITH ORDINALITY AS wanted(account_id, number) JOIN chosen USING (number)
    ORDER BY number RETURNING shop_id
"""
_ROUTE = """
    INSERT INTO pickup_route (code, name, unit_id, area_code, load_l)
    SELECT 'bench-' || left(md5(random()::text), 20), 'bench', u.id, u.area_code, 200000
    FROM org_unit u WHERE u.unit_type = 'waste_collector' ORDER BY u.id LIMIT 1 RETURNING id
"""
_SLOTS = """
    INSERT INTO pickup_slot (route_id, kind, starts_at, ends_at, cutoff_at, capacity, load_l)
    SELECT $1, 'wet', at, at + interval '2 hours', at - interval '1 hour', $3, 240 * $3
    FROM generate_series(1, $2) AS number, LATERAL (
        SELECT date_trunc('hour', now()) + interval '1 day' + number * interval '1 minute' AS at) slot
    ORDER BY number RETURNING id
"""


class Owner(NamedTuple):
    phone: Phone
    shop_id: int


async def open_shops(here: Stage, connection: asyncpg.Connection, count: int) -> list[Owner]:
    """So many open shops of the demo street that nobody acts for, each with a phone that does."""
    phones = clients.open_phones(here, count)
    rows = await connection.fetch(_SHOPS, [phone.account_id for phone in phones])
    return [Owner(phone, row["shop_id"]) for phone, row in zip(phones, rows, strict=True)]


async def make_slots(connection: asyncpg.Connection, count: int, capacity: int = CAPACITY) -> list[int]:
    """Slots of tomorrow on a route of their own."""
    route_id = await connection.fetchval(_ROUTE)
    return [row["id"] for row in await connection.fetch(_SLOTS, route_id, count, capacity)]


def path_of(shop_id: int) -> str:
    return f"/api/v1/shops/{shop_id}/pickup-bookings"


def body_of(slot_id: int) -> bytes:
    return json.dumps({"slot_id": slot_id, "kind": "wet", "amount": 1, "unit": "bin"}).encode()


def request_of(here: Stage, owner: Owner, slot_id: int) -> bytes:
    return clients.request_bytes(here, path_of(owner.shop_id), owner.phone.token, body_of(slot_id))


def requests_of(here: Stage, owners: Sequence[Owner], slots: Sequence[int], count: int) -> list[deque[bytes]]:
    """For each of so many clients: every shop in every slot of the client's own, once."""
    each = len(slots) // count
    return [
        deque(
            request_of(here, owner, slot_id) for slot_id in slots[place * each : (place + 1) * each] for owner in owners
        )
        for place in range(count)
    ]


def capture(here: Stage, owners: Sequence[Owner], slots: Sequence[int], fresh: Sequence[int]) -> Script:
    """Let the build record bookings, and make a script of them in which each transaction is of another shop and slot.

    `slots` are recorded in; `fresh` are those of the script, SLOTS_EACH for each client.
    """
    recorded = owners[:RECORDED_SHOPS]
    warm = [_recorded(owner, slots[-1]) for owner in owners[RECORDED_SHOPS : RECORDED_SHOPS + recording.WARM_UP]]
    wanted = [_recorded(owner, slots[number]) for number in range(_TIMES) for owner in recorded]
    head = (
        f"\\set n :n + 1\n\\set photo :first_photo + :client_id * 1000000 + :n\n"
        f"\\set pick :n % {len(recorded)} + 1\n"
        f"\\set nth :client_id * {SLOTS_EACH} + (:n / {len(recorded)}) % {SLOTS_EACH} + 1\n"
    )
    expressions = {
        "shop": "(:keys::text[])[:pick::int]",
        "slot": f"('{{{','.join(str(slot_id) for slot_id in fresh)}}}'::text[])[:nth::int]",
    }
    keys = [str(owner.shop_id) for owner in recorded]
    return script_of(recording.record(here, [*warm, *wanted]), Inputs(head, expressions, "shop", keys))


def _recorded(owner: Owner, slot_id: int) -> Request:
    headers = {"authorization": f"Bearer {owner.phone.token}", "content-type": "application/json"}
    made_of = {"shop": str(owner.shop_id), "slot": str(slot_id)}
    return Request(made_of, path_of(owner.shop_id), headers, body_of(slot_id).decode())
