"""Photos on their way in, and what is known of one's own."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from litestar import Controller, Request, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType
from litestar.params import HeaderParameter

from backend import clock
from backend.accounts.structs import Actor
from backend.errors import Unauthorised
from backend.routes.multipart import file_part
from media import queries as media_reads
from media import service as media
from media.errors import PhotoTooLarge
from media.room import here
from media.structs import PhotoView

_KEY_MAX_CHARS = 128

IdempotencyKey = Annotated[str | None, HeaderParameter(name="Idempotency-Key", min_length=1, max_length=_KEY_MAX_CHARS)]


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
        responses={200: ResponseSpec(PhotoView, description="Sent before under the same Idempotency-Key")},
    )
    async def receive(self, request: Request, idempotency_key: IdempotencyKey = None) -> Response[PhotoView]:
        """Upload one photo. Safe to repeat under the same Idempotency-Key."""
        limit = here().limits.file_max_bytes
        source = file_part(request, "file", PhotoTooLarge(limit), limit)
        receipt = await media.receive(
            _signed_in(request).account_id, source, client_key=idempotency_key, now=clock.now()
        )
        return Response(receipt.photo, status_code=200 if receipt.is_repeat else 201)

    @get("/{photo_id:uuid}", operation_id="get_photo")
    async def show(self, request: Request, photo_id: UUID) -> PhotoView:
        """One of your own photos, with fresh links."""
        return await media_reads.get_photo(photo_id, _signed_in(request).account_id, clock.now())


def _signed_in(request: Request) -> Actor:
    if request.scope.get("user") is None:
        raise Unauthorised()
    return request.user
