"""Scans a second at sixteen connections, as JSON and as page, five thousand codes in random order.

Each code is scanned once before: measured are doors that somebody scanned since anything changed around them.
"""

import random
from collections import deque
from functools import partial

import asyncpg

from bench.against.builds import Build
from bench.against.run import SECONDS, Measured, Run, beside, own_sql, speed
from bench.parts import clients, cpu, scanning, stage
from bench.parts.scanning import ASKED
from bench.parts.script import Script
from bench.parts.stage import Stage

CLIENTS, CODES = 16, 5_000


async def measure(run: Run, build: Build) -> list[Measured]:
    here = await run.databases.copy(build)
    codes = await run.once(build, "codes", lambda: _codes(here))
    scripts = {what: await run.once(build, f"scan {what}", partial(_script, here, what, codes)) for what in ASKED}
    with stage.web(here) as web:
        product = {what: await _product(here, web, path, codes) for what, path in ASKED.items()}
    await stage.settle(here)
    return [
        Measured(f"scan, {what}", beside(product[what], await own_sql(here, scripts[what], CLIENTS))) for what in ASKED
    ]


async def _script(here: Stage, what: str, codes: list[str]) -> Script:
    return scanning.script(here, what, codes)


async def _codes(here: Stage) -> list[str]:
    connection = await asyncpg.connect(here.database_url)
    try:
        rows = await connection.fetch("SELECT code FROM qr_code WHERE status = 'active' ORDER BY code LIMIT $1", CODES)
    finally:
        await connection.close()
    codes = [row["code"] for row in rows]
    random.Random(1).shuffle(codes)
    return codes


async def _product(here: Stage, web: int, path: str, codes: list[str]) -> dict[str, float]:
    requests = [clients.request_bytes(here, path.format(code=code), "") for code in codes]
    await clients.drive(here, [deque(requests[:1])], None, clients.OK)  # the first page of a process is compiled
    await clients.drive(here, [deque(requests[nr::CLIENTS]) for nr in range(CLIENTS)], None, clients.OK)
    postmaster = await scanning.postmaster_of(here.database_url)
    before = cpu.spent(web, None, postmaster)
    tally, took_s = await clients.drive_round(here, requests, CLIENTS, SECONDS)
    spent = cpu.spent(web, None, postmaster).since(before)
    return speed(tally.latencies_s, took_s, spent)
