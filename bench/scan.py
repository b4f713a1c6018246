"""How many scans a second, JSON and page, beside what the database could do with the same statements: make bench-scan.

5,000 codes in random order, a hundred thousand orders around them. The client is wrk, which eats little; the
rounds are interleaved, so that a busy machine is as busy for one as for the other; its load average (of the last
minute, the bench itself included) stands beside each figure.
"""

import asyncio
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import asyncpg

from bench.parts import cpu, figures, filling, limit, scanning, stage, tools
from bench.parts.script import Script
from bench.parts.stage import BenchFailed, Stage

CODES = 5_000
CLIENTS, THREADS = 16, 1
ROUNDS = int(os.environ.get("YIMA_BENCH_ROUNDS", "3"))
SECONDS = int(float(os.environ.get("YIMA_BENCH_SECONDS", "8")))
_ROTATE = """
local paths = {{}}
for line in io.lines("{file}") do paths[#paths + 1] = line end
local at = {start}
request = function() at = at % #paths + 1; return wrk.format("GET", paths[at]) end
"""


class Figure(NamedTuple):
    per_s: float
    p50: str
    p99: str
    web_ms: float
    postgres_ms: float


def main() -> None:
    tools.need("wrk", "wrk")
    here = asyncio.run(stage.build())
    os.environ.update(here.environment)
    stage.prepare(here)
    orders, words = asyncio.run(_fill(here))
    _say(f"{orders:,} orders, {len(words):,} codes, {CLIENTS} connections\n")
    scripts = {name: scanning.script(here, name, words) for name in scanning.ASKED}
    for name, script in scripts.items():
        _say(f"{name}: {script.statements} statement(s) a scan\n")
    _say("\n| round | what | a second | p50 | p99 | web ms | PostgreSQL ms | load |\n")
    _say("|---|---|---|---|---|---|---|---|\n")
    for number in range(1, ROUNDS + 1):
        for name, path in scanning.ASKED.items():
            _told(number, name, _product(here, [path.format(code=word) for word in words]))
            _told(number, f"{name}: database alone", _alone(here, scripts[name]))


async def _fill(here: Stage) -> tuple[int, list[str]]:
    connection = await asyncpg.connect(here.database_url)
    try:
        orders = await filling.fill(connection, datetime.now(UTC))
        rows = await connection.fetch("SELECT code FROM qr_code WHERE status = 'active' ORDER BY code LIMIT $1", CODES)
    finally:
        await connection.close()
    words = [row["code"] for row in rows]
    random.Random(1).shuffle(words)
    return orders, words


def _product(here: Stage, paths: list[str]) -> Figure:
    file, script = here.logs / "paths.txt", here.logs / "rotate.lua"
    file.write_text("\n".join(paths))
    script.write_text(_ROTATE.format(file=file, start=random.randrange(len(paths))))
    with stage.web(here) as web:
        subprocess.run(_wrk(here, script, 2), capture_output=True, check=True)
        return _measured(here, web, lambda: _wrk_said(subprocess.check_output(_wrk(here, script, SECONDS), text=True)))


def _wrk(here: Stage, script: Path, seconds: int) -> list[str]:
    words = ["wrk", f"-t{THREADS}", f"-c{CLIENTS}", f"-d{seconds}s", "--latency", "-s", str(script)]
    return [*words, here.base_url]


def _wrk_said(text: str) -> tuple[float, str, str]:
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    if rate is None or "Non-2xx" in text or "Socket errors" in text:
        raise BenchFailed(f"wrk was not content:\n{text}")
    latency = {share: re.search(rf"^\s+{share}%\s+(\S+)", text, re.MULTILINE) for share in (50, 99)}
    p50, p99 = (found[1] if found else "" for found in latency.values())
    return float(rate[1]), p50, p99


def _alone(here: Stage, script: Script) -> Figure:
    def run() -> tuple[float, str, str]:
        measured = limit.replay(here, script, "-T", str(SECONDS), clients=CLIENTS)
        p50, p99 = (figures.percentile_ms(measured.latencies_s, share) for share in (0.5, 0.99))
        return len(measured.latencies_s) / measured.took_s, f"{p50:.2f}ms", f"{p99:.2f}ms"

    return _measured(here, None, run)


def _measured(here: Stage, web: int | None, run: Callable[[], tuple[float, str, str]]) -> Figure:
    postmaster = asyncio.run(scanning.postmaster_of(here.database_url))
    before = cpu.spent(web, None, postmaster)
    per_s, p50, p99 = run()
    used = cpu.spent(web, None, postmaster).since(before)
    count = per_s * SECONDS
    return Figure(per_s, p50, p99, used.web_s / count * 1000, used.postgres_s / count * 1000)


def _told(number: int, what: str, figure: Figure) -> None:
    cells = f"{figure.per_s:,.0f} | {figure.p50} | {figure.p99} | {figure.web_ms:.2f} | {figure.postgres_ms:.2f}"
    load = os.getloadavg()[0]
    _say(f"| {number} | {what} | {cells} | {load:.1f} |\n")


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
