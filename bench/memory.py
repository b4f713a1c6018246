"""Resident memory of web, worker and their decoders under load, minute by minute, with its slope: make bench-memory.

    make bench-memory MINUTES=60

Reports come at a steady pace, residents scan, and phones upload photos. The slope is of the second half: in the first,
caches fill and the decoders meet their largest picture. A decoder is replaced after 500 pictures.
"""

import asyncio
import os
import sys
from collections import deque
from collections.abc import Sequence
from time import perf_counter
from typing import NamedTuple

import asyncpg
import uvloop

from bench.parts import clients, cpu, live_page, photo_uploads, scanning, stage, submitting
from bench.parts.stage import BenchFailed, Stage

MINUTES = int(os.environ.get("MINUTES", "5"))
REPORTS_PER_S = int(os.environ.get("YIMA_BENCH_REPORTS_PER_S", "20"))
_PHOTO_PX = (1600, 1200)
_PHOTOS_A_MINUTE = 30
_MINUTE_S = 60.0
_NAMES = ("web", "its decoder", "worker", "its decoder")


class Resident(NamedTuple):
    """Megabytes at the end of a minute."""

    web: float
    web_decoder: float
    worker: float
    worker_decoder: float


async def main() -> None:
    here = await stage.build()
    os.environ.update(here.environment)
    await asyncio.to_thread(stage.prepare, here, quietly=True)
    connection = await asyncpg.connect(here.database_url)
    try:
        with stage.web(here) as web, stage.worker(here) as worker:
            await _watch(here, connection, web, worker)
    finally:
        await connection.close()


async def _watch(here: Stage, connection: asyncpg.Connection, web: int, worker: int) -> None:
    codes = await submitting.codes_of(connection)
    print(f"| minute | {' | '.join(_NAMES)} | reports | |\n|---|---|---|---|---|---|---|", flush=True)
    seen = [Resident(*cpu.resident_mb(web), *cpu.resident_mb(worker))]
    _print(0, seen[0], 0)
    for minute in range(1, MINUTES + 1):
        reports = await _minute(here, connection, codes)
        seen.append(Resident(*cpu.resident_mb(web), *cpu.resident_mb(worker)))
        _print(minute, seen[-1], reports)
    later = seen[len(seen) // 2 :]
    slopes = [slope_mb_an_hour([each[place] for each in later]) for place in range(len(_NAMES))]
    print("| MB an hour | " + " | ".join(f"{slope:+.1f}" for slope in slopes) + f" | from minute {len(seen) // 2} on |")


def _print(minute: int, resident: Resident, reports: int) -> None:
    print(f"| {minute} | {' | '.join(f'{each:.1f}' for each in resident)} | {reports} |", flush=True)


async def _minute(here: Stage, connection: asyncpg.Connection, codes: list[str]) -> int:
    """One minute of load by phones that are new to the street; returns how many reports were made."""
    ends_at = perf_counter() + _MINUTE_S
    [phone] = clients.open_phones(here, 1)
    most = int(REPORTS_PER_S * _MINUTE_S)
    first = await submitting.add_photos(connection, [phone.account_id], most + 2)
    [reports] = submitting.requests_of(here, [phone], codes, first, most + 1)
    sent, _, _ = await asyncio.gather(
        live_page.send(here, reports, REPORTS_PER_S, _MINUTE_S),
        _upload(here, phone.token, ends_at),
        _scan(here, codes, ends_at),
    )
    return len(sent)


async def _upload(here: Stage, token: str, ends_at: float) -> None:
    for request in photo_uploads.requests_of(here, token, _PHOTO_PX, _PHOTOS_A_MINUTE):
        await clients.drive(here, [deque([request])], None)
        await asyncio.sleep(_MINUTE_S / _PHOTOS_A_MINUTE)
        if perf_counter() > ends_at:
            return


async def _scan(here: Stage, codes: list[str], ends_at: float) -> None:
    paths = [scanning.ASKED["page"].format(code=code) for code in codes]
    while perf_counter() < ends_at:
        pages = deque(clients.request_bytes(here, path, "") for path in paths[:10])
        await clients.drive(here, [pages], None, clients.OK)
        await asyncio.sleep(1)


def slope_mb_an_hour(megabytes: Sequence[float]) -> float:
    """Of the straight line through values of successive minutes that lies nearest to them."""
    count = len(megabytes)
    if count < 2:
        return 0.0
    middle, mean = (count - 1) / 2, sum(megabytes) / count
    over = sum((minute - middle) * (each - mean) for minute, each in enumerate(megabytes))
    return over / sum((minute - middle) ** 2 for minute in range(count)) * 60


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
