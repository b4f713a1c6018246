"""From POST to the handler's live page: how long until a new report shows at whoever must act.

    python -m bench.live        (as part of `make bench`)

A handler holds the event stream open; a resident's phone sends reports at a steady pace, one at a time.
"""

import asyncio
import json
import os
import sys
from time import perf_counter

import asyncpg
import uvloop

from backend.demo.people import PASSWORD
from bench.parts import clients, stage, submitting
from bench.parts.cpu import Spent
from bench.parts.figures import Round
from bench.parts.stage import BenchFailed, Stage

REPORTS = int(os.environ.get("YIMA_BENCH_REPORTS", "200"))
PER_S = 5
_PATIENCE_S = 10


async def main() -> None:
    here = await stage.build()
    os.environ.update(here.environment)
    stage.prepare(here)
    connection = await asyncpg.connect(here.database_url)
    try:
        codes = await submitting.codes_of(connection)
        with stage.web(here), stage.worker(here):
            phones = clients.open_phones(here, 1)
            first = await submitting.add_photos(connection, [phones[0].account_id], REPORTS + 2)
            requests = submitting.requests_of(here, phones, codes, first, REPORTS + 1)[0]
            handler = clients.sign_in(here, "handler", PASSWORD)
            await _measure(here, handler, list(requests))
    finally:
        await connection.close()


async def _measure(here: Stage, handler: str, requests: list[bytes]) -> None:
    heard: dict[int, float] = {}
    stream, listening = await _open_stream(here, handler, heard)
    sent: dict[int, float] = {}
    latencies_s: list[float] = []
    reader, writer = await asyncio.open_connection(here.host, here.port)
    try:
        began = perf_counter()
        for number, request in enumerate(requests):
            await asyncio.sleep(max(0.0, began + number / PER_S - perf_counter()))
            sent_at = perf_counter()
            writer.write(request)
            sent[json.loads(await _answer(reader))["order_id"]] = sent_at
        latencies_s = await _all_heard(sent, heard)
    finally:
        listening.cancel()
        writer.close()
        stream.close()
    told = Round("POST to live page", latencies_s, perf_counter() - began, Spent(0, 0, 0, 0))
    print(f"{len(latencies_s)} reports at {PER_S}/s, from POST to the event at the handler's stream:")
    print("  ".join(f"{name} {told.percentile_ms(share):.1f} ms" for name, share in _SHARES))


_SHARES = (("p50", 0.50), ("p95", 0.95), ("p99", 0.99), ("longest", 1.0))


async def _all_heard(sent: dict[int, float], heard: dict[int, float]) -> list[float]:
    """Seconds from sending to hearing, of every report. Raises BenchFailed when one was never heard of."""
    ends_at = perf_counter() + _PATIENCE_S
    while sent.keys() - heard.keys():
        if perf_counter() > ends_at:
            raise BenchFailed(f"{len(sent.keys() - heard.keys())} reports never reached the live page")
        await asyncio.sleep(0.05)
    return [heard[order_id] - at for order_id, at in sent.items()]


async def _open_stream(here: Stage, token: str, heard: dict[int, float]) -> tuple[asyncio.StreamWriter, asyncio.Task]:
    """Open the stream, wait for its greeting, and note from then on when each new order was heard of."""
    reader, writer = await asyncio.open_connection(here.host, here.port)
    writer.write(f"GET /api/v1/live HTTP/1.1\r\nHost: {here.host}\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
    greeted: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def listen() -> None:
        while line := await reader.readline():
            now = perf_counter()
            if line.startswith(b"event: hello") and not greeted.done():
                greeted.set_result(None)
            elif line.startswith(b'data: {"type":"OrderDispatched"'):
                heard.setdefault(json.loads(line.removeprefix(b"data: "))["id"], now)

    task = asyncio.create_task(listen())
    await asyncio.wait_for(greeted, _PATIENCE_S)
    return writer, task


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    body = await reader.readexactly(length)
    if not head.startswith(clients.CREATED):
        raise BenchFailed(f"a report was refused: {body.decode(errors='replace')}")
    return body


if __name__ == "__main__":
    try:
        uvloop.run(main())
    except BenchFailed as failure:
        sys.exit(f"bench: {failure}")
