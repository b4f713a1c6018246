"""Answers that are sent piece by piece: the head leaves only when the first piece is there.

What fails before that is an error answer like any other. What fails later cannot be one any more: the connection is
broken off, which every client takes for a download that failed.
"""

from collections.abc import AsyncIterator


async def begun(pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """The same pieces, the first of them read already. Raises whatever reading it raises."""
    first = await anext(pieces, b"")
    return _with(first, pieces)


async def _with(first: bytes, rest: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    try:
        yield first
        async for piece in rest:
            yield piece
    finally:
        await getattr(rest, "aclose", _nothing)()


async def _nothing() -> None: ...
