"""One signed message of a platform, whatever it says: believed, read, and given to whoever knows what to do."""

from collections.abc import Mapping
from datetime import datetime
from typing import assert_never

from backend.intake.hotline import answering, endpoints, receiving
from backend.intake.hotline.errors import ActUnknown, MessageUnreadable, SignatureWrong, TaskUnknown
from backend.intake.hotline.messages import (
    Assigned,
    CalledBack,
    Decided,
    Inbound,
    LastWordTaken,
    Recalled,
    Urged,
)
from backend.intake.hotline.source_secrets import open_secrets
from backend.intake.records import receiving as records
from backend.intake.sources import limits, queries, refusals, signatures
from backend.intake.sources.errors import MessageTooLarge, SourceClosed, SourceMayNot, SourceUnknown
from backend.intake.sources.signatures import NotSigned
from backend.intake.sources.structs import Source
from backend.privacy.seals import Seal
from backend.structs import Read


class PlatformAnswer(Read, frozen=True, kw_only=True):
    """In the platform's own way: `code` 0 is well. Anything else is answered as a problem."""

    code: int = 0
    msg: str = "ok"
    taskid: str
    state: str = ""
    """Of a case that is given to us: filed, unsure …"""
    number: str = ""
    """Our order's, once there is one."""


async def take(name: str, headers: Mapping[str, str], body: bytes, seal: Seal, now: datetime) -> PlatformAnswer:
    """Do what a platform says. Said again it changes nothing. What is refused is counted by source and day.

    Raises SignatureWrong, SourceClosed, SourceMayNot, MessageTooLarge, QuotaUsedUp, MessageUnreadable, NotAHotline,
    TaskUnknown, ActUnknown.
    """
    source = await _believed(name, headers, body, seal, now)
    wire = await endpoints.wire_of(source.id)
    try:
        message = wire.read(body)
    except MessageUnreadable as error:
        why = str(error.extra["why"])
        await records.keep_unreadable(source, body, why, source_no=wire.number_of(body), now=now)
        await refusals.count(name, error.code, now)
        raise
    try:
        return await _do(source, message, body, now)
    except (TaskUnknown, ActUnknown) as error:
        await refusals.count(name, error.code, now)
        raise


async def _believed(name: str, headers: Mapping[str, str], body: bytes, seal: Seal, now: datetime) -> Source:
    try:
        source = await queries.get_source(name)
        named = {key.lower(): value for key, value in headers.items()}
        signatures.require_signed(await open_secrets(name, seal, now), named, body, now)
    except SourceUnknown as error:
        raise SignatureWrong from error
    except NotSigned as error:
        await refusals.count(name, SignatureWrong.code, now)
        raise SignatureWrong from error
    if not source.is_open:
        raise SourceClosed
    if not source.may_file:
        raise SourceMayNot
    if len(body) > source.max_bytes:
        await refusals.count(name, MessageTooLarge.code, now)
        raise MessageTooLarge(most=source.max_bytes, length=len(body))
    await limits.require(source, 1, now)
    return source


async def _do(source: Source, message: Inbound, body: bytes, now: datetime) -> PlatformAnswer:
    match message:
        case Assigned():
            receipt = await receiving.assign(source, message, body, now)
            return PlatformAnswer(taskid=receipt.source_no, state=receipt.state, number=receipt.number or "")
        case Decided():
            await answering.decide(source, message, now)
        case CalledBack():
            await answering.call_back(source, message, now)
        case Urged():
            await answering.urge(source, message, now)
        case Recalled():
            await answering.recall(source, message, now)
        case LastWordTaken():
            await answering.take_last_word(source, message, now)
        case _:
            assert_never(message)
    return PlatformAnswer(taskid=message.task_no)
