"""The live hub: one listener on PostgreSQL's notifications, many live pages.

The listener has a connection of its own, reconnects for ever, and after each reconnection replays what it missed from
the event log, so that a page that stays open never silently goes deaf. Pages get ids, not contents: they ask again for
what they may see.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress

import asyncpg
import msgspec
import structlog

from backend import logs
from backend.events import queries
from backend.events.facts import Recorded
from backend.events.queries import Cursor
from backend.events.service import CHANNEL

log = structlog.get_logger(__name__)

Hears = Callable[[Recorded], bool]
_QUEUE_LIMIT = 1000
_CHECK_EVERY_S = 10.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 5.0


class LiveMessage(msgspec.Struct, frozen=True):
    """An event on its way to a page, with the cursor to resume from. Without an event it says: ask everything again."""

    cursor: Cursor
    event: Recorded | None = None


class Subscription:
    """One live page: a filter and a bounded queue. A page that is too slow is told to ask everything again."""

    def __init__(self, hears: Hears) -> None:
        self.hears = hears
        self._queue: asyncio.Queue[LiveMessage | None] = asyncio.Queue(_QUEUE_LIMIT)

    def offer(self, told: LiveMessage) -> None:
        if self._queue.full():
            self._forget()
            told = LiveMessage(told.cursor)
        self._queue.put_nowait(told)

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
            return await asyncio.wait_for(self._queue.get(), timeout_s)
        return None


class LiveHub:
    """Hold the listener; hand out subscriptions.

    `also`: other channels, each with what is called with its payloads, and with nothing whenever one may have been
    missed.
    """

    def __init__(self, database_url: str, also: Mapping[str, Callable[[str], None]] | None = None) -> None:
        self._database_url = database_url
        self._also = also or {}
        self._subscriptions: set[Subscription] = set()
        self._cursor: Cursor | None = None
        self._heard: asyncio.Queue[list[int]] = asyncio.Queue()
        self.closing = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator["LiveHub"]:
        """Listen for as long as the block lasts."""
        task = asyncio.create_task(self._listen_for_ever())
        try:
            yield self
        finally:
            self.close()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def close(self) -> None:
        """Let every page go. They come back with their cursor and miss nothing."""
        self.closing.set()
        for subscription in self._subscriptions:
            subscription.wake()

    @asynccontextmanager
    async def subscribe(self, hears: Hears) -> AsyncIterator[Subscription]:
        subscription = Subscription(hears)
        self._subscriptions.add(subscription)
        try:
            yield subscription
        finally:
            self._subscriptions.discard(subscription)

    async def _listen_for_ever(self) -> None:
        pause_s = _FIRST_PAUSE_S
        while not self.closing.is_set():
            try:
                connection = await asyncpg.connect(self._database_url, timeout=10)
                try:
                    await self._listen(connection)
                    pause_s = _FIRST_PAUSE_S
                    await self._catch_up()
                    await self._pump(connection)
                finally:
                    connection.terminate()
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("live_listener_lost", error=type(error).__name__)
            except Exception as error:  # a page that stays open must not go deaf for a mistake of ours
                log.error("live_listener_failed", **logs.describe(error))
            await asyncio.sleep(pause_s)
            pause_s = min(pause_s * 2, _LONGEST_PAUSE_S)

    async def _listen(self, connection: asyncpg.Connection) -> None:
        await connection.add_listener(CHANNEL, self._on_notify)
        for channel, hear in self._also.items():
            await connection.add_listener(channel, lambda *said, hear=hear: hear(str(said[3])))
            hear("")

    def _on_notify(self, _connection: object, _pid: int, _channel: str, payload: object) -> None:
        self._heard.put_nowait([int(part) for part in str(payload).split(",")])

    async def _pump(self, connection: asyncpg.Connection) -> None:
        """Hand on what is heard; a silent line is tried now and then, since a dead one says nothing."""
        # `closing` is asked as well: a cancellation that meets an event in the same instant is lost in wait_for.
        while not (connection.is_closed() or self.closing.is_set()):
            try:
                ids = await asyncio.wait_for(self._heard.get(), _CHECK_EVERY_S)
            except TimeoutError:
                await connection.fetchval("SELECT 1", timeout=5)
                continue
            while not self._heard.empty():
                ids += self._heard.get_nowait()
            cursor = await queries.get_cursor()
            self._tell(await queries.list_by_ids(ids) if self._subscriptions else [], cursor)

    async def _catch_up(self) -> None:
        """After a (re)connection: tell what happened while nobody listened."""
        now = await queries.get_cursor()
        if self._cursor is not None:
            missed = await queries.list_since(self._cursor)
            if missed is None:
                self._send_all_back(now)
            else:
                self._tell(missed, now)
        self._cursor = now

    def _send_all_back(self, cursor: Cursor) -> None:
        """Too much was missed to tell: let every page ask everything again."""
        for subscription in self._subscriptions:
            subscription.offer(LiveMessage(cursor))

    def _tell(self, events: list[Recorded], cursor: Cursor) -> None:
        self._cursor = cursor
        for event in events:
            for subscription in self._subscriptions:
                if subscription.hears(event):
                    subscription.offer(LiveMessage(Cursor(event.id, cursor.xmin), event))
