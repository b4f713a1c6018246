"""Reports a second with the worker running, at eight and at thirty-two clients; beside their own statements.

The CPU of a report includes what follows from it: it is counted until the worker has nothing left to do, and `drain_s`
says how long that was after the last report. In the middle of what eight clients send lies a full minute, at which the
worker looks for what is due; thirty-two follow on the same database, between two of them, so that a build takes one
minute instead of two. Whether both builds did the same is told by the rows written for each report (`orders_each` …).
"""

from collections import deque

import asyncpg

from bench.against import waiting
from bench.against.builds import Build
from bench.against.databases import RECORDED
from bench.against.run import OWN_SHARE, SECONDS, Measured, Run, beside, own_sql, speed
from bench.parts import clients, cpu, differences, scanning, stage, submitting
from bench.parts.stage import Stage
from bench.parts.submitting import Captured

CLIENTS = FEW, MANY = 8, 32
_WARM_UP = 4
"""Reports at each door before it counts: at the third of a class the worker opens an order for their common cause."""
_MOST_PER_S = 2500
"""Requests and photos are made for so many reports a second."""


async def measure(run: Run, build: Build) -> list[Measured]:
    """The statements alone come first: so long it takes until the next full minute, when builds follow each other."""
    captured = await run.once(build, "intake", lambda: _record(run, build))
    alone = await _alone(await run.databases.copy(build, RECORDED), captured)
    product = await _product(await run.databases.copy(build))
    return [Measured(f"intake, {count} clients", beside(product[count], alone[count])) for count in CLIENTS]


async def _record(run: Run, build: Build) -> Captured:
    """The database is kept: the script speaks of the phone that was recorded."""
    here = await run.databases.copy(build)
    connection = await asyncpg.connect(here.database_url)
    try:
        captured = await submitting.capture(here, connection, await submitting.codes_of(connection))
    finally:
        await connection.close()
    await run.databases.keep(build)
    return captured


async def _product(here: Stage) -> dict[int, dict[str, float]]:
    connection = await asyncpg.connect(here.database_url)
    try:
        codes = await submitting.codes_of(connection)
        with stage.web(here) as web, stage.worker(here) as worker:
            prepared = {count: await _prepare(here, connection, codes, count) for count in CLIENTS}
            await stage.settle(here)
            for count, requests in prepared.items():
                await clients.drive(here, _taken(requests, _warm_up(count)), None)
            await waiting.idle(worker, connection)
            await differences.forget_reminders(connection)
            await waiting.before_full_minute(SECONDS / 2)
            few = await _measured(here, connection, web, worker, prepared[FEW])
            await waiting.between_full_minutes(SECONDS)
            many = await _measured(here, connection, web, worker, prepared[MANY])
    finally:
        await connection.close()
    return {FEW: few, MANY: many}


async def _prepare(here: Stage, connection: asyncpg.Connection, codes: list[str], count: int) -> list[deque[bytes]]:
    """The requests of so many phones, those for warming up among them."""
    phones = clients.open_phones(here, count)
    each = _warm_up(count) + int(SECONDS * _MOST_PER_S / count)
    first = await submitting.add_photos(connection, [phone.account_id for phone in phones], each)
    return submitting.requests_of(here, phones, codes, first, each)


def _warm_up(count: int) -> int:
    """How many reports each of so many phones sends before it counts."""
    return _WARM_UP * submitting.CODES // count


async def _measured(
    here: Stage, connection: asyncpg.Connection, web: int, worker: int, requests: list[deque[bytes]]
) -> dict[str, float]:
    postmaster = await scanning.postmaster_of(here.database_url)
    already = await differences.written(connection)
    before = cpu.spent(web, worker, postmaster)
    tally, took_s = await clients.drive(here, requests, SECONDS)
    drain_s = await waiting.idle(worker, connection)
    spent = cpu.spent(web, worker, postmaster).since(before)
    written = await differences.written(connection)
    count = len(tally.latencies_s)
    each_wrote = {f"{what}_each": (rows - already[what]) / count for what, rows in written.items()}
    return speed(tally.latencies_s, took_s, spent) | {"drain_s": drain_s} | each_wrote


def _taken(requests: list[deque[bytes]], many: int) -> list[deque[bytes]]:
    """So many of each phone, taken out of them."""
    return [deque(waiting.popleft() for _ in range(many)) for waiting in requests]


async def _alone(here: Stage, captured: Captured) -> dict[int, dict[str, float]]:
    found: dict[int, dict[str, float]] = {}
    connection = await asyncpg.connect(here.database_url)
    try:
        for count in CLIENTS:
            first = await submitting.add_photos(
                connection, [captured.owner_id] * count, int(SECONDS * OWN_SHARE * _MOST_PER_S / count)
            )
            await stage.settle(here)
            found[count] = await own_sql(here, captured.script, count, first_photo=first)
    finally:
        await connection.close()
    return found
