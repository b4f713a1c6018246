"""How long strangers wait for GET requests of Open311 among many orders, and how many statements one sends: make
bench-open311.

Each question is asked as HTTP of the real web process, over a connection that stays, in JSON; statements are counted
from the driver, in this process. YIMA_BENCH_ORDERS makes the town smaller or larger.
"""

import asyncio
import os
import sys
import time
from datetime import UTC, datetime, timedelta

import asyncpg
import httpx

from backend import db
from backend.intake.open311.server import requests
from bench.parts import many_orders, stage
from bench.parts.stage import Stage
from bench.parts.statements import heard_from

ORDERS = int(os.environ.get("YIMA_BENCH_ORDERS", "100000"))
TIMES = 60
"""So that all questions stay below what an address may ask in a minute."""


_NUMBER = "SELECT number FROM work_order WHERE item_id = 'A101' ORDER BY id DESC LIMIT 1"


def main() -> None:
    here = asyncio.run(stage.build())
    os.environ.update(here.environment)
    stage.prepare(here)
    number = asyncio.run(_fill(here))
    statements = asyncio.run(_count_statements())
    _say(f"\n{ORDERS:,} orders; load {os.getloadavg()[0]:.1f}; {statements} statements a question without a key\n\n")
    _say("| question | requests | KB | p50 ms | p99 ms |\n|---|---:|---:|---:|---:|\n")
    with stage.web(here), httpx.Client(base_url=f"{here.base_url}/open311/v2", timeout=60) as web:
        for name, path in _questions(number).items():
            rows, size, took = _timed(web, path)
            p50, p99 = took[len(took) // 2], took[int(len(took) * 0.99) - 1]
            _say(f"| {name} | {rows} | {size / 1024:.0f} | {p50:.1f} | {p99:.1f} |\n")


def _questions(number: str) -> dict[str, str]:
    week = (datetime.now(UTC) - timedelta(days=7)).strftime("%Y-%m-%dT%H:%M:%SZ")
    return {
        "one": f"/requests/{number}.json",
        "the latest 50": "/requests.json?page_size=50",
        "the 20th page of 50": "/requests.json?page_size=50&page=20",
        "closed of a week, 50": f"/requests.json?status=closed&start_date={week}&page_size=50",
        "moved within a week, 50": f"/requests.json?updated_after={week}&page_size=50",
        "within 500 m, 50": "/requests.json?lat=31.16&long=121.53&radius=500&page_size=50",
        "all that one answer has": "/requests.json",
    }


def _timed(web: httpx.Client, path: str) -> tuple[int, int, list[float]]:
    took = []
    answer = web.get(path)
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = web.get(path).raise_for_status()
        took.append((time.perf_counter() - began) * 1000)
    return len(answer.json()), len(answer.content), sorted(took)


async def _fill(here: Stage) -> str:
    connection = await asyncpg.connect(here.superuser_url or here.database_url)
    try:
        if await connection.fetchval("SELECT count(*) FROM work_order") != ORDERS:
            await many_orders.fill(connection, ORDERS)
        return await connection.fetchval(_NUMBER)
    finally:
        await connection.close()


async def _count_statements() -> int:
    async with db.pool(1, 2):
        ask = {"query": {"page_size": "50"}, "area_code": "", "source": None, "lang": "zh", "base_url": ""}
        return len(await heard_from(lambda: requests.list_requests(**ask, now=datetime.now(UTC))))


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
