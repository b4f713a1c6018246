"""Live pages that wait: how much memory so many of them take in one web process.

    python -m bench.listeners        (YIMA_BENCH_LISTENERS, 2000)

Each page is a stream of its own, eight for each device, opened through the product's API. Then the web is left alone
for a while, and its memory read.
"""

import asyncio
import os
import sys
from time import perf_counter

import httpx
import uvloop

from backend.routes.api.live import PAGES_MOST
from bench.parts import cpu, stage
from bench.parts.stage import BenchFailed, Stage

LISTENERS = int(os.environ.get("YIMA_BENCH_LISTENERS", "2000"))
_AT_ONCE = 50
_QUIET_S = 35.0
"""Two heartbeats of every stream."""
_GREETING_S = 20.0


async def main() -> None:
    here = await stage.build()
    os.environ.update(here.environment)
    await asyncio.to_thread(stage.prepare, here, quietly=True)
    with stage.web(here) as pid:
        before_mb = cpu.resident_mb(pid)[0]
        began = perf_counter()
        pages = await _open_all(here)
        print(f"{len(pages)} live pages open after {perf_counter() - began:.1f} s")
        await asyncio.sleep(_QUIET_S)
        after_mb = cpu.resident_mb(pid)[0]
        each_kb = (after_mb - before_mb) * 1024 / len(pages)
        print(f"resident: {before_mb:.0f} MB without a page, {after_mb:.0f} MB with all of them; {each_kb:.0f} KB each")
        alive = sum(not reader.at_eof() for reader, _ in pages)
        print(f"{alive} of them still open")
        for _, writer in pages:
            writer.close()


async def _open_all(here: Stage) -> list[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    turns = asyncio.Semaphore(_AT_ONCE)

    async def open_one(token: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        async with turns:
            return await _open(here, token)

    async with httpx.AsyncClient(base_url=here.base_url) as web:
        tokens = [await _token(web) for _ in range(-(-LISTENERS // PAGES_MOST))]
    return await asyncio.gather(*(open_one(tokens[number // PAGES_MOST]) for number in range(LISTENERS)))


async def _token(web: httpx.AsyncClient) -> str:
    answer = await web.post("/api/v1/sessions/device")
    if answer.status_code != httpx.codes.CREATED:
        raise BenchFailed(f"a device got no session: {answer.text[:200]}")
    return answer.json()["access_token"]


async def _open(here: Stage, token: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A stream that has greeted. Raises BenchFailed where it was refused."""
    reader, writer = await asyncio.open_connection(here.host, here.port)
    head = f"GET /api/v1/live HTTP/1.1\r\nHost: {here.host}:{here.port}\r\nAuthorization: Bearer {token}\r\n\r\n"
    writer.write(head.encode())
    try:
        async with asyncio.timeout(_GREETING_S):
            greeting = await reader.readuntil(b"event: hello")
    except (TimeoutError, asyncio.IncompleteReadError) as error:
        raise BenchFailed("a live page was not greeted") from error
    if b" 200 " not in greeting.split(b"\r\n")[0]:
        raise BenchFailed(greeting[:200].decode(errors="replace"))
    return reader, writer


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
