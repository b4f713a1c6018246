"""How long the desk's pages take at five million orders, and how many statements they send: make bench-desk.

Each page is asked seven times as HTTP of the real web process, over a connection that stays; the median counts. How
many statements it sends is heard from the driver, in this process. YIMA_BENCH_ORDERS makes the town smaller.
"""

import asyncio
import os
import sys
import time
from pathlib import Path
from statistics import median

import asyncpg
import httpx

from backend.demo.people import PASSWORD
from bench.parts import many_orders, stage
from bench.parts.clients import sign_in
from bench.parts.desk_pages import count_statements, pages
from bench.parts.stage import BenchFailed, Stage

ORDERS = int(os.environ.get("YIMA_BENCH_ORDERS", "5000000"))
TIMES = 7
_AIM_MS, _AIM_STATEMENTS = 500, 12
_EXPORT_MOST = 200_000
_PEOPLE = {"district": "district_admin", "town": "dispatcher"}
"""The district admin is given the whole district; the dispatcher's town holds a quarter of the orders."""


def main() -> None:
    here = asyncio.run(stage.build())
    os.environ.update(here.environment)
    stage.prepare(here)
    _say(f"filling {ORDERS:,} orders …\n")
    known = asyncio.run(_fill(here))
    asked = pages(known)
    statements = asyncio.run(count_statements(asked, _PEOPLE["district"]))
    _say(f"\n{ORDERS:,} orders, {known['open']} open; load {os.getloadavg()[0]:.1f}\n\n")
    _say("| page | district: ms | most | town: ms | most | statements |\n|---|---|---|---|---|---|\n")
    worst = 0.0
    with stage.web(here) as web:
        tokens = [sign_in(here, username, PASSWORD) for username in _PEOPLE.values()]
        for each in asked:
            figures = [_timed(here, each.path, token) for token in tokens]
            worst = max(worst, *(middle for middle, _ in figures))
            cells = " | ".join(f"{middle:.0f} | {most:.0f}" for middle, most in figures)
            _say(f"| {each.name} | {cells} | {statements[each.name]} |\n")
        most = max(statements.values())
        _say(f"\nslowest median {worst:.0f} ms (aim {_AIM_MS}), most statements {most} (aim {_AIM_STATEMENTS})\n")
        _export(here, web, tokens[1])
    if most > _AIM_STATEMENTS:
        raise BenchFailed("a page sends more statements than it may")


async def _fill(here: Stage) -> dict[str, str]:
    connection = await asyncpg.connect(here.superuser_url or here.database_url)
    try:
        began = time.monotonic()
        if await connection.fetchval("SELECT count(*) FROM work_order") != ORDERS:
            await many_orders.fill(connection, ORDERS)
        _say(f"filled in {time.monotonic() - began:.0f} s\n")
        await connection.execute(_WHOLE_DISTRICT)
        known = await connection.fetchrow(_KNOWN)
        for index in await connection.fetch(_SIZES):
            _say(f"{index['name']}: {index['size']}\n")
    finally:
        await connection.close()
    return {name: str(value) for name, value in (known or {}).items()}


def _timed(here: Stage, path: str, token: str) -> tuple[float, float]:
    """Milliseconds, the median and the most of some, after one that warms up."""
    took = []
    with httpx.Client(base_url=here.base_url, headers=_headers(token), timeout=60) as web:
        for _ in range(1 + TIMES):
            began = time.perf_counter()
            answer = web.get(path)
            took.append((time.perf_counter() - began) * 1000)
            if answer.status_code != httpx.codes.OK:
                raise BenchFailed(f"{path}: {answer.status_code}")
    return median(took[1:]), max(took[1:])


def _export(here: Stage, web: int, token: str) -> None:
    """How soon the first byte of a large export comes, how fast the rest, and what memory it takes."""
    before, began, lines, first_ms = _memory_mb(web), time.perf_counter(), 0, 0.0
    path = "/desk/export.csv?tab=ended"
    with httpx.stream("GET", here.base_url + path, headers=_headers(token), timeout=60) as answer:
        for part in answer.iter_bytes():
            first_ms = first_ms or (time.perf_counter() - began) * 1000
            lines += part.count(b"\n")
            if lines >= _EXPORT_MOST:
                break
    took = time.perf_counter() - began
    _say(
        f"export: first byte after {first_ms:.0f} ms, {lines:,} lines in {took:.1f} s ({lines / took:,.0f} a second),"
        f" memory of the web process {before} → {_memory_mb(web)} MB\n"
    )


def _memory_mb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) // 1024


def _headers(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}", "accept": "text/html"}


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


_WHOLE_DISTRICT = """
    UPDATE role_grant SET area_code = '310115' WHERE role = 'district_admin'
      AND account_id = (SELECT id FROM account WHERE username = 'district_admin')
"""
_KNOWN = """
    WITH hand AS (SELECT a.id, a.unit_id FROM account a JOIN org_unit u ON u.id = a.unit_id
        WHERE a.username LIKE 'bench-%' AND u.area_code = '310115105' ORDER BY a.id LIMIT 1),
    cell AS (SELECT code, area_id FROM grid_cell WHERE code LIKE '310115105%' ORDER BY (
        SELECT count(*) FROM place WHERE grid_cell_id = grid_cell.code) DESC, code LIMIT 1)
    SELECT hand.id AS hand, hand.unit_id AS unit, cell.area_id AS area, cell.code AS grid,
        (SELECT number FROM work_order WHERE state = 'closed' AND area_code LIKE '310115105%' ORDER BY id LIMIT 1)
            AS number,
        (SELECT count(*) FROM work_order WHERE state IN ('dispatched', 'accepted', 'on_site', 'handled', 'suspended'))
            AS open
    FROM hand, cell
"""
_SIZES = """
    SELECT indexrelname AS name, pg_size_pretty(pg_relation_size(indexrelid)) AS size FROM pg_stat_user_indexes
    WHERE relname = 'work_order' AND indexrelname LIKE 'work_order_desk%' ORDER BY 1
"""


if __name__ == "__main__":
    main()
