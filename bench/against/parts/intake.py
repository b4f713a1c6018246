"""Reports a second with the worker running, at eight and at thirty-two clients; beside their own statements.

The CPU of a report includes what follows from it: it is counted until the worker has nothing left to do, and `drain_s`
says how long that was after the last report. In the middle of what is measured lies a full minute, at which the worker
looks for what is due. Whether both builds did the same is told by the rows written for each report (`orders_each` …).
"""

from collections import deque

import asyncpg

from bench.against import waiting
from bench.against.builds import Build
from bench.against.databases import RECORDED
from bench.against.run import SECONDS, Measured, Run, own_sql, speed
from bench.parts import clients, cpu, differences, scanning, stage, submitting
from bench.parts.stage import Stage
from bench.parts.submitting import Captured

CLIENTS = (8, 32)
_WARM_UP = 4
"""Reports at each door before it counts: at the third of a class the worker opens an order for their common cause."""
_MOST_PER_S = 2500
"""Requests and photos are made for so many reports a second."""


async def measure(run: Run, build: Build) -> list[Measured]:
    captured = await run.once(build, "intake", lambda: _record(run, build))
    measured = []
    for count in CLIENTS:
        figures = await _product(await run.databases.copy(build), count)
        alone = await _alone(await run.databases.copy(build, RECORDED), captured, count, figures["per_s"])
        measured.append(Measured(f"intake, {count} clients", figures | alone))
    return measured


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


async def _product(here: Stage, count: int) -> dict[str, float]:
    connection = await asyncpg.connect(here.database_url)
    try:
        codes = await submitting.codes_of(connection)
        with stage.web(here) as web, stage.worker(here) as worker:
            phones = clients.open_phones(here, count)
            warm_up = _WARM_UP * submitting.CODES // count
            each = warm_up + int(SECONDS * _MOST_PER_S / count)
            first = await submitting.add_photos(connection, [phone.account_id for phone in phones], each)
            requests = submitting.requests_of(here, phones, codes, first, each)
            await stage.settle(here)
            await clients.drive(here, _taken(requests, warm_up), None)
            await waiting.idle(worker, connection)
            await differences.forget_reminders(connection)
            postmaster = await scanning.postmaster_of(here.database_url)
            already = await differences.written(connection)
            await waiting.before_full_minute(SECONDS / 2)
            before = cpu.spent(web, worker, postmaster)
            tally, took_s = await clients.drive(here, requests, SECONDS)
            drain_s = await waiting.idle(worker, connection)
            spent = cpu.spent(web, worker, postmaster).since(before)
            written = await differences.written(connection)
    finally:
        await connection.close()
    count = len(tally.latencies_s)
    each_wrote = {f"{what}_each": (rows - already[what]) / count for what, rows in written.items()}
    return speed(tally.latencies_s, took_s, spent) | {"drain_s": drain_s} | each_wrote


def _taken(requests: list[deque[bytes]], many: int) -> list[deque[bytes]]:
    """So many of each phone, taken out of them."""
    return [deque(waiting.popleft() for _ in range(many)) for waiting in requests]


async def _alone(here: Stage, captured: Captured, count: int, per_s: float) -> dict[str, float]:
    connection = await asyncpg.connect(here.database_url)
    try:
        each = int(SECONDS * _MOST_PER_S / count)
        first = await submitting.add_photos(connection, [captured.owner_id] * count, each)
    finally:
        await connection.close()
    return await own_sql(here, captured.script, count, per_s, first_photo=first)
