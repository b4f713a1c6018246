"""The loop that delivers facts, in each worker; one of them at a time does, so that the order of facts is kept.

A batch is one transaction: it takes facts out of what waits and writes all that follows from them. A worker that is
killed at any point has done all of a batch or nothing.
"""

import asyncio
from contextlib import suppress

import asyncpg

from backend import db, logs
from backend.availability import is_passing
from backend.events import pending, waking
from backend.events.delivery import Delivery
from backend.events.pending import Floor

MOST = 100
"""Facts of a batch, twice as many where urgent ones overtake others. In larger ones a fact costs no less, and what is
urgent waits for the end of the batch before it, in which each fact may open an order."""
_BATCH_EVERY_S = 0.1
"""A batch that was not full is followed by the next one so much later: it costs the same for one fact as for fifty."""
_LONGEST_BATCH_S = 60.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 5.0
_LOCK = 0x46414354  # "FACT"
# One that hangs, or whose machine is gone, gives the lock to another worker after half a minute.
_BEGIN = f"""
    SELECT set_config('idle_in_transaction_session_timeout', '30s', true) IS NOT NULL
           AND pg_try_advisory_xact_lock({_LOCK})
"""

log = logs.get_logger()


class Deliverer:
    """Delivers until it is told to stop. `most`: facts of a batch."""

    def __init__(self, delivery: Delivery, *, most: int = MOST) -> None:
        self._delivery, self._most, self._size = delivery, most, most
        self._failures = 0
        self._is_stuck = False
        self._floor = Floor()
        self._woken = asyncio.Event()

    async def run(self, connection: asyncpg.Connection, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set. The connection only listens. Raises what it raises; then call this again."""
        await connection.add_listener(waking.CHANNEL, lambda *_: self._woken.set())
        stopping = asyncio.create_task(self._wake_at(stop))
        try:
            while not stop.is_set():
                if not await self._deliver_or_pause():
                    await self._wait(connection, stop)
        finally:
            stopping.cancel()

    async def deliver_once(self) -> int | None:
        """Deliver the next batch. Returns how many facts; None while another worker delivers."""
        now = asyncio.get_running_loop().time()
        async with db.transaction():
            if not await db.fetchval(_BEGIN):
                return None
            facts = await pending.take(self._floor.at(now), self._size)
            await (self._delivery.defer if self._is_stuck else self._delivery.deliver)(facts)
        if facts and len(facts) < self._size:
            self._floor.note(now, facts[-1].id)
        return len(facts)

    async def _deliver_or_pause(self) -> bool:
        """Deliver a batch. Whether there may be more. One that fails is tried again in a while, and smaller."""
        began = asyncio.get_running_loop().time()
        self._woken.clear()
        limit = asyncio.timeout(_LONGEST_BATCH_S)
        try:
            async with limit:
                delivered = await self.deliver_once()
        except Exception as error:
            passes = is_passing(error) and not limit.expired()
            (log.warning if passes else log.error)("delivery_failed", facts=self._size, **logs.describe(error))
            await self._recover(passes=passes)
            return True
        is_full = delivered is not None and delivered >= self._size
        self._failures, self._is_stuck, self._size = 0, False, min(self._size * 2, self._most)
        if not is_full:
            await asyncio.sleep(max(0.0, began + _BATCH_EVERY_S - asyncio.get_running_loop().time()))
        return is_full

    async def _recover(self, *, passes: bool) -> None:
        """A single fact that breaks its transaction, for no reason that passes, is left to jobs of its own."""
        self._is_stuck = self._size == 1 and not passes
        self._size = max(1, self._size // 8)
        pause_s = min(_FIRST_PAUSE_S * 2**self._failures, _LONGEST_PAUSE_S)
        self._failures = min(self._failures + 1, 16)
        await asyncio.sleep(pause_s)

    async def _wait(self, connection: asyncpg.Connection, stop: asyncio.Event) -> None:
        """Until somebody says that there are new facts, or until a look finds some."""
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._woken.wait(), waking.LOOK_EVERY_S)
                return
            if await pending.is_any(connection, self._floor.at(asyncio.get_running_loop().time())):
                self._floor.look_fully()
                return

    async def _wake_at(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._woken.set()
