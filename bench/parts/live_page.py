"""A handler's live page as a bench holds it open, and phones that send reports meanwhile."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter

from bench.parts import clients
from bench.parts.stage import BenchFailed, Stage

_PATIENCE_S = 20.0


class LivePage:
    """When each order was first heard of, by its id, in seconds of `perf_counter`."""

    def __init__(self) -> None:
        self.heard: dict[int, float] = {}
        self.refreshes: list[float] = []
        """When the page was told to ask for everything again: it missed something."""
        self.greeted = asyncio.Event()

    def take(self, line: bytes) -> None:
        """One line of the stream."""
        now = perf_counter()
        if line.startswith(b"event: hello"):
            self.greeted.set()
        elif line.startswith(b'data: {"type":"refresh"'):
            self.refreshes.append(now)
        elif line.startswith(b'data: {"type":"Order'):
            self.heard.setdefault(json.loads(line.removeprefix(b"data: "))["id"], now)

    async def latencies_s(self, sent: dict[int, float]) -> list[float]:
        """From sending to hearing, of every report; a page that asks everything again hears what was sent before.

        Raises BenchFailed when one was never heard of.
        """
        ends_at = perf_counter() + _PATIENCE_S
        while missing := [order_id for order_id in sent if self._heard_at(order_id, sent[order_id]) is None]:
            if perf_counter() > ends_at:
                raise BenchFailed(f"{len(missing)} of {len(sent)} reports never reached the live page")
            await asyncio.sleep(0.05)
        return [(self._heard_at(order_id, at) or at) - at for order_id, at in sent.items()]

    def _heard_at(self, order_id: int, sent_at: float) -> float | None:
        at = self.heard.get(order_id)
        return at if at is not None else next((each for each in self.refreshes if each > sent_at), None)


@asynccontextmanager
async def open_page(here: Stage, token: str) -> AsyncIterator[LivePage]:
    """A page that has been greeted and listens until the end of the block."""
    page = LivePage()
    reader, writer = await asyncio.open_connection(here.host, here.port)
    writer.write(f"GET /api/v1/live HTTP/1.1\r\nHost: {here.host}\r\nAuthorization: Bearer {token}\r\n\r\n".encode())

    async def listen() -> None:
        while line := await reader.readline():
            page.take(line)

    listening = asyncio.create_task(listen())
    try:
        await asyncio.wait_for(page.greeted.wait(), _PATIENCE_S)
        yield page
    finally:
        listening.cancel()
        writer.close()


async def send(here: Stage, requests: deque[bytes], per_s: float | None, seconds: float) -> dict[int, float]:
    """Send one after the other, at this pace or as fast as they are answered; when each order's report was sent."""
    reader, writer = await asyncio.open_connection(here.host, here.port)
    sent: dict[int, float] = {}
    began = perf_counter()
    try:
        for number in range(len(requests)):
            if per_s:
                await asyncio.sleep(max(0.0, began + number / per_s - perf_counter()))
            sent_at = perf_counter()
            if sent_at > began + seconds:
                return sent
            writer.write(requests.popleft())
            sent[json.loads(await _answer(reader))["order_id"]] = sent_at
    finally:
        writer.close()
    if not per_s:
        raise BenchFailed("the prepared requests ran out before the time")
    return sent


async def _answer(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
    body = await reader.readexactly(length)
    if not head.startswith(clients.CREATED):
        raise BenchFailed(f"a report was refused: {body.decode(errors='replace')}")
    return body
