"""The server of all fakes, HTTP/1.1: one handler, and troubles that the vendor's real network has, too."""

import asyncio
import json
import random
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import msgspec


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request as it came in."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes

    def json(self) -> Any:
        """Raises ValueError."""
        return json.loads(self.body)


@dataclass(frozen=True, kw_only=True)
class Answer:
    body: bytes
    status: int = 200
    content_type: str = "application/json; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What goes wrong with one request. `done`: whether the vendor has done what was asked all the same."""

    wait_s: float = 0
    byte_s: float = 0
    """So long before each byte of the answer: no timeout between two bytes ever runs out."""
    answer: Answer | None = None
    is_cut: bool = False
    done: bool = False


CONTROL = "/_fake"
"""Where a fake that runs by itself is told what to do; nothing goes wrong there."""
DROPPED = Trouble(is_cut=True, done=True)
"""Received and acted on; then the connection breaks."""


@dataclass
class Troubles:
    """`planned`: one for each of the next requests. `rate`: how many of the others meet one of `at_random`."""

    planned: list[Trouble] = field(default_factory=list)
    at_random: list[Trouble] = field(default_factory=list)
    rate: float = 0
    chance: random.Random = field(default_factory=lambda: random.Random(20261127))

    def next(self) -> Trouble | None:
        if self.planned:
            return self.planned.pop(0)
        if self.at_random and self.chance.random() < self.rate:
            return self.chance.choice(self.at_random)
        return None


Handle = Callable[[Asked], Awaitable[Answer]]


class Server:
    """Serves until `close`. `url` is known after `start`. `is_spared`: requests that no trouble touches."""

    def __init__(self, handle: Handle, is_spared: Callable[[Asked], bool] = lambda _: False) -> None:
        self._handle, self._is_spared = handle, is_spared
        self.troubles, self.asked = Troubles(), list[Asked]()
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self.url = ""

    async def start(self, port: int = 0, tls: ssl.SSLContext | None = None) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port, ssl=tls)
        scheme = "https" if tls else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        for writer in list(self._open):
            writer.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            while await self._answer_one(reader, writer):
                pass
        self._open.discard(writer)
        writer.close()

    async def _answer_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        asked = await _read(reader)
        if asked.path != CONTROL:
            self.asked.append(asked)
        is_safe = asked.path == CONTROL or self._is_spared(asked)
        trouble = (None if is_safe else self.troubles.next()) or Trouble(done=True)
        answer = await self._handle(asked) if trouble.done else Answer(body=b"")
        await asyncio.sleep(trouble.wait_s)
        if trouble.is_cut:
            return False
        await _write(writer, trouble.answer or answer, trouble.byte_s)
        return True


async def _read(reader: asyncio.StreamReader) -> Asked:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines) if name}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    parts = urlsplit(target)
    return Asked(
        method=method,
        path=parts.path,
        query=dict(parse_qsl(parts.query, keep_blank_values=True)),
        headers=headers,
        body=body,
    )


async def _write(writer: asyncio.StreamWriter, answer: Answer, byte_s: float) -> None:
    head = (
        f"HTTP/1.1 {answer.status} Vendor\r\ncontent-type: {answer.content_type}\r\n"
        f"content-length: {len(answer.body)}\r\n"
        f"{''.join(f'{name}: {value}' + chr(13) + chr(10) for name, value in answer.headers.items())}\r\n"
    )
    whole = head.encode() + answer.body
    for piece in [whole[at : at + 1] for at in range(len(whole))] if byte_s else [whole]:
        await asyncio.sleep(byte_s)
        writer.write(piece)
        await writer.drain()


def as_json(fields: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Answer:
    """What is said as JSON. `headers`: besides those of every answer, or in place of them."""
    own = dict(headers or {})
    content_type = own.pop("content-type", "application/json; charset=utf-8")
    return Answer(body=msgspec.json.encode(fields), status=status, content_type=content_type, headers=own)
