"""A batch of messages: all of them in one transaction, and what cannot be read or taken kept for a person in the same.

One that spoils its batch is found by halves and kept for a person: it stops neither the others nor the line. Nothing is
acknowledged here; whoever called does so when this has returned.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from backend import db, logs
from backend.availability import is_passing
from backend.intake.sensors import taking, unread
from backend.intake.sensors.mqtt.messages import BrokerMessage
from backend.intake.sensors.payloads.errors import PayloadUnreadable
from backend.intake.sensors.payloads.fields import Fields
from backend.intake.sensors.payloads.topics import translate
from backend.intake.sensors.structs import SensorReading
from backend.intake.sensors.unread import UnreadBody
from backend.intake.sources import queries as sources
from backend.intake.sources.errors import SourceUnknown
from backend.intake.sources.structs import Source

log = logs.get_logger()


class TakenBatch(NamedTuple):
    """`done`: messages that the broker may forget."""

    done: list[BrokerMessage]
    readings: int = 0
    unreadable: int = 0
    refused: int = 0


class BatchTaker:
    """`source`: the name of the source whose broker it is; what names no source, or none that is there, is its."""

    def __init__(self, source: str, fields: Fields) -> None:
        self._source, self._fields = source, fields

    async def take(self, messages: Sequence[BrokerMessage], now: datetime) -> TakenBatch:
        """Take a batch in its order. Raises what stands around us (the database is away); then nothing is done."""
        try:
            return await self._take_together(messages, now)
        except Exception as error:
            if is_passing(error):
                raise
            if len(messages) == 1:
                return await self._set_aside(messages[0], error, now)
        half = len(messages) // 2
        first = await self.take(messages[:half], now)
        return _sum(first, await self.take(messages[half:], now))

    async def _take_together(self, messages: Sequence[BrokerMessage], now: datetime) -> TakenBatch:
        """One transaction: readings by source, each source's in the order of the messages."""
        own, found = await sources.get_source(self._source), dict[str, Source | None]()
        readings: dict[int, list[SensorReading]] = {}
        unreadable: dict[str, tuple[Source, list[UnreadBody]]] = {}
        refused = 0
        for message in messages:
            source, read, wrong = own, list[SensorReading](), ""
            try:
                name, read = translate(message.topic, message.body, self._fields)
                if name:
                    source = await _named(name, found) or own
                    if source.name != name:
                        raise PayloadUnreadable("a topic of a source that is not there")
            except PayloadUnreadable as error:
                wrong = str(error)
            if not (source.is_open and source.may_file):
                refused += 1
            elif wrong:
                unreadable.setdefault(source.name, (source, []))[1].append(_body(message, wrong))
            else:
                readings.setdefault(source.id, []).extend(read)
        async with db.transaction():
            for source_id, of_source in readings.items():
                if of_source:
                    await taking.take(of_source, source_id=source_id, now=now)
            for of, bodies in unreadable.values():
                await unread.keep(of, bodies, now)
        count = sum(map(len, readings.values()))
        return TakenBatch(list(messages), count, sum(len(bodies) for _, bodies in unreadable.values()), refused)

    async def _set_aside(self, message: BrokerMessage, error: Exception, now: datetime) -> TakenBatch:
        """Keep a message that cannot be taken. Where even that fails it stays with the broker, and comes again."""
        log.error("message_not_taken", topic_levels=message.topic.count("/") + 1, **logs.describe(error))
        try:
            source = await sources.get_source(self._source)
            await unread.keep(source, [_body(message, f"not taken: {type(error).__name__}")], now)
        except Exception as reason:
            if is_passing(reason):
                raise
            log.error("message_not_kept", **logs.describe(reason))
            return TakenBatch([])
        return TakenBatch([message], unreadable=1)


async def _named(name: str, found: dict[str, Source | None]) -> Source | None:
    if name not in found:
        try:
            found[name] = await sources.get_source(name)
        except SourceUnknown:
            found[name] = None
    return found[name]


def _body(message: BrokerMessage, error: str) -> UnreadBody:
    """With its topic in front, for that says of which device it was."""
    return unread.unread(message.topic.encode() + b"\n" + message.body, error)


def _sum(first: TakenBatch, second: TakenBatch) -> TakenBatch:
    return TakenBatch(
        first.done + second.done,
        first.readings + second.readings,
        first.unreadable + second.unreadable,
        first.refused + second.refused,
    )
