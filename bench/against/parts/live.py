"""From a report's POST to the handler's live page, with the worker, at a steady pace and at full intake load."""

import asyncio
import os
from time import perf_counter

import asyncpg

from backend.demo.people import PASSWORD
from bench.against.builds import Build
from bench.against.run import SECONDS, Measured, Run
from bench.parts import clients, live_page, stage, submitting
from bench.parts.figures import percentile_ms
from bench.parts.stage import Stage

PHONES = 8
PER_S = float(os.environ.get("YIMA_BENCH_LIVE_PER_S", "80"))
_MOST_PER_S = 2500
_WARM_UP_S = 1.0
_PACES = {f"POST to live page, {PER_S:.0f} reports a second": PER_S, "POST to live page, full load": None}


async def measure(run: Run, build: Build) -> list[Measured]:
    here = await run.databases.copy(build)
    connection = await asyncpg.connect(here.database_url)
    try:
        with stage.web(here), stage.worker(here):
            return [Measured(what, await _heard(here, connection, per_s)) for what, per_s in _PACES.items()]
    finally:
        await connection.close()


async def _heard(here: Stage, connection: asyncpg.Connection, per_s: float | None) -> dict[str, float]:
    each = int((SECONDS + _WARM_UP_S) * (per_s or _MOST_PER_S) / PHONES) + 2
    pace = per_s / PHONES if per_s else None
    phones = clients.open_phones(here, PHONES)
    first = await submitting.add_photos(connection, [phone.account_id for phone in phones], each)
    requests = submitting.requests_of(here, phones, await submitting.codes_of(connection), first, each)
    async with live_page.open_page(here, clients.sign_in(here, "handler", PASSWORD)) as page:
        await stage.settle(here)
        await asyncio.gather(*(live_page.send(here, waiting, pace, _WARM_UP_S) for waiting in requests))
        began = perf_counter()
        parts = await asyncio.gather(*(live_page.send(here, waiting, pace, SECONDS) for waiting in requests))
        took_s = perf_counter() - began
        latencies_s = await page.latencies_s({order: at for sent in parts for order, at in sent.items()})
    return {
        "per_s": len(latencies_s) / took_s,
        "p50_ms": percentile_ms(latencies_s, 0.50),
        "p99_ms": percentile_ms(latencies_s, 0.99),
        "longest_ms": max(latencies_s) * 1000,
        "refreshes": len(page.refreshes),
    }
