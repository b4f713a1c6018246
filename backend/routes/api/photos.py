"""Photos on their way in, and what is known of one's own."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from litestar import Controller, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import FromPath, HeaderParameter, JSONBody

from backend.routes.http import quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.multipart import file_part
from backend.structs import IdempotencyKey
from media import queries as media_reads
from media import service as media
from media.errors import PhotoTooLarge
from media.runtime import current_runtime
from media.structs import DirectUpload, DirectUploadWanted, PhotoView, UploadReceipt

PhotoKeyHeader = Annotated[
    IdempotencyKey | None,
    HeaderParameter(
        name="Idempotency-Key",
        min_length=1,
        max_length=128,
        description="Made by the phone, once per photo: sending it again gives the same photo",
    ),
]
_AGAIN = {200: ResponseSpec(PhotoView, description="Had come before: the same photo")}


@dataclass
class UploadOperation(Operation):
    """The body is streamed by hand, so it is described by hand."""

    def __post_init__(self) -> None:
        file = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY, description="JPEG, PNG, WebP or HEIC")
        form = Schema(type=OpenAPIType.OBJECT, properties={"file": file}, required=["file"])
        self.request_body = RequestBody(content={"multipart/form-data": OpenAPIMediaType(schema=form)}, required=True)


class PhotoController(Controller):
    path = "/photos"
    tags = ("photos",)

    @post(
        operation_id="receive_photo",
        operation_class=UploadOperation,
        request_max_body_size=None,
        responses=_AGAIN,
        summary="Upload one photo",
    )
    async def receive(self, ctx: Ctx, idempotency_key: PhotoKeyHeader = None) -> Response[PhotoView]:
        """Streamed, whatever its size; safe to repeat under the same Idempotency-Key."""
        await quotas.take(ctx, "photo", ctx.actor)
        limit = current_runtime().limits.file_max_bytes
        source = file_part(ctx.request, "file", PhotoTooLarge(limit), limit)
        receipt = await media.receive(ctx.actor.account_id, source, idempotency_key=idempotency_key, now=ctx.now)
        return _answer(receipt)

    @get("/{photo_id:uuid}", operation_id="get_photo", summary="One of your own photos, with fresh links")
    async def show(self, ctx: Ctx, photo_id: FromPath[UUID]) -> PhotoView:
        return await media_reads.get_photo(photo_id, ctx.actor.account_id, ctx.now)

    @post(
        "/direct", operation_id="begin_direct_upload", summary="Ask for a link to put a photo straight into the store"
    )
    async def begin_direct(self, ctx: Ctx, data: JSONBody[DirectUploadWanted]) -> DirectUpload:
        """The link takes exactly the announced bytes. Not offered where photos lie on the server's disk."""
        await quotas.take(ctx, "photo", ctx.actor, megabytes=quotas.megabytes_of(data.size_bytes))
        return await media.begin_direct(
            ctx.actor.account_id, data.media_type, data.size_bytes, bytes.fromhex(data.md5), ctx.now
        )

    @post(
        "/direct/{upload_id:uuid}/commit",
        operation_id="commit_direct_upload",
        responses=_AGAIN,
        summary="Have a photo that was put into the store checked and taken in",
    )
    async def commit_direct(self, ctx: Ctx, upload_id: FromPath[UUID]) -> Response[PhotoView]:
        return _answer(await media.commit_direct(upload_id, ctx.actor.account_id, ctx.now))


def _answer(receipt: UploadReceipt) -> Response[PhotoView]:
    return Response(receipt.photo, status_code=200 if receipt.is_repeat else 201)
