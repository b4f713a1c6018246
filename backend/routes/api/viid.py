"""GA/T 1400 (视图库): what cameras and their platforms post, at the paths and in the answers of the standard."""

from collections.abc import Sequence
from typing import Any

import msgspec
from litestar import Controller, Request, Response, get, post

from backend import logs
from backend.calendars.rules import SHANGHAI
from backend.errors import AppError, TooMany, Unavailable
from backend.intake.cameras import refusing, taking
from backend.intake.cameras.errors import DigestNeeded, ViidUnreadable
from backend.intake.cameras.viid import reading, registrations
from backend.intake.cameras.viid.messages import Keepalive, Register, UnRegister, status
from backend.intake.cameras.viid.reading import ViidItem
from backend.intake.cameras.viid.registrations import ViidRequest
from backend.intake.sources import limits, refusals
from backend.intake.sources.structs import Source
from backend.quotas.errors import QuotaUsedUp
from backend.routes.http.auth import PUBLIC
from backend.routes.http.bodies_in_hand import RETRY_AFTER_S, size_of
from backend.routes.http.dependencies import Ctx
from backend.web.i18n import error_texts

BODY_MAX_BYTES = 24 * 1024 * 1024
_MEDIA_TYPE = "application/VIID+JSON;charset=UTF-8"
_OK, _OTHER, _BUSY, _REFUSED, _NO_JSON, _WRONG_JSON = 0, 1, 2, 4, 7, 8

log = logs.get_logger()


class ViidController(Controller):
    path = "/VIID"
    opt = PUBLIC
    include_in_schema = False  # the standard is the contract

    @post("/System/Register", operation_id="viid_register", status_code=200, request_max_body_size=10_000)
    async def register(self, ctx: Ctx) -> Response[bytes]:
        """Proved by HTTP digest with the source's name and secret."""
        try:
            source = await registrations.prove(_request(ctx), _key(ctx), ctx.now)
        except DigestNeeded as error:
            return _challenged(error)
        device = reading.read(await ctx.request.body(), Register).register_object
        await registrations.register(source, device.device_id, _address(ctx.request), ctx.now)
        await taking.note_alive(source, device.device_id, ctx.now)
        return _one(ctx, _OK, "OK", device.device_id)

    @post("/System/UnRegister", operation_id="viid_unregister", status_code=200, request_max_body_size=10_000)
    async def unregister(self, ctx: Ctx) -> Response[bytes]:
        try:
            source = await registrations.identify(_request(ctx), _key(ctx), ctx.now)
        except DigestNeeded as error:
            return _challenged(error)
        device = reading.read(await ctx.request.body(), UnRegister).un_register_object
        await registrations.end(source, device.device_id)
        return _one(ctx, _OK, "OK", device.device_id)

    @post("/System/Keepalive", operation_id="viid_keepalive", status_code=200, request_max_body_size=10_000)
    async def keepalive(self, ctx: Ctx) -> Response[bytes]:
        try:
            source = await registrations.identify(_request(ctx), _key(ctx), ctx.now)
        except DigestNeeded as error:
            return _challenged(error)
        device = reading.read(await ctx.request.body(), Keepalive).keepalive_object
        await taking.note_alive(source, device.device_id, ctx.now)
        return _one(ctx, _OK, "OK", device.device_id)

    @get("/System/Time", operation_id="viid_time")
    async def show_time(self, ctx: Ctx) -> Response[bytes]:
        return _answer({"SystemTimeObject": {"VIIDServerID": "", "TimeMode": "1", "LocalTime": _local(ctx)}})

    @post("/Images", operation_id="viid_images", status_code=200, request_max_body_size=BODY_MAX_BYTES)
    async def receive_images(self, ctx: Ctx) -> Response[bytes]:
        """Each image by itself: one that is refused stops no other."""
        return await _receive(ctx, reading.items_of_images)

    @post(
        "/SubscribeNotifications",
        operation_id="viid_notifications",
        status_code=200,
        request_max_body_size=BODY_MAX_BYTES,
    )
    async def receive_notifications(self, ctx: Ctx) -> Response[bytes]:
        return await _receive(ctx, reading.items_of_notifications)


async def _receive(ctx: Ctx, items_of: Any) -> Response[bytes]:
    try:
        source = await registrations.identify(_request(ctx), _key(ctx), ctx.now)
    except DigestNeeded as error:
        return _challenged(error)
    try:
        with ctx.runtime.limits.viid_bodies.hold(source.name, size_of(ctx.request, BODY_MAX_BYTES)):
            await limits.require(source, 1, ctx.now)
            return await _take_all(ctx, source, items_of)
    except (TooMany, Unavailable) as busy:
        if not isinstance(busy, QuotaUsedUp):  # that one is counted already
            await refusals.count(source.name, busy.code, ctx.now)
        return _put_off(ctx, busy)


async def _take_all(ctx: Ctx, source: Source, items_of: Any) -> Response[bytes]:
    body = await ctx.request.body()
    try:
        items: Sequence[ViidItem] = items_of(body)
    except ViidUnreadable as error:
        await refusing.keep_unread(source, body, error, now=ctx.now)
        return _one(ctx, _WRONG_JSON, _words(error), "")
    return _answer(
        {"ResponseStatusListObject": {"ResponseStatusObject": [await _take(ctx, source, item) for item in items]}}
    )


async def _take(ctx: Ctx, source: Source, item: ViidItem) -> dict[str, Any]:
    left_out = reading.left_out_words(item.left_out)
    if left_out:
        log.info("viid_left_out", source=source.name, parts=item.left_out)
    if not item.camera_no and item.left_out:
        return status(ctx.request.url.path, _REFUSED, left_out, item.subject, _local(ctx))
    try:
        await taking.take(source, reading.detection_of(item), now=ctx.now)
    except AppError as error:
        if error.status >= 500:
            return status(ctx.request.url.path, _OTHER, _words(error), item.subject, _local(ctx))
        await refusing.refuse(source, item.subject, error, now=ctx.now, seen=reading.without_pictures(item))
        return status(ctx.request.url.path, _WRONG_JSON, _words(error), item.subject, _local(ctx))
    return status(ctx.request.url.path, _OK, left_out or "OK", item.subject, _local(ctx))


def _request(ctx: Ctx) -> ViidRequest:
    request = ctx.request
    return ViidRequest(
        method=request.method,
        path=request.scope["raw_path"].decode("latin-1") or request.url.path,
        authorization=request.headers.get("authorization", ""),
        device_no=request.headers.get("user-identify", "")[:20],
        address=_address(request),
    )


def _address(request: Request[Any, Any, Any]) -> str:
    return (request.client.host if request.client else "")[:45]


def _key(ctx: Ctx) -> bytes:
    return registrations.nonce_key(ctx.settings.secret)


def _words(error: AppError) -> str:
    return " / ".join(error_texts.sentence(error, language) for language in ("zh", "en"))


def _local(ctx: Ctx) -> str:
    return ctx.now.astimezone(SHANGHAI).strftime("%Y%m%d%H%M%S")


def _one(ctx: Ctx, code: int, said: str, subject: str) -> Response[bytes]:
    return _answer({"ResponseStatusObject": status(ctx.request.url.path, code, said, subject, _local(ctx))})


def _put_off(ctx: Ctx, busy: AppError) -> Response[bytes]:
    """Nothing of it was taken: come again."""
    answer = _one(ctx, _BUSY, _words(busy), "")
    answer.status_code = busy.status
    answer.headers["Retry-After"] = str(busy.extra.get("retry_after_s", RETRY_AFTER_S))
    return answer


def _challenged(error: DigestNeeded) -> Response[bytes]:
    return Response(b"", status_code=401, headers={"WWW-Authenticate": error.challenge})


def _answer(said: dict[str, Any]) -> Response[bytes]:
    return Response(msgspec.json.encode(said), media_type=_MEDIA_TYPE)
