"""Resumable uploads by the tus protocol 1.0 (core, creation, expiration): a lost link costs at most the last piece."""

from collections.abc import AsyncIterator
from email.utils import format_datetime
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, head, patch, post, route
from litestar.enums import HttpMethod
from litestar.exceptions import InternalServerException
from litestar.params import FromPath, HeaderParameter

from backend.errors import AppError, BadRequest, Unsupported
from backend.routes.http import quotas
from backend.routes.http.auth import PUBLIC
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from media import service as media
from media.runtime import current_runtime
from media.structs import TusUpload

VERSION = "1.0.0"
_PATCH_TYPE = "application/offset+octet-stream"
Resumable = Annotated[str, HeaderParameter(name="Tus-Resumable", description="1.0.0")]
Length = Annotated[int, HeaderParameter(name="Upload-Length", ge=1, description="Bytes of the whole file")]
Offset = Annotated[int, HeaderParameter(name="Upload-Offset", ge=0, description="Bytes that have arrived")]


class TusVersionRefused(AppError):
    status, code = 412, "tus-version-refused"


class UploadsController(Controller):
    path = "/uploads"
    tags = ("photos",)
    include_in_schema = False  # the protocol is its own contract: tus.io/protocols/resumable-upload

    @route(http_method=[HttpMethod.OPTIONS], operation_id="announce_uploads", status_code=204, opt=PUBLIC)
    async def announce(self) -> Response[None]:
        """What this server speaks and how much it takes.

        Named so that it is registered before the others on this path: a later one would lose to the built-in answer.
        """
        limit = str(current_runtime().limits.file_max_bytes)
        more = {"Tus-Version": VERSION, "Tus-Extension": "creation,expiration", "Tus-Max-Size": limit}
        return Response(None, headers={"Tus-Resumable": VERSION, **more}, status_code=204)

    @post(operation_id="begin_upload", summary="Begin a resumable upload of one photo")
    async def begin(self, ctx: Ctx, length: Length, version: Resumable = "") -> Response[None]:
        """The upload's number in Location is the photo's number once all has arrived."""
        _check(version)
        await quotas.take(ctx, "photo", ctx.actor, megabytes=quotas.megabytes_of(length))
        upload = await media.begin_tus(ctx.actor.account_id, length, ctx.now)
        where = f"{ctx.request.url.path.rstrip('/')}/{upload.id}"
        return Response(None, headers=_headers(upload) | {"Location": where}, status_code=201)

    @head("/{upload_id:uuid}", operation_id="show_upload", summary="How much has arrived")
    async def show(self, ctx: Ctx, upload_id: FromPath[UUID], version: Resumable = "") -> Response[None]:
        _check(version)
        upload = await media.get_tus(upload_id, ctx.actor.account_id, ctx.now)
        more = {"Upload-Length": str(upload.size_bytes), "Cache-Control": "no-store"}
        return Response(None, headers=_headers(upload) | more)

    @patch(
        "/{upload_id:uuid}",
        operation_id="append_to_upload",
        status_code=204,
        request_max_body_size=None,
        summary="Send the next bytes; with the last one the upload becomes a photo",
    )
    async def append(
        self, ctx: Ctx, upload_id: FromPath[UUID], offset: Offset, version: Resumable = ""
    ) -> Response[None]:
        _check(version)
        if ctx.request.headers.get("content-type", "") != _PATCH_TYPE:
            raise Unsupported("tus-content-type", values={"expected": _PATCH_TYPE})
        owner_id, now = ctx.actor.account_id, ctx.now
        upload = await media.append_tus(upload_id, owner_id, offset, _body(ctx), now)
        return Response(None, headers=_headers(upload), status_code=204)


def _check(version: str) -> None:
    if version != VERSION:
        raise TusVersionRefused()


def _headers(upload: TusUpload) -> dict[str, str]:
    expires = format_datetime(upload.expires_at, usegmt=True)
    return {"Tus-Resumable": VERSION, "Upload-Offset": str(upload.offset), "Upload-Expires": expires}


async def _body(ctx: RequestContext) -> AsyncIterator[bytes]:
    try:
        async for piece in ctx.request.stream():
            yield piece
    except InternalServerException as error:
        raise BadRequest("connection-broke") from error
