"""A live page, as a test sees it: what the stream of server-sent events says."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

_PATIENCE_S = 60


class Heard:
    """What was heard so far; the greeting is taken off and leaves the cursor."""

    def __init__(self) -> None:
        self.cursor = ""
        self._events: asyncio.Queue[dict] = asyncio.Queue()

    async def next(self) -> dict:
        return await asyncio.wait_for(self._events.get(), _PATIENCE_S)

    def is_silent(self) -> bool:
        return self._events.empty()

    async def read(self, answer: httpx.Response, greeted: asyncio.Event) -> None:
        async for line in answer.aiter_lines():
            if line.startswith("id:") and not greeted.is_set():
                self.cursor = line.removeprefix("id:").strip()
            if line.startswith("data:"):
                said = json.loads(line.removeprefix("data:"))
                if "now" not in said:
                    self._events.put_nowait(said)
                greeted.set()


@asynccontextmanager
async def listening(
    web: httpx.AsyncClient, headers: dict[str, str], since: str = "", shown_at: int | None = None
) -> AsyncIterator[Heard]:
    """Hold a live stream open; it is greeted before the block begins. `shown_at`: when its page was made, in ms."""
    own = {**headers, **({"Last-Event-ID": since} if since else {})}
    params = {} if shown_at is None else {"shown_at": shown_at}
    async with web.stream("GET", "/api/v1/live", params=params, headers=own, timeout=None) as answer:
        heard, greeted = Heard(), asyncio.Event()
        reading = asyncio.create_task(heard.read(answer, greeted))
        try:
            await asyncio.wait_for(greeted.wait(), _PATIENCE_S)
            yield heard
        finally:
            reading.cancel()
