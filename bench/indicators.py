"""How soon 700 indicators of 45 committees over a month are there, and how fast everything is counted anew:
make bench-indicators (YIMA_BENCH_ORDERS, 5,000,000, of YIMA_BENCH_DAYS, 1,095).

A month is as dense as of five million orders where there are as many orders a day, such as 411,000 of 90 days.

The orders are those of the desk's bench, made by PostgreSQL; what they add is counted by the product's own recount.
Beside the time on the wall stands that of the processors, which a busy machine does not change.
"""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple

import asyncpg

from backend import clock, db
from backend.calendars.rules import shanghai_date
from backend.indicators.counting import increments, noting, recount
from backend.indicators.expressions.nodes import reads_percentile
from backend.indicators.expressions.parser import parse
from backend.indicators.queries import Grain, Period, read_figures
from backend.indicators.registry.shipped import shipped
from bench.parts import many_orders, stage
from bench.parts.stage import BenchFailed, Stage

ORDERS = int(os.environ.get("YIMA_BENCH_ORDERS", "5000000"))
DAYS = int(os.environ.get("YIMA_BENCH_DAYS", str(many_orders.DAYS)))
INDICATORS, COMMITTEES, TIMES = 700, 45, 15
TOUCHED = 1000
_AIM_MS = 300
_AREAS = """
    SELECT area_code FROM indicator_month WHERE month = $1 AND length(area_code) = 12
    GROUP BY 1 ORDER BY sum(reported) DESC NULLS LAST LIMIT $2
"""
_SIZES = """
    SELECT relname, pg_size_pretty(pg_total_relation_size(oid)) AS size, reltuples::bigint AS rows FROM pg_class
    WHERE relname IN ('order_contribution', 'indicator_month', 'indicator_marginal', 'indicator_spread') ORDER BY 1
"""


class _Asked(NamedTuple):
    name: str
    codes: list[str]
    areas: list[str]
    period: Period
    by: Grain = Grain.AREA


def main() -> None:
    here = asyncio.run(stage.build())
    os.environ.update(here.environment)
    stage.prepare(here)
    _say(f"filling {ORDERS:,} orders of {DAYS:,} days …\n")
    asyncio.run(_fill(here))
    asyncio.run(_measure())


async def _fill(here: Stage) -> None:
    connection = await asyncpg.connect(here.superuser_url or here.database_url)
    try:
        if await connection.fetchval("SELECT count(*) FROM work_order") < ORDERS:
            await many_orders.fill(connection, ORDERS, DAYS)
    finally:
        await connection.close()


async def _measure() -> None:
    async with db.pool(1, 1):
        await _recount("first")
        for table in ("order_contribution", "indicator_month", "indicator_marginal", "indicator_spread"):
            await db.execute(f"VACUUM (ANALYZE) {table}")
        for row in await db.fetch(_SIZES):
            _say(f"{row['relname']}: {row['rows']:,} rows, {row['size']}\n")
        await _recount("again, nothing changed")
        await _increments()
        worst = [await _read(asked) for asked in await _questions()]
    _say(f"\naim {_AIM_MS} ms\n")
    if max(worst[:2]) > _AIM_MS:
        raise BenchFailed(f"{INDICATORS} indicators take {max(worst[:2]):.0f} ms of processors")


async def _recount(name: str) -> None:
    took, done = await _timed(lambda: recount.recount(clock.now()))
    if done.differences:
        raise BenchFailed(f"increments and recount differ: {done}")
    _say(f"recount, {name}: {done.orders:,} orders in {took:.0f} s, {done.orders / took:,.0f} a second\n")


async def _increments() -> None:
    """Of orders scattered over all days, half of which changed."""
    rows = await db.fetch(f"SELECT id FROM work_order WHERE state = 'closed' ORDER BY hashint8(id) LIMIT {TOUCHED}")
    order_ids = [row["id"] for row in rows]
    await db.execute("UPDATE work_order SET rating = 5 WHERE id = ANY($1::bigint[]) AND id % 2 = 0", order_ids)
    noted, _ = await _timed(lambda: noting.note(order_ids[:100]))
    await noting.note(order_ids)
    took, looked_at = await _timed(increments.count_touched)
    _say(f"a batch of 100 facts notes its orders in {noted * 1000:.1f} ms; ")
    _say(f"{looked_at} notes worked off in {took * 1000:.0f} ms, {looked_at / took:,.0f} a second\n\n")


async def _questions() -> list[_Asked]:
    today = shanghai_date(clock.now())
    month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    whole = Period(month, today.replace(day=1) - timedelta(days=1))
    odd = Period(month - timedelta(days=15), month + timedelta(days=14))
    worst = Period(whole.first + timedelta(days=4), whole.first + timedelta(days=28))
    year = Period(date(month.year - 1, month.month, 3), whole.last - timedelta(days=3))
    times = [code for code, each in shipped().items() if reads_percentile(parse(each.numerator))]
    areas = [row["area_code"] for row in await db.fetch(_AREAS, month, COMMITTEES)]
    codes = list(shipped())[:INDICATORS]
    few = ["filing_rate", "done_on_time_rate", "closed_on_time_rate", "rework_rate", "satisfaction_rate"]
    town = ["310115105"]
    return [
        _Asked(f"{len(codes)} × {len(areas)} committees, a month", codes, areas, whole),
        _Asked(f"{len(codes)} × {len(areas)} committees, 30 days across two months", codes, areas, odd),
        _Asked(f"{len(codes)} × {len(areas)} committees, a year less six days", codes, areas, year),
        _Asked(f"{len(codes)} × {len(areas)} committees, the 5th to the 29th of a month", codes, areas, worst),
        _Asked(f"{len(times)} percentiles × {len(areas)} committees, a month", times, areas, whole),
        _Asked(f"{len(times)} percentiles × {len(areas)} committees, 30 days across two months", times, areas, odd),
        _Asked("5 of a town by unit, 30 days", few, town, odd, Grain.UNIT),
        _Asked("5 of a town by road, 30 days", few, town, odd, Grain.ROAD),
        _Asked("1 of a town by day, 30 days", few[:1], town, odd, Grain.DAY),
        _Asked("5 of a district, 30 days", few, ["310115"], odd),
    ]


async def _read(asked: _Asked) -> float:
    """Milliseconds of processor time, of the database and of this process, of one reading."""
    said = (asked.codes, asked.areas, asked.period, asked.by)
    first, figures = await _timed(lambda: read_figures(*said))
    pid = await db.fetchval("SELECT pg_backend_pid()")
    here, there = time.process_time(), _server_s(pid)
    took = [(await _timed(lambda: read_figures(*said)))[0] for _ in range(TIMES)]
    here_ms, there_ms = ((time.process_time() - here) * 1000 / TIMES, (_server_s(pid) - there) * 1000 / TIMES)
    _say(
        f"{asked.name}: {len(figures):,} figures in {median(took) * 1000:.0f} ms (first {first * 1000:.0f}, most"
        f" {max(took) * 1000:.0f}); processors: database {there_ms:.0f} ms, web {here_ms:.0f} ms\n"
    )
    return here_ms + there_ms


def _server_s(pid: int) -> float:
    """Processor time of the database's process so far; nought where it runs on another machine."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _timed(what: Callable[[], Awaitable[Any]]) -> tuple[float, Any]:
    began = time.perf_counter()
    answer = await what()
    return time.perf_counter() - began, answer


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
