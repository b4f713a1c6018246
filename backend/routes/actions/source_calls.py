"""A request of a source: its key or signature, its rights, its limit. What is refused is counted under its name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NoReturn

from litestar.exceptions import ClientException

from backend.errors import AppError, Unauthorised
from backend.intake.cameras import webhook, webhook_taking
from backend.intake.cameras.structs import DetectionReceipt
from backend.intake.records import decoding, receiving, webhooks
from backend.intake.records.decoding import BATCH_MOST, MessageUnread
from backend.intake.records.errors import BatchTooLong, BatchUnreadable
from backend.intake.records.structs import BatchVerdict, Receipt
from backend.intake.sources import keys, limits, refusals
from backend.intake.sources.errors import MessageTooLarge, SourceMayNot
from backend.intake.sources.structs import MAX_BYTES_MOST, Source, SourceKind
from backend.routes.http import quotas
from backend.routes.http.bodies_in_hand import size_of
from backend.routes.http.limits import address_of
from backend.routes.http.request_context import RequestContext

KEY_HEADER = "x-api-key"
ONE_MAX_BYTES = MAX_BYTES_MOST + 65_536
BATCH_MAX_BYTES = 4_000_000
CAMERA_MAX_BYTES = 8_000_000
"""With its pictures. The limit of a source is of what a message says beside them."""


@asynccontextmanager
async def counted(ctx: RequestContext, name: str) -> AsyncIterator[None]:
    """Count what is refused within. Wrong keys and signatures are also counted by address. Raises as the block does."""
    try:
        yield
    except AppError as refused:
        await refusals.count(name, refused.code, ctx.now)
        if isinstance(refused, Unauthorised):
            await quotas.take_by_address(ctx, "source-key-address")
        raise


async def open_filing(ctx: RequestContext, name: str) -> Source:
    """The source, with the right to file. Raises SourceKeyWrong, SourceClosed, SourceMayNot."""
    source = await keys.find_by_key(name, ctx.request.headers.get(KEY_HEADER, ""))
    if not source.may_file:
        raise SourceMayNot
    return source


async def open_reading(ctx: RequestContext, name: str) -> Source:
    """The source, with the right to read what became of its own. Raises as `open_filing`."""
    source = await keys.find_by_key(name, ctx.request.headers.get(KEY_HEADER, ""))
    if not source.may_read:
        raise SourceMayNot
    return source


async def receive_one(ctx: RequestContext, name: str) -> Receipt:
    """One message in the body. Raises what `open_filing` does, MessageTooLarge, QuotaUsedUp."""
    source = await open_filing(ctx, name)
    body = await read_body(ctx, ONE_MAX_BYTES)
    await limits.charge(source, 1, ctx.now)
    return await file(ctx, source, body)


async def receive_batch(ctx: RequestContext, name: str) -> list[BatchVerdict]:
    """Each message of the body by itself, in its order. Raises as `receive_one`, BatchUnreadable, BatchTooLong."""
    source = await open_filing(ctx, name)
    messages = decoding.read_batch(await read_body(ctx, BATCH_MAX_BYTES))
    if messages is None:
        raise BatchUnreadable
    _require_short(source, len(messages))
    await limits.charge(source, len(messages), ctx.now)
    return [await _verdict(ctx, source, each) for each in messages]


async def receive_webhook(ctx: RequestContext, name: str) -> Receipt:
    """A signed message. Raises WebhookForged, WebhookStale, WebhookIdUsed, and as `receive_one`."""
    body = await read_body(ctx, ONE_MAX_BYTES)
    source, webhook_id = await _open_signed(ctx, name, body)
    _require_small(source, body)
    await limits.charge(source, 1, ctx.now)
    receipt = await webhooks.take(source, webhook_id, body, ctx.now)
    if not receipt.is_new:
        await refusals.count(name, "repeated", ctx.now)
    return receipt


async def receive_camera_event(ctx: RequestContext, name: str) -> DetectionReceipt | Receipt:
    """A signed message of a source of cameras. Raises as `receive_webhook`, and as `webhook_taking.take`; TooMany and
    Unavailable where too much of such is in hand."""
    size = size_of(ctx.request, CAMERA_MAX_BYTES)
    with ctx.runtime.limits.camera_bodies.hold(address_of(ctx.request), size):
        return await _take_camera_event(ctx, name)


async def _take_camera_event(ctx: RequestContext, name: str) -> DetectionReceipt | Receipt:
    body = await read_body(ctx, CAMERA_MAX_BYTES)
    source, webhook_id = await _open_signed(ctx, name, body)
    if source.kind is not SourceKind.CAMERAS:
        raise SourceMayNot
    _require_small(source, webhook.without_pictures(decoding.data_of(body)))
    await limits.charge(source, 1, ctx.now)
    receipt = await webhook_taking.take(source, webhook_id, body, now=ctx.now)
    if not receipt.is_new:
        await refusals.count(name, "repeated", ctx.now)
    return receipt


async def file(ctx: RequestContext, source: Source, body: bytes) -> Receipt:
    """A message of a source that may file: taken, or kept for a person to mend. Raises MessageTooLarge."""
    _require_small(source, body)
    try:
        incoming = decoding.read_message(body)
    except MessageUnread as unread:
        number = unread.source_no
        return await receiving.keep_unreadable(source, body, unread.detail, source_no=number, now=ctx.now)
    return await receiving.receive(source, incoming, body, now=ctx.now)


async def read_body(ctx: RequestContext, most: int) -> bytes:
    """The body of a request whose handler takes so many bytes. Raises MessageTooLarge."""
    try:
        return await ctx.request.body()
    except ClientException as error:
        _refuse_large(error, most)


async def _open_signed(ctx: RequestContext, name: str, body: bytes) -> tuple[Source, str]:
    headers = {key.lower(): value for key, value in ctx.request.headers.items()}
    source, webhook_id = await webhooks.get_signed(name, headers, body, ctx.now)
    if not source.may_file:
        raise SourceMayNot
    return source, webhook_id


def _refuse_large(error: ClientException, most: int) -> NoReturn:
    if error.status_code == MessageTooLarge.status:
        raise MessageTooLarge(most=most, length=most + 1) from error
    raise error


def _require_small(source: Source, body: bytes) -> None:
    if len(body) > source.max_bytes:
        raise MessageTooLarge(most=source.max_bytes, length=len(body))


def _require_short(source: Source, length: int) -> None:
    """One that is longer than what the source may send in a minute would be told to come later for ever."""
    if length > BATCH_MOST:
        raise BatchTooLong(most=BATCH_MOST, length=length)
    if length > source.per_minute:
        raise BatchTooLong("batch-too-long.minute", most=source.per_minute, length=length)


async def _verdict(ctx: RequestContext, source: Source, message: bytes) -> BatchVerdict:
    try:
        return BatchVerdict(receipt=await file(ctx, source, message))
    except MessageTooLarge as refused:
        await refusals.count(source.name, refused.code, ctx.now)
        return BatchVerdict(receipt=None, refused=refused.code)
