"""The scan log, written behind the answers: reading a code stays a read, and a scan costs one line in memory.

Scans wait for at most half a second and are written in one batch. If the process is killed that half second is lost and
nothing else; if the database is away they wait, up to a limit, and the oldest go first.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backend import logs
from qr.service import suspecting
from qr.structs import Scan

_EVERY_S = 0.5
_MOST_AT_ONCE = 2_000
_MOST_WAITING = 50_000

_log = logs.get_logger()


class ScanLog:
    """One per process, open as long as it runs."""

    def __init__(self) -> None:
        self._waiting: deque[Scan] = deque(maxlen=_MOST_WAITING)
        self._wake = asyncio.Event()

    def note(self, scan: Scan) -> None:
        """Remember a scan. Never waits, never fails."""
        self._waiting.append(scan)
        self._wake.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Write in the background; what still waits at the end is written before leaving."""
        writer = asyncio.create_task(self._write_on())
        try:
            yield
        finally:
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
            await self.flush()

    async def flush(self) -> int:
        """Write what waits, now. Returns how many scans were written.

        What is scanned meanwhile waits for the next time: else a busy street writes without end, a few at a time.
        """
        written, due = 0, len(self._waiting)
        while written < due and self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(_MOST_AT_ONCE, due - written, len(self._waiting)))]
            try:
                await suspecting.write(batch)
            except BaseException:
                self._waiting.extendleft(reversed(batch))
                raise
            written += len(batch)
        return written

    async def _write_on(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            await asyncio.sleep(_EVERY_S)
            try:
                await self.flush()
            except Exception as error:
                _log.warning("scans wait", waiting=len(self._waiting), error=repr(error))
                self._wake.set()
