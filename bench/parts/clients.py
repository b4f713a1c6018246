"""Clients that eat next to nothing: raw connections, requests made beforehand, answers read just far enough.

All on the loopback and keep-alive. Each client sends its next request when it has the answer to the last one.
"""

import asyncio
import http.client
import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import perf_counter
from typing import cast

from bench.parts.stage import BenchFailed, Stage

CREATED, OK = b"HTTP/1.1 201", b"HTTP/1.1 200"
_LONGEST_S = 60.0
_MOST_GETS_PER_S = 20_000
"""So many are prepared; a deque of references to the same bytes costs little."""


@dataclass(slots=True)
class Tally:
    """What came back, `good` as it begins: the latency of each good answer in seconds, and the first bad ones."""

    good: bytes | tuple[bytes, ...] = CREATED
    latencies_s: list[float] = field(default_factory=list)
    refused: list[bytes] = field(default_factory=list)


class _Client(asyncio.Protocol):
    def __init__(self, requests: deque[bytes], tally: Tally, ends_at: float, done: asyncio.Future[None]) -> None:
        self.requests = requests
        self.tally = tally
        self.ends_at = ends_at
        self.done = done
        self.sent_at = 0.0
        self.heard = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._next()

    def data_received(self, data: bytes) -> None:
        self.heard += data
        if not _is_whole(self.heard):
            return
        now = perf_counter()
        if self.heard.startswith(self.tally.good):
            self.tally.latencies_s.append(now - self.sent_at)
        else:
            self.tally.refused.append(self.heard[:2000])
        self.heard = b""
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)

    def _next(self) -> None:
        now = perf_counter()
        if now >= self.ends_at or not self.requests or self.tally.refused:
            self.transport.close()
            return
        self.sent_at = now
        self.transport.write(self.requests.popleft())


def _is_whole(heard: bytes) -> bool:
    head, gap, body = heard.partition(b"\r\n\r\n")
    if not gap:
        return False
    length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
    return len(body) >= int(length)


async def drive(
    stage: Stage, requests: Sequence[deque[bytes]], seconds: float | None, good: bytes | tuple[bytes, ...] = CREATED
) -> tuple[Tally, float]:
    """One client per list of requests, for so many seconds, or with None until all are sent.

    Returns what came back and how long it took. Raises BenchFailed when anything but `good` came back, or the requests
    ran out before the time.
    """
    loop = asyncio.get_running_loop()
    tally, ended = Tally(good), []
    began = perf_counter()
    for waiting in requests:
        done: asyncio.Future[None] = loop.create_future()
        ended.append(done)
        client = _Client(waiting, tally, began + (seconds or _LONGEST_S), done)
        await loop.create_connection(lambda client=client: client, stage.host, stage.port)
    await asyncio.wait_for(asyncio.gather(*ended), (seconds or 0) + _LONGEST_S)
    took = perf_counter() - began
    if tally.refused:
        raise BenchFailed(f"a request was refused: {tally.refused[0].decode(errors='replace')}")
    if seconds and not all(requests):
        raise BenchFailed("the prepared requests ran out before the time")
    return tally, took


async def drive_round(here: Stage, requests: Sequence[bytes], count: int, seconds: float) -> tuple[Tally, float]:
    """So many clients that send the same GETs round and round, each from another one on; see `drive`."""
    each = max(len(requests), int(seconds * _MOST_GETS_PER_S / count))
    starts = [place * len(requests) // count for place in range(count)]
    waiting = [deque(requests[(start + n) % len(requests)] for n in range(each)) for start in starts]
    return await drive(here, waiting, seconds, OK)


@dataclass(frozen=True, slots=True)
class Phone:
    """A resident's phone: a device session with its account."""

    account_id: int
    token: str


def open_phones(stage: Stage, count: int) -> list[Phone]:
    """Open device sessions over HTTP; their tokens live for ten minutes."""
    tokens = [_ask(stage, "POST", "/api/v1/sessions/device", "")["access_token"] for _ in range(count)]
    return [Phone(_ask(stage, "GET", "/api/v1/me", token)["id"], token) for token in tokens]


def sign_in(stage: Stage, username: str, password: str) -> str:
    """An access token of staff."""
    return _ask(stage, "POST", "/api/v1/sessions", "", {"username": username, "password": password})["access_token"]


def request_bytes(stage: Stage, path: str, token: str, body: bytes = b"") -> bytes:
    """A whole request: POST where there is a body, else GET of a page or of JSON; without a token nobody's."""
    head = {"Host": f"{stage.host}:{stage.port}", "User-Agent": "yima-bench"}
    if token:
        head["Authorization"] = f"Bearer {token}"
    if body:
        head |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    else:
        head["Accept"] = "application/json" if path.startswith("/api/") else "text/html"
    lines = [f"{'POST' if body else 'GET'} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def _ask(stage: Stage, method: str, path: str, token: str, body: object = None) -> dict:
    connection = http.client.HTTPConnection(stage.host, stage.port, timeout=20)
    try:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        headers["Content-Type"] = "application/json"
        connection.request(method, path, json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise BenchFailed(f"{method} {path}: {answer.status} {text.decode(errors='replace')}")
        return json.loads(text)
    finally:
        connection.close()
