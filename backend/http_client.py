"""Ask another machine over HTTP: within a time for all of its answer, and of its answer no more than so many bytes.

A timeout of httpx counts between two bytes: whoever sends one now and then would hold a worker for ever, and an answer
without end would fill its memory. A redirect leads nowhere: what we send has secrets in it.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx

ANSWER_MOST = 2_000_000
"""Bytes of an answer, unless whoever asks expects more."""
_OF_TRANSFER = ("content-encoding", "content-length", "transfer-encoding")
"""Headers that say how the body came, and are not true of it once it is read."""


class AnswerTooLarge(httpx.DecodingError):
    """It was read no further."""

    def __init__(self) -> None:
        super().__init__("the answer is too large")


async def ask(
    client: httpx.AsyncClient, method: str, url: str, *, patience_s: float, most: int = ANSWER_MOST, **sent: Any
) -> httpx.Response:
    """The answer, whole. `patience_s`: from the first byte that is sent to the last that is read.

    Raises TimeoutError, httpx.HTTPError, of which AnswerTooLarge is one, and httpx.InvalidURL.
    """
    async with asyncio.timeout(patience_s), client.stream(method, url, follow_redirects=False, **sent) as answer:
        pieces, size = list[bytes](), 0
        async for piece in answer.aiter_bytes():
            size += len(piece)
            if size > most:
                raise AnswerTooLarge
            pieces.append(piece)
    headers = [(name, value) for name, value in answer.headers.multi_items() if name.lower() not in _OF_TRANSFER]
    return httpx.Response(answer.status_code, headers=headers, content=b"".join(pieces), request=answer.request)


async def status_of(client: httpx.AsyncClient, url: str, *, patience_s: float, **sent: Any) -> int:
    """What is said of a page, of which no byte is read: 200, 302, 404. Raises as `ask`, but for AnswerTooLarge."""
    async with asyncio.timeout(patience_s), client.stream("GET", url, follow_redirects=False, **sent) as answer:
        return answer.status_code


def bound(client: httpx.AsyncClient, most: int = ANSWER_MOST) -> httpx.AsyncClient:
    """The same client, such as one that a vendor's package has made, whose answers end with an error beyond `most`."""

    async def count(answer: httpx.Response) -> None:
        assert isinstance(answer.stream, httpx.AsyncByteStream)
        answer.stream = _BoundStream(answer.stream, most)

    hooks = client.event_hooks
    client.event_hooks = {**hooks, "response": [*hooks["response"], count]}
    return client


class _BoundStream(httpx.AsyncByteStream):
    def __init__(self, stream: httpx.AsyncByteStream, most: int) -> None:
        self._stream, self._left = stream, most

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for piece in self._stream:
            self._left -= len(piece)
            if self._left < 0:
                raise AnswerTooLarge
            yield piece

    async def aclose(self) -> None:
        await self._stream.aclose()
