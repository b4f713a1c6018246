"""Reports at a steady pace, each timed from the instant at which it was due: a wait for the one before counts."""

import asyncio
from collections import deque
from collections.abc import Sequence
from time import perf_counter

from bench.parts import clients
from bench.parts.stage import BenchFailed, Stage


async def send(here: Stage, requests: Sequence[deque[bytes]], per_s: float, seconds: float) -> list[float]:
    """So many requests a second for so long, spread over as many connections as there are lists of requests.

    Returns how long each took, in seconds. Raises BenchFailed where one is refused.
    """
    began = perf_counter()
    each = per_s / len(requests)
    lanes = [_lane(here, waiting, began + number / per_s, each, seconds) for number, waiting in enumerate(requests)]
    return [took for lane in await asyncio.gather(*lanes) for took in lane]


async def _lane(here: Stage, requests: deque[bytes], began: float, per_s: float, seconds: float) -> list[float]:
    reader, writer = await asyncio.open_connection(here.host, here.port)
    took: list[float] = []
    try:
        for number in range(int(seconds * per_s)):
            due = began + number / per_s
            await asyncio.sleep(max(0.0, due - perf_counter()))
            writer.write(requests.popleft())
            await _read_answer(reader)
            took.append(perf_counter() - due)
    finally:
        writer.close()
    return took


async def _read_answer(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    body = await reader.readexactly(length)
    if not head.startswith(clients.CREATED):
        raise BenchFailed(f"a report was refused: {body.decode(errors='replace')}")
