"""Tell whoever keeps us running that we live: the protocol of systemd's watchdog, which our own supervisor speaks, too.

A process whose event loop hangs says nothing, and is ended and started again by whoever listens.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

_EVERY_S = 5.0


@asynccontextmanager
async def given() -> AsyncIterator[None]:
    """Say READY=1 now and WATCHDOG=1 every few seconds, for as long as the block lasts. Nothing without a listener."""
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        yield
        return
    task = asyncio.create_task(_beat(address))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _beat(address: str) -> None:
    every_s = min(_EVERY_S, int(os.environ.get("WATCHDOG_USEC", 2 * _EVERY_S * 1e6)) / 2e6)
    _say(address, b"READY=1")
    while True:
        _say(address, b"WATCHDOG=1")
        await asyncio.sleep(every_s)


def _say(address: str, words: bytes) -> None:
    """A listener that is gone or overrun is no reason to fail, or to wait."""
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender:
        sender.setblocking(False)
        sender.sendto(words, f"\0{address[1:]}" if address.startswith("@") else address)
