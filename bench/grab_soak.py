"""200 volunteers on 50 orders for a minute, while workers are killed: is an order held twice, is one lost?

    make bench-grab-soak        (YIMA_BENCH_SECONDS, 60)

They grab, give back, come, finish, or do not come, all at once. The clock of the street runs two minutes each second:
leases and windows end meanwhile. Afterwards the log is replayed: takes, orders and both ledgers must be what the facts
alone tell.
"""

import asyncio
import os
import random
import sys
import time

import asyncpg
import uvloop

from backend.demo.people import COMMITTEE
from bench.parts import pool, stage
from bench.parts.stage import BenchFailed, Stage
from tests.makers.soak import EVERYTHING, Soak, list_troubles

VOLUNTEERS, ORDERS, FASTER = 200, 50, 120
SECONDS = float(os.environ.get("YIMA_BENCH_SECONDS", "60"))
KILLED_AFTER_S = 12.0


async def main() -> None:
    here = await stage.build()
    os.environ.update(here.environment)
    await asyncio.to_thread(stage.prepare, here, quietly=True)
    from backend import db

    connection = await asyncpg.connect(here.database_url)
    try:
        async with db.pool(2, 30, session=db.IMPATIENT):
            await _soak(here, connection)
    finally:
        await connection.close()


async def _soak(here: Stage, connection: asyncpg.Connection) -> None:
    from backend import clock

    people = await pool.make_volunteers(here, connection, VOLUNTEERS)
    volunteers, chance = [person.actor for person in people], random.Random(7)
    soak = Soak(volunteers, SECONDS, ORDERS, clock.now(), chance, FASTER, COMMITTEE)
    running = asyncio.create_task(soak.run())
    killed = 0
    while not running.done():
        killed += await asyncio.to_thread(_kill_one, here)
        await asyncio.wait([running], timeout=1)
    await running
    print(f"{VOLUNTEERS} volunteers, {ORDERS} orders at a time, {SECONDS:.0f} s, {killed} workers killed")
    print(", ".join(f"{what} {count}" for what, count in sorted(soak.done.items())))
    await _require_all_well(here, soak)


def _kill_one(here: Stage) -> int:
    """A worker that works for a while and is killed with whatever it has in hand."""
    with stage.worker(here) as worker:
        time.sleep(KILLED_AFTER_S)
        os.kill(worker, 9)
    return 1


async def _require_all_well(here: Stage, soak: Soak) -> None:
    """Raises BenchFailed with the first troubles."""
    from grab_orders.ledgers import auditing
    from tests.makers.worker import work

    await work(here.database_url)
    audit = await auditing.audit()
    troubles = [*await list_troubles(), *audit.differences]
    troubles += [f"never happened: {what}" for what in EVERYTHING if not soak.done[what]]
    if troubles:
        raise BenchFailed("\n".join(troubles[:20]))
    print(f"nothing held twice, nothing lost; {audit.hours} hours and {audit.points} points entries as the log tells")


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
