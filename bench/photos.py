"""Photos of 12 megapixels through the guarded process: how many a second, what a scan then waits: make bench-photos.

Residents scan at a steady pace all the while. In each round they do so alone first, then while phones upload photos as
fast as these are taken, with the worker making the copies. Memory is the most that was resident.
"""

import asyncio
import os
import sys
from collections import deque
from contextlib import AsyncExitStack
from time import perf_counter
from typing import NamedTuple

import asyncpg
import uvloop

from bench.parts import backlog, clients, figures, photo_uploads, scanning, stage, submitting
from bench.parts.stage import BenchFailed, Stage

ROUNDS = int(os.environ.get("YIMA_BENCH_ROUNDS", "3"))
SECONDS = float(os.environ.get("YIMA_BENCH_SECONDS", "15"))
SCANS_PER_S = 50
_MOST_PER_S = 20
_PATIENCE_S = 300.0


class Uploaded(NamedTuple):
    """What came of one round's photos. `copied_s`: from the first upload until every copy was made."""

    latencies_s: list[float]
    took_s: float
    copied_s: float

    @property
    def per_s(self) -> float:
        return len(self.latencies_s) / self.took_s

    @property
    def copied_per_s(self) -> float:
        return len(self.latencies_s) / self.copied_s


async def main() -> None:
    here = await stage.build()
    os.environ.update(here.environment)
    await asyncio.to_thread(stage.prepare, here, quietly=True)
    connection = await asyncpg.connect(here.database_url)
    try:
        async with AsyncExitStack() as opened:
            processes = opened.enter_context(stage.web(here)), opened.enter_context(stage.worker(here))
            of_web, of_worker = (opened.enter_context(backlog.watched(pid)) for pid in processes)
            await _rounds(here, connection)
    finally:
        await connection.close()
    print(
        f"\nresident at the most: web {of_web.worker_mb:.0f} MB and its decoder {of_web.children_mb:.0f} MB,", end=" "
    )
    print(f"worker {of_worker.worker_mb:.0f} MB and its decoder {of_worker.children_mb:.0f} MB")


async def _rounds(here: Stage, connection: asyncpg.Connection) -> None:
    codes = await submitting.codes_of(connection)
    print(f"{photo_uploads.PHONES} phones, {SCANS_PER_S} scans a second; latencies p50 / p99 in ms\n")
    print("| round | photos/s | of an upload | copied/s | scan alone | scan beside photos | load |")
    print("|---|---|---|---|---|---|---|")
    for number in range(1, ROUNDS + 1):
        await clients.drive(here, photo_uploads.from_phones(here, photo_uploads.TWELVE_MEGAPIXELS, 1), None)
        await _copied(connection)
        alone = await _scan(here, codes)
        requests = photo_uploads.from_phones(here, photo_uploads.TWELVE_MEGAPIXELS, int(SECONDS * _MOST_PER_S))
        uploading = asyncio.create_task(_upload(here, connection, requests))
        beside = await _scan(here, codes)
        done = await uploading
        cells = [f"{done.per_s:.1f}", _told(done.latencies_s), f"{done.copied_per_s:.1f}", _told(alone), _told(beside)]
        print(f"| {number} | {' | '.join(cells)} | {os.getloadavg()[0]:.1f} |", flush=True)


async def _upload(here: Stage, connection: asyncpg.Connection, requests: list[deque[bytes]]) -> Uploaded:
    began = perf_counter()
    tally, took_s = await clients.drive(here, requests, SECONDS)
    await _copied(connection)
    return Uploaded(tally.latencies_s, took_s, perf_counter() - began)


async def _copied(connection: asyncpg.Connection) -> None:
    """Until no photo waits for a copy any more."""
    ends_at = perf_counter() + _PATIENCE_S
    while await backlog.count_jobs(connection):
        if perf_counter() > ends_at:
            raise BenchFailed("the copies were not made")
        await asyncio.sleep(0.1)


async def _scan(here: Stage, codes: list[str]) -> list[float]:
    """Ask for landing pages at the pace, each at its time and however long another takes; the latencies."""
    began, latencies_s = perf_counter(), []

    async def ask(number: int) -> None:
        at = began + number / SCANS_PER_S
        await asyncio.sleep(max(0.0, at - perf_counter()))
        reader, writer = await asyncio.open_connection(here.host, here.port)
        writer.write(clients.request_bytes(here, scanning.ASKED["page"].format(code=codes[number % len(codes)]), ""))
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
        await reader.readexactly(length)
        writer.close()
        if not head.startswith(clients.OK):
            raise BenchFailed(f"a scan was refused: {head.decode(errors='replace')}")
        latencies_s.append(perf_counter() - at)

    await asyncio.gather(*(ask(number) for number in range(int(SECONDS * SCANS_PER_S))))
    return latencies_s


def _told(latencies_s: list[float]) -> str:
    return " / ".join(f"{figures.percentile_ms(latencies_s, share):.0f}" for share in (0.50, 0.99))


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
