"""From the broker into the database: batches by time or number, one after the other, acknowledged once committed."""

import asyncio
import contextlib
import random
from collections.abc import Callable
from datetime import datetime

from backend import logs
from backend.availability import is_passing
from backend.intake.sensors.mqtt import links
from backend.intake.sensors.mqtt.messages import Backlog, BrokerMessage
from backend.intake.sensors.mqtt.session import BrokerSession
from backend.intake.sensors.mqtt.settings import BrokerSettings
from backend.intake.sensors.mqtt.taking import BatchTaker, TakenBatch
from backend.intake.sensors.payloads.fields import Fields

log = logs.get_logger()

BATCH_MOST = 500
GATHER_S = 0.1
"""So long the first message of a batch waits for others: the longest that a quiet town's alarm is held up."""
_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 10.0
_BEAT_EVERY_S = 10.0


class Listener:
    def __init__(
        self, settings: BrokerSettings, fields: Fields, clock: Callable[[], datetime], chance: random.Random
    ) -> None:
        self._settings, self._clock = settings, clock
        self._taker = BatchTaker(settings.source, fields)
        self._backlog, self._arrived = Backlog(), asyncio.Event()
        self._session = BrokerSession(settings, self._receive, chance)
        self._figures, self._lost_noted = links.LinkFigures(), 0

    async def run(self, stop: asyncio.Event) -> None:
        """Take readings until `stop` is set; what is in hand then is brought to its end."""
        ended = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._session.run(ended))
            beat = tasks.create_task(self._beat())
            try:
                await self._take_for_ever(stop)
            finally:
                beat.cancel()
                ended.set()

    def _receive(self, message: BrokerMessage) -> None:
        self._backlog.add(message)
        self._arrived.set()
        if self._backlog.is_full:
            self._session.pause()

    async def _take_for_ever(self, stop: asyncio.Event) -> None:
        stopping = asyncio.create_task(stop.wait())
        while not stop.is_set():
            arriving = asyncio.create_task(self._arrived.wait())
            await asyncio.wait({arriving, stopping}, return_when=asyncio.FIRST_COMPLETED)
            arriving.cancel()
            if stop.is_set():
                break
            await self._gather(stop)
            await self._take_one_batch(stop)
        stopping.cancel()

    async def _gather(self, stop: asyncio.Event) -> None:
        ends_at = asyncio.get_running_loop().time() + GATHER_S
        while len(self._backlog) < BATCH_MOST and not stop.is_set():
            left_s = ends_at - asyncio.get_running_loop().time()
            if left_s <= 0:
                return
            self._arrived.clear()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), left_s)

    async def _take_one_batch(self, stop: asyncio.Event) -> None:
        batch = self._backlog.take(BATCH_MOST)
        if len(self._backlog):
            self._arrived.set()
        else:
            self._arrived.clear()
        if self._backlog.is_half_empty:
            self._session.resume()
        result = await self._take_in_the_end(batch, stop)
        for message in result.done:
            self._session.acknowledge(message)
        self._count(result)

    async def _take_in_the_end(self, batch: list[BrokerMessage], stop: asyncio.Event) -> TakenBatch:
        """While the database is away the batch waits, and the broker with it. Nothing is done of it at a stop."""
        pause_s = _PAUSE_S
        while True:
            try:
                return await self._taker.take(batch, self._clock())
            except Exception as error:
                log.warning("readings_put_off", messages=len(batch), **logs.describe(error))
                if not is_passing(error):
                    pause_s = _LONGEST_PAUSE_S
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause_s)
            if stop.is_set():
                return TakenBatch([])
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)

    def _count(self, result: TakenBatch) -> None:
        of_batch = links.LinkFigures(
            messages=len(result.done),
            readings=result.readings,
            unreadable=result.unreadable,
            refused=result.refused,
            received_at=self._clock() if result.done else None,
        )
        self._figures = self._figures.plus(of_batch)

    async def _beat(self) -> None:
        """Say in the database how it goes, for /ready, the pages and /metrics."""
        while True:
            figures, lost = self._figures, self._session.was_lost - self._lost_noted
            try:
                await links.note(self._sign(lost), figures, self._clock())
                self._figures, self._lost_noted = self._figures.without(figures), self._lost_noted + lost
            except Exception as error:
                log.warning("broker_link_not_noted", **logs.describe(error))
            await asyncio.sleep(_BEAT_EVERY_S)

    def _sign(self, lost: int) -> links.Sign:
        return links.Sign(
            client_id=self._settings.client_id,
            is_connected=self._session.is_connected,
            lost_sessions=lost,
            dropped=self._session.dropped,
        )
