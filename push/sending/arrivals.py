"""What became of messages at a vendor that has to be asked: the ones that are on the phone by now."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from backend import db, logs
from push.channels import Channel

ASK_EVERY_S = 60.0
_BATCH = 100
_FROM, _UNTIL = timedelta(minutes=1), timedelta(minutes=30)
"""How old a message is while somebody asks: before, it is on its way; after, it lies where no phone is switched on."""
_WAITING = """
    SELECT vendor_id FROM message_delivery
     WHERE channel = $1 AND state = 'sent' AND vendor_id <> '' AND sent_at BETWEEN $2 AND $3
     ORDER BY sent_at DESC LIMIT 1000
"""
_ARRIVED = """
    UPDATE message_delivery SET state = 'delivered'
     WHERE channel = $1 AND vendor_id = ANY($2::text[]) AND state = 'sent' AND sent_at BETWEEN $3 AND $4
"""

log = logs.get_logger()


@runtime_checkable
class Reporting(Protocol):
    """A gateway whose vendor says what arrived only when it is asked."""

    channel: Channel

    async def list_arrived(self, vendor_ids: Sequence[str]) -> list[str]:
        """Those of these, at most a hundred, that are on the phone. Raises nothing for what a vendor does."""
        ...


class Arrivals:
    """Asks every minute, as long as the worker sends."""

    def __init__(self, gateway: Reporting, now: Callable[[], datetime]) -> None:
        self._gateway, self._now = gateway, now

    async def run(self, stop: asyncio.Event) -> None:
        """Ask until `stop` is set. What goes wrong is tried again with the next look."""
        while not stop.is_set():
            try:
                await self.look_once()
            except Exception as error:
                log.warning("arrivals_unknown", **logs.describe(error))
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), ASK_EVERY_S)

    async def look_once(self) -> None:
        """Ask for all that were sent a while ago, and write down what is on the phone."""
        since, until = self._now() - _UNTIL, self._now() - _FROM
        channel = self._gateway.channel.value
        waiting = [row["vendor_id"] for row in await db.fetch(_WAITING, channel, since, until)]
        for begin in range(0, len(waiting), _BATCH):
            if arrived := await self._gateway.list_arrived(waiting[begin : begin + _BATCH]):
                await db.execute(_ARRIVED, channel, arrived, since, until)
