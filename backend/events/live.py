"""The live hub: one look at the log for many live pages, whenever PostgreSQL notifies and every second.

The hub has a connection of its own, reconnects for ever, and reads on from where it was, so that a page that stays open
never misses anything in silence. Pages get ids, not contents: they ask again for what they may see. While no page is
open the log is not read.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress

import asyncpg
import msgspec
import structlog

from backend import logs
from backend.events import queries, reader, waking
from backend.events.facts import Recorded
from backend.events.queries import Cursor
from backend.events.reader import LogReader
from backend.events.waking import CHANNEL, LOOK_EVERY_S, MOMENT_S

log = structlog.get_logger(__name__)

EventFilter = Callable[[Recorded], bool]
_QUEUE_LIMIT = 1000
_CHECK_EVERY_S = 10.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 5.0


class LiveMessage(msgspec.Struct, frozen=True):
    """An event on its way to a page, with the cursor to resume from. Without an event it says: ask everything again."""

    cursor: Cursor
    event: Recorded | None = None


class Subscription:
    """One live page: a filter and a bounded queue. A page that is too slow is told to ask everything again."""

    def __init__(self, matches: EventFilter, owner: str) -> None:
        self.matches, self.owner = matches, owner
        self._queue: asyncio.Queue[LiveMessage | None] = asyncio.Queue(_QUEUE_LIMIT)

    def offer(self, message: LiveMessage) -> None:
        if self._queue.full():
            self._forget()
            message = LiveMessage(message.cursor)
        self._queue.put_nowait(message)

    def wake(self) -> None:
        """Let the page look up: `next` says at once that nothing happened."""
        self._forget()
        self._queue.put_nowait(None)

    def nudge(self) -> None:
        """Let the page look whether it may go on; what waits for it stays."""
        if not self._queue.full():
            self._queue.put_nowait(None)

    def _forget(self) -> None:
        while not self._queue.empty():
            self._queue.get_nowait()

    async def next(self, timeout_s: float) -> LiveMessage | None:
        """The next event, or None when nothing happened for so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                return await self._queue.get()
        return None


class LiveHub:
    """Read the log; hand out subscriptions.

    `also`: other channels, each with what is called with its payloads, and with nothing whenever one may have been
    missed.
    """

    def __init__(self, database_url: str, also: Mapping[str, Callable[[str], None]] | None = None) -> None:
        self._database_url = database_url
        self._also = also or {}
        self._subscriptions: set[Subscription] = set()
        self._reader: LogReader | None = None
        self._beginning = asyncio.Lock()
        self._woken = asyncio.Event()
        self.closing = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["LiveHub"]:
        """Listen for as long as the block lasts."""
        task = asyncio.create_task(self._listen_for_ever())
        try:
            with waking.hearing(self._woken.set):
                yield self
        finally:
            self.close()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def close(self) -> None:
        """Let every page go. They come back with their cursor and miss nothing."""
        self.closing.set()
        self._woken.set()
        for subscription in self._subscriptions:
            subscription.wake()

    def count_of(self, owner: str) -> int:
        """How many pages this owner has open in this process."""
        return sum(subscription.owner == owner for subscription in self._subscriptions)

    @asynccontextmanager
    async def subscribe(self, matches: EventFilter, owner: str = "") -> AsyncIterator[Subscription]:
        """A subscription to everything that becomes visible from now on."""
        subscription = Subscription(matches, owner)
        self._subscriptions.add(subscription)
        try:
            async with self._beginning:
                self._reader = self._reader or await reader.begin(_now())
            self._woken.set()  # from now on the log is looked at by the second
            yield subscription
        finally:
            self._subscriptions.discard(subscription)
            if not self._subscriptions:
                self._reader = None

    async def _listen_for_ever(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while not self.closing.is_set():
            try:
                connection = await asyncpg.connect(self._database_url, timeout=10)
                try:
                    await self._listen(connection)
                    pause_s = _FIRST_PAUSE_S
                    await self._pump(connection)
                finally:
                    connection.terminate()
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("live_listener_lost", error=type(error).__name__)
            except Exception as error:  # a page that stays open must not stop getting events for a mistake of ours
                log.error("live_listener_failed", **logs.describe(error))
            if self.closing.is_set():
                return
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    async def _listen(self, connection: asyncpg.Connection) -> None:
        await connection.add_listener(CHANNEL, lambda *_: self._woken.set())
        for channel, on_payload in self._also.items():
            await connection.add_listener(channel, lambda *said, on_payload=on_payload: on_payload(str(said[3])))
            on_payload("")

    async def _pump(self, connection: asyncpg.Connection) -> None:
        """Hand on what is new, for as long as the connection lasts. A dead one says nothing, so it is asked."""
        # `closing` is asked as well: a cancellation that meets an event in the same instant is lost in wait_for.
        while not (connection.is_closed() or self.closing.is_set()):
            began = _now()
            await self._look(connection)
            await asyncio.sleep(began + MOMENT_S - _now())  # for all that commit meanwhile
            try:
                await asyncio.wait_for(self._woken.wait(), _CHECK_EVERY_S if self._reader is None else LOOK_EVERY_S)
            except TimeoutError:
                if self._reader is None:
                    await connection.fetchval("SELECT 1", timeout=5)

    async def _look(self, connection: asyncpg.Connection) -> None:
        self._woken.clear()
        if self._reader is None:
            return
        news = await self._reader.read(connection, _now())
        if news.is_too_much:
            await self._send_all_back()
        for event in news.facts:
            message = LiveMessage(Cursor(event.id, news.xmin), event)
            for subscription in self._subscriptions:
                if subscription.matches(event):
                    subscription.offer(message)

    async def _send_all_back(self) -> None:
        """Too much is new to hand it on: let every page ask everything again."""
        async with self._beginning:
            self._reader = await reader.begin(_now())
        cursor = await queries.get_cursor()
        for subscription in self._subscriptions:
            subscription.offer(LiveMessage(cursor))


def _now() -> float:
    return asyncio.get_running_loop().time()
