"""Phones that tap at the same instant: connections opened beforehand, one request each, every answer kept."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import cast

from bench.parts.stage import BenchFailed

_PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Answered:
    status: int
    body: bytes
    took_s: float


class _Phone(asyncio.Protocol):
    """One connection. `tap` sends and gives the answer."""

    def __init__(self) -> None:
        self._said = b""
        self._sent_at = 0.0
        self._answer: asyncio.Future[Answered] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def tap(self, request: bytes) -> asyncio.Future[Answered]:
        self._answer, self._said = asyncio.get_running_loop().create_future(), b""
        self._sent_at = perf_counter()
        self.transport.write(request)
        return self._answer

    def data_received(self, data: bytes) -> None:
        self._said += data
        head, gap, body = self._said.partition(b"\r\n\r\n")
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        if gap and len(body) >= int(length or 0) and self._answer is not None and not self._answer.done():
            took_s = perf_counter() - self._sent_at
            self._answer.set_result(Answered(int(head.split(b" ", 2)[1]), body, took_s))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(BenchFailed(f"the web hung up: {exc}"))


class Crowd:
    """Connections that are open."""

    def __init__(self, phones: list[_Phone]) -> None:
        self._phones = phones

    async def tap(self, requests: Sequence[bytes]) -> tuple[list[Answered], float]:
        """All at once, the nth by the nth phone. Returns the answers and how long it took to the last of them."""
        began = perf_counter()
        waiting = [phone.tap(request) for phone, request in zip(self._phones, requests, strict=True)]
        answers = await asyncio.wait_for(asyncio.gather(*waiting), _PATIENCE_S)
        return answers, perf_counter() - began

    def close(self) -> None:
        for phone in self._phones:
            phone.transport.close()


async def open_crowd(host: str, ports: Sequence[int]) -> Crowd:
    """A connection to each of these ports."""
    loop = asyncio.get_running_loop()
    phones: list[_Phone] = []
    for port in ports:
        _, phone = await loop.create_connection(_Phone, host, port)
        phones.append(phone)
    return Crowd(phones)
