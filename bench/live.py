"""From POST to the handler's live page: how long until a new report shows at whoever must act.

    python -m bench.live        (as part of `make bench`)

A handler holds the event stream open; a resident's phone sends reports at a steady pace, one at a time.
"""

import os
import sys

import asyncpg
import uvloop

from backend.demo.people import PASSWORD
from bench.parts import clients, figures, live_page, stage, submitting
from bench.parts.stage import BenchFailed, Stage

REPORTS = int(os.environ.get("YIMA_BENCH_REPORTS", "200"))
PER_S = 5
_SHARES = (("p50", 0.50), ("p95", 0.95), ("p99", 0.99), ("longest", 1.0))


async def main() -> None:
    here = await stage.build()
    os.environ.update(here.environment)
    stage.prepare(here)
    connection = await asyncpg.connect(here.database_url)
    try:
        with stage.web(here), stage.worker(here):
            await _measure(here, connection)
    finally:
        await connection.close()


async def _measure(here: Stage, connection: asyncpg.Connection) -> None:
    phones = clients.open_phones(here, 1)
    first = await submitting.add_photos(connection, [phones[0].account_id], REPORTS + 2)
    codes = await submitting.codes_of(connection)
    requests = submitting.requests_of(here, phones, codes, first, REPORTS + 1)[0]
    async with live_page.open_page(here, clients.sign_in(here, "handler", PASSWORD)) as page:
        sent = await live_page.send(here, requests, PER_S, REPORTS / PER_S * 2)
        latencies_s = await page.latencies_s(sent)
    print(f"{len(latencies_s)} reports at {PER_S}/s, from POST to the event at the handler's stream:")
    print("  ".join(f"{name} {figures.percentile_ms(latencies_s, share):.1f} ms" for name, share in _SHARES))


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
