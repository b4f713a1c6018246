"""How many pickups are booked a second, beside what the database could do with the same statements, and what becomes of
three hundred owners who want the last forty places of a day at once: make bench-booking.

Rounds are interleaved, so that a busy machine is as busy for one as for the other; the ratio is what counts.
"""

import asyncio
import os
import sys
from collections import deque
from pathlib import Path

import asyncpg
import uvloop

from bench.parts import clients, counting, cpu, figures, limit, pickups, stage
from bench.parts.clients import CREATED
from bench.parts.figures import Round
from bench.parts.pickups import Owner
from bench.parts.script import Script
from bench.parts.stage import BenchFailed, Stage

ROUNDS = int(os.environ.get("YIMA_BENCH_ROUNDS", "3"))
SECONDS = int(float(os.environ.get("YIMA_BENCH_SECONDS", "5")))
OWNERS, PLACES, RACE_SLOTS = 300, 40, 4
CLIENTS = limit.CLIENTS
BOOKED_OR_FULL = (CREATED, b"HTTP/1.1 409")
PRODUCT, LIMIT = "product", "database alone"
_TAKEN = """
    SELECT sum(s.booked)::int AS booked, sum(s.held)::int AS held, max(s.booked - s.capacity)::int AS beyond,
           (SELECT count(*) FROM pickup_booking b WHERE b.slot_id = ANY($1::bigint[]))::int AS rows,
           (SELECT count(*) FROM work_order o JOIN pickup_booking b ON b.order_id = o.id
             WHERE b.slot_id = ANY($1::bigint[]))::int AS orders
    FROM pickup_slot s WHERE s.id = ANY($1::bigint[])
"""
_HOLD = """
    WITH held AS (
        INSERT INTO pickup_hold (slot_id, shop_id, account_id, litres, until)
        SELECT slot_id, $2, account_id, 240, now() - interval '1 second'
        FROM unnest($1::bigint[], $3::bigint[]) AS held(slot_id, account_id) RETURNING slot_id
    ) UPDATE pickup_slot s SET held = held + 1, loaded_l = loaded_l + 240 FROM held WHERE s.id = held.slot_id
"""


async def main() -> None:
    here = await stage.build()
    os.environ.update(here.environment)
    stage.prepare(here)
    connection = await asyncpg.connect(here.database_url)
    try:
        with stage.web(here):
            owners = await pickups.open_shops(here, connection, OWNERS)
        await _race(here, connection, owners)
        recorded_in = await pickups.make_slots(connection, 4)
        fresh = await pickups.make_slots(connection, pickups.SLOTS_EACH * CLIENTS)
        script = pickups.capture(here, owners, recorded_in, fresh)
        print(f"{script.statements} statements a booking, BEGIN and COMMIT among them", flush=True)
        print("sent as recorded, though it differs:", "; ".join(script.as_recorded) or "nothing", flush=True)
        await _compare_writes(here, connection, owners, script)
        await _measure(here, connection, owners, script)
    finally:
        await connection.close()


async def _race(here: Stage, connection: asyncpg.Connection, owners: list[Owner]) -> None:
    """Each owner asks once; places that others held until a moment ago are among the forty."""
    print(
        f"{OWNERS} owners, {PLACES} places in {RACE_SLOTS} slots, a place in each held until a moment ago", flush=True
    )
    for number in range(ROUNDS):
        slots = await pickups.make_slots(connection, RACE_SLOTS, PLACES // RACE_SLOTS)
        await pickups.make_slots(connection, 3)  # where the others are sent to
        await connection.execute(
            _HOLD, slots, owners[0].shop_id, [owner.phone.account_id for owner in owners[: len(slots)]]
        )
        await connection.execute("DELETE FROM pickup_hold WHERE until > now()")
        requests = [
            deque([pickups.request_of(here, owner, slots[place % len(slots)])]) for place, owner in enumerate(owners)
        ]
        postmaster = cpu.parent_of(connection.get_server_pid())
        with stage.web(here) as web:
            await _warm_up(here, connection, owners)
            before = cpu.spent(web, None, postmaster)
            tally, took_s = await clients.drive(here, requests, None, BOOKED_OR_FULL)
            spent = cpu.spent(web, None, postmaster).since(before)
        row = await connection.fetchrow(_TAKEN, slots)
        assert row is not None
        if tuple(row) != (PLACES, 0, 0, PLACES, PLACES):
            raise BenchFailed(f"booked, held, beyond, rows and orders: {tuple(row)}")
        p50, p99 = (figures.percentile_ms(tally.latencies_s, share) for share in (0.5, 0.99))
        worst = max(tally.latencies_s) * 1000
        print(
            f"round {number + 1}: {PLACES} booked, {len(tally.latencies_s) - PLACES} told of the nearest; "
            f"p50 {p50:.0f} ms, p99 {p99:.0f} ms, the last {worst:.0f} ms; all in {took_s * 1000:.0f} ms, "
            f"CPU web {spent.web_s * 1000:.0f} ms, PostgreSQL {spent.postgres_s * 1000:.0f} ms, load {_load()}",
            flush=True,
        )


async def _warm_up(here: Stage, connection: asyncpg.Connection, owners: list[Owner]) -> None:
    """Plans on each connection, as a server has them that runs: some bookings elsewhere, and some that come late."""
    [full] = await pickups.make_slots(connection, 1, 1)
    for slot_id in (*await pickups.make_slots(connection, 2), full):
        requests = [deque([pickups.request_of(here, owner, slot_id)]) for owner in owners[:40]]
        await clients.drive(here, requests, None, BOOKED_OR_FULL)


async def _measure(here: Stage, connection: asyncpg.Connection, owners: list[Owner], script: Script) -> None:
    rounds: list[Round] = []
    figures.print_head()
    for number in range(ROUNDS):
        for each in (await _product(here, connection, owners), await _limit(here, connection, script)):
            print(f"{each.told()}   round {number + 1}, load {_load()}", flush=True)
            rounds.append(each)
    figures.print_ratios(rounds, PRODUCT, LIMIT)


async def _product(here: Stage, connection: asyncpg.Connection, owners: list[Owner]) -> Round:
    await stage.housekeeping(here)
    slots = await pickups.make_slots(connection, CLIENTS * 10)
    requests = pickups.requests_of(here, owners, slots, CLIENTS)
    postmaster = cpu.parent_of(connection.get_server_pid())
    with stage.web(here) as web:
        await clients.drive(here, [deque(waiting.popleft() for _ in range(20)) for waiting in requests], None)
        before = cpu.spent(web, None, postmaster)
        tally, took_s = await clients.drive(here, requests, SECONDS)
        spent = cpu.spent(web, None, postmaster).since(before)
    return Round(PRODUCT, tally.latencies_s, took_s, spent)


async def _limit(here: Stage, connection: asyncpg.Connection, script: Script) -> Round:
    await stage.housekeeping(here)
    await _empty(connection)
    postmaster = cpu.parent_of(connection.get_server_pid())
    before = cpu.spent(None, None, postmaster)
    measured = await asyncio.to_thread(limit.replay, here, script, "-T", str(SECONDS))
    spent = cpu.spent(None, None, postmaster).since(before)
    return Round(LIMIT, measured.latencies_s, measured.took_s, spent)


async def _empty(connection: asyncpg.Connection) -> None:
    """The slots of the script are free again: what was booked in them is not booked any more."""
    await connection.execute("UPDATE pickup_booking SET state = 'changed', ended_at = now() WHERE state = 'booked'")
    await connection.execute("UPDATE pickup_slot SET booked = 0, loaded_l = 0")
    await connection.execute("VACUUM ANALYZE pickup_booking, pickup_slot")


async def _compare_writes(here: Stage, connection: asyncpg.Connection, owners: list[Owner], script: Script) -> None:
    """Both must write the same rows, or the comparison is worth nothing. Raises BenchFailed."""
    times = 20
    slots = await pickups.make_slots(connection, 1)
    before = await counting.rows(connection)
    with stage.web(here):
        await clients.drive(here, [deque(pickups.request_of(here, owner, slots[0]) for owner in owners[:times])], None)
    product = counting.growth(before, await counting.rows(connection), times)
    before = await counting.rows(connection)
    await asyncio.to_thread(limit.replay, here, script, "-t", str(times), clients=1)
    replayed = counting.growth(before, await counting.rows(connection), times)
    if product != replayed:
        raise BenchFailed(f"a booking writes {product}, its replay {replayed}")
    print("rows written by each:", ", ".join(f"{table} {count:g}" for table, count in product.items()), flush=True)


def _load() -> str:
    return Path("/proc/loadavg").read_text().split()[0]


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
