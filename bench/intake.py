"""How many reports a second: the running product beside what its database could do with the same statements.

    make bench-intake

Rounds are interleaved, so that a busy machine is as busy for one as for the other; the ratio is what counts.
"""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import uvloop

from bench.parts import clients, counting, cpu, figures, filling, limit, stage, submitting
from bench.parts.figures import Round
from bench.parts.stage import BenchFailed, Stage
from bench.parts.submitting import Captured

CLIENTS = 8
ROUNDS = int(os.environ.get("YIMA_BENCH_ROUNDS", "3"))
SECONDS = float(os.environ.get("YIMA_BENCH_SECONDS", "10"))
MOST_PER_S = 2500
"""Photos are made for so many reports a second."""
WITH_WORKER, WITHOUT_WORKER, LIMIT = "product", "product without worker", "database alone"


async def main() -> None:
    here = await stage.build()
    os.environ.update(here.environment)
    stage.prepare(here)
    connection = await asyncpg.connect(here.database_url)
    try:
        orders = await filling.fill(connection, datetime.now(UTC))
        codes = await submitting.codes_of(connection)
        captured = await submitting.capture(here, connection, codes)
        print(f"{orders:,} orders; {captured.script.statements} statements a report, BEGIN and COMMIT among them")
        print("sent as recorded, though it differs:", "; ".join(captured.script.as_recorded) or "nothing")
        await _compare_writes(here, connection, captured, codes)
        await _measure(here, connection, captured, codes)
    finally:
        await connection.close()


async def _measure(here: Stage, connection: asyncpg.Connection, captured: Captured, codes: list[str]) -> None:
    rounds: list[Round] = []
    figures.print_head()
    for number in range(ROUNDS):
        for each in (
            await _product(here, connection, codes, with_worker=True),
            await _product(here, connection, codes, with_worker=False),
            await _limit(here, connection, captured),
        ):
            print(f"{each.told()}   round {number + 1}, load {_load()}", flush=True)
            rounds.append(each)
    figures.print_ratios(rounds, WITH_WORKER, LIMIT)
    figures.print_ratios(rounds, WITHOUT_WORKER, LIMIT)


async def _product(here: Stage, connection: asyncpg.Connection, codes: list[str], *, with_worker: bool) -> Round:
    await stage.housekeeping(here)
    postmaster = cpu.parent_of(connection.get_server_pid())
    with stage.web(here) as web, _worker(here, wanted=with_worker) as worker:
        phones = clients.open_phones(here, CLIENTS)
        each = int(SECONDS * MOST_PER_S / CLIENTS)
        first = await submitting.add_photos(connection, [phone.account_id for phone in phones], each)
        requests = submitting.requests_of(here, phones, codes, first, each)
        await clients.drive(here, [type(waiting)(waiting.popleft() for _ in range(20)) for waiting in requests], None)
        before = cpu.spent(web, worker, postmaster)
        tally, took_s = await clients.drive(here, requests, SECONDS)
        spent = cpu.spent(web, worker, postmaster).since(before)
    return Round(WITH_WORKER if with_worker else WITHOUT_WORKER, tally.latencies_s, took_s, spent)


async def _limit(here: Stage, connection: asyncpg.Connection, captured: Captured) -> Round:
    await stage.housekeeping(here)
    each = int(SECONDS * MOST_PER_S / limit.CLIENTS)
    first = await submitting.add_photos(connection, [captured.owner_id] * limit.CLIENTS, each)
    postmaster = cpu.parent_of(connection.get_server_pid())
    before = cpu.spent(None, None, postmaster)
    measured = await asyncio.to_thread(limit.replay, here, captured.script, "-T", str(int(SECONDS)), first_photo=first)
    spent = cpu.spent(None, None, postmaster).since(before)
    return Round(LIMIT, measured.latencies_s, measured.took_s, spent)


async def _compare_writes(here: Stage, connection: asyncpg.Connection, captured: Captured, codes: list[str]) -> None:
    """Both must write the same rows, or the comparison is worth nothing. Raises BenchFailed."""
    times = 20
    with stage.web(here):
        phones = clients.open_phones(here, 1)
        first = await submitting.add_photos(connection, [phones[0].account_id], times + 1)
        requests = submitting.requests_of(here, phones, codes, first, times + 1)
        before = await counting.rows(connection)
        await clients.drive(here, requests, None)
        product = counting.growth(before, await counting.rows(connection), times)
    first = await submitting.add_photos(connection, [captured.owner_id], times + 1)
    before = await counting.rows(connection)
    await asyncio.to_thread(limit.replay, here, captured.script, "-t", str(times), clients=1, first_photo=first)
    replayed = counting.growth(before, await counting.rows(connection), times)
    if product != replayed:
        raise BenchFailed(f"a report writes {product}, its replay {replayed}")
    print("rows written by each:", ", ".join(f"{table} {count:g}" for table, count in product.items()))


@contextmanager
def _worker(here: Stage, *, wanted: bool) -> Iterator[int | None]:
    if not wanted:
        yield None
        return
    with stage.worker(here) as worker:
        yield worker


def _load() -> str:
    return Path("/proc/loadavg").read_text().split()[0]


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
