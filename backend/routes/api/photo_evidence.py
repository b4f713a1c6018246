"""What a verifier does with an order's photos: paint over, release, withhold, read the original, see the likes.

The order decides who comes near (orders/reads/evidence.py): out of its sight nothing is found, and its reporters,
whatever they are elsewhere, may not touch its photos.
"""

from typing import Annotated
from uuid import UUID

from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.response import Stream

from backend.accounts.permissions import Permission
from backend.orders.reads.evidence import get_order_of_photo
from backend.routes.actions import similar_photos
from backend.routes.http.current_access import CHECKED_NOW
from backend.routes.http.dependencies import Ctx
from backend.routes.http.streams import begun
from backend.words import PHOTO_REASON, PHOTO_REASON_LEAST
from media import service as media
from media.service.evidence import Original
from media.structs import Alike, PhotoView, Publication, Redaction
from shops.complaints import originals as complaint_originals

Reason = Annotated[
    str,
    QueryParameter(name="reason", min_length=PHOTO_REASON_LEAST, max_length=PHOTO_REASON, description="Why it is read"),
]


class PhotoEvidenceController(Controller):
    path = "/orders/{order_id:int}/photos/{photo_id:uuid}"
    tags = ("photos",)

    @post("/redaction", operation_id="redact_photo", status_code=200, summary="Paint over faces and plates")
    async def redact(
        self,
        ctx: Ctx,
        order_id: FromPath[int],
        photo_id: FromPath[UUID],
        data: JSONBody[Redaction],
    ) -> PhotoView:
        """For good and for everybody; boxes painted before stay. Every link given out before dies at once."""
        order = await get_order_of_photo(order_id, photo_id, Permission.REDACT_PHOTOS, ctx.actor, ctx.now)
        return await media.redact(photo_id, data.boxes, ctx.actor, ctx.now, data.reason, area_code=order.area_code)

    @post("/release", operation_id="release_photo", status_code=200, summary="Let the public see a photo as it is")
    async def release(
        self,
        ctx: Ctx,
        order_id: FromPath[int],
        photo_id: FromPath[UUID],
        data: JSONBody[Publication],
    ) -> PhotoView:
        order = await get_order_of_photo(order_id, photo_id, Permission.REDACT_PHOTOS, ctx.actor, ctx.now)
        return await media.release(photo_id, ctx.actor, ctx.now, data.reason, area_code=order.area_code)

    @post("/withhold", operation_id="withhold_photo", status_code=200, summary="Take a photo back from the public")
    async def withhold(
        self,
        ctx: Ctx,
        order_id: FromPath[int],
        photo_id: FromPath[UUID],
        data: JSONBody[Publication],
    ) -> PhotoView:
        """Every link that was given out to it dies at once."""
        order = await get_order_of_photo(order_id, photo_id, Permission.REDACT_PHOTOS, ctx.actor, ctx.now)
        return await media.withhold(photo_id, ctx.actor, ctx.now, data.reason, area_code=order.area_code)

    @get(
        "/original",
        operation_id="read_original_photo",
        opt=CHECKED_NOW,
        summary="Read the evidence itself; each reading is logged",
    )
    async def read_original(
        self,
        ctx: Ctx,
        order_id: FromPath[int],
        photo_id: FromPath[UUID],
        reason: Reason,
    ) -> Stream:
        order = await get_order_of_photo(order_id, photo_id, Permission.READ_ORIGINALS, ctx.actor, ctx.now)
        await complaint_originals.require_open(order_id, photo_id, ctx.actor, ctx.now)
        original = await media.read_original(photo_id, ctx.actor, reason, ctx.now, area_code=order.area_code)
        headers = _download_headers(photo_id, original)
        return Stream(await begun(original.content), headers=headers, media_type=original.media_type)

    @get("/alike", operation_id="list_alike_photos", summary="Other photos that are, or look like, this one")
    async def list_alike(self, ctx: Ctx, order_id: FromPath[int], photo_id: FromPath[UUID]) -> list[Alike]:
        await get_order_of_photo(order_id, photo_id, Permission.REDACT_PHOTOS, ctx.actor, ctx.now)
        return await similar_photos.list_alike(photo_id, ctx.actor, ctx.now)


def _download_headers(photo_id: UUID, original: Original) -> dict[str, str]:
    """Of a file that is saved, never shown or cached, with its checksum."""
    return {
        "Content-Length": str(original.size_bytes),
        "Content-Disposition": f'attachment; filename="{photo_id}"',
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Photo-SHA256": original.sha256.hex(),
    }
