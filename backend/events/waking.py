"""The wake-up: after a commit, let the worker and the live pages know that there are new facts.

PostgreSQL lets only one transaction at a time commit a NOTIFY, so no verb sends one. A process that has a `Waker` sends
one empty notification for all that committed within a moment, over a connection of its own. Where there is no waker (a
command), or a notification is lost, nothing else is: whoever listens also looks by itself every `LOOK_EVERY_S`.
Who listens in the process that committed is told without the way through PostgreSQL.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import asyncpg

from backend import logs

CHANNEL = "yima_facts"
LOOK_EVERY_S = 1.0
"""How often those who listen look without having been woken: the longest that a lost notification costs."""
_NOTIFY = f"NOTIFY {CHANNEL}"
MOMENT_S = 0.02
"""So long after one wake-up, or one look, the next one follows at the earliest."""
_PAUSE_S = 1.0
_TIMEOUT_S = 10
_open: list["Waker"] = []
_here: list[Callable[[], None]] = []

log = logs.get_logger()


def wake() -> None:
    """Say, after a commit, that there are new facts. Neither waits nor raises."""
    for waker in _open:
        waker.wake()
    for listener in _here:
        listener()


@contextmanager
def hearing(listener: Callable[[], None]) -> Iterator[None]:
    """Have this called, after each commit of this process, for as long as the block lasts. It must not raise."""
    _here.append(listener)
    try:
        yield
    finally:
        _here.remove(listener)


class Waker:
    """Sends the notifications of this process."""

    def __init__(self, database_url: str) -> None:
        self._database_url = database_url
        self._due = asyncio.Event()

    def wake(self) -> None:
        self._due.set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["Waker"]:
        """Send for as long as the block lasts."""
        task = asyncio.create_task(self._send_for_ever())
        _open.append(self)
        try:
            yield self
        finally:
            _open.remove(self)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def _send_for_ever(self) -> None:
        while True:
            await self._due.wait()
            try:
                await self._send()
            except Exception as error:
                log.warning("facts_not_notified", **logs.describe(error))
                self._due.set()
                await asyncio.sleep(_PAUSE_S)

    async def _send(self) -> None:
        """Connect, and notify whenever it is due, at most once a moment. Raises what the connection raises."""
        # A notification is a write to PostgreSQL: unlike the facts it need not be on the disk.
        session = {"synchronous_commit": "off"}
        connection = await asyncpg.connect(
            self._database_url, server_settings=session, timeout=_TIMEOUT_S, command_timeout=_TIMEOUT_S
        )
        try:
            while True:
                await self._due.wait()
                self._due.clear()
                await connection.execute(_NOTIFY)
                await asyncio.sleep(MOMENT_S)
        finally:
            connection.terminate()
