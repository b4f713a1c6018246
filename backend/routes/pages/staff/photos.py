"""One photo for a verifier: paint over faces and plates, release it to the public, take it back."""

from dataclasses import dataclass
from math import isfinite
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.accounts.permissions import Permission
from backend.errors import AppError, Invalid
from backend.orders.reads.evidence import get_order_of_photo
from backend.orders.reads.views import OrderDetail
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, words
from backend.routes.pages.staff.work import where_of
from backend.words import WordsTooLong
from media import queries as media_reads
from media import service as media
from media.decoder.messages import Box
from media.errors import PhotoNotFound, PhotoReasonMissing
from media.structs import AttachedPhoto, PhotoSubject, SubjectKind

_ROWS = 3
_BOXES_MAX = 50
_DONE = ("redact", "release", "withhold")
_PHOTO = "/o/{order_id:int}/photos/{photo_id:uuid}"


class NothingDrawn(Invalid):
    code = "nothing-drawn"


@dataclass(frozen=True, slots=True)
class Subjected:
    """A photo and the order that holds it."""

    order: OrderDetail
    photo: AttachedPhoto


@get(f"{_PHOTO}/redact", guards=[signed_in], include_in_schema=False)
async def show_photo(ctx: Ctx, order_id: FromPath[int], photo_id: FromPath[UUID]) -> Response:
    return await _page(ctx, order_id, photo_id)


@post(f"{_PHOTO}/redact", guards=[signed_in], include_in_schema=False)
async def redact(ctx: Ctx, order_id: FromPath[int], photo_id: FromPath[UUID]) -> Response:
    form, now = await read_form(ctx), ctx.now
    try:
        found = await _find(ctx, order_id, photo_id)
        reason = words(form, "reason")
        await media.redact(photo_id, _boxes(form), ctx.actor, now, reason, area_code=found.order.area_code)
    except (NothingDrawn, PhotoReasonMissing, WordsTooLong, PhotoNotFound) as error:
        return await _page(ctx, order_id, photo_id, error)
    return _done(order_id, photo_id, "redact")


@post(f"{_PHOTO}/release", guards=[signed_in], include_in_schema=False)
async def release(ctx: Ctx, order_id: FromPath[int], photo_id: FromPath[UUID]) -> Response:
    return await _publish(ctx, order_id, photo_id, "release")


@post(f"{_PHOTO}/withhold", guards=[signed_in], include_in_schema=False)
async def withhold(ctx: Ctx, order_id: FromPath[int], photo_id: FromPath[UUID]) -> Response:
    return await _publish(ctx, order_id, photo_id, "withhold")


async def _publish(ctx: RequestContext, order_id: int, photo_id: UUID, act: str) -> Response:
    form, now = await read_form(ctx), ctx.now
    found = await _find(ctx, order_id, photo_id)
    verb = media.release if act == "release" else media.withhold
    try:
        await verb(photo_id, ctx.actor, now, words(form, "reason"), area_code=found.order.area_code)
    except (PhotoReasonMissing, WordsTooLong) as error:
        return await _page(ctx, order_id, photo_id, error, words(form, "reason"))
    return _done(order_id, photo_id, act)


def _done(order_id: int, photo_id: UUID, act: str) -> Response:
    return base.see_other(f"/o/{order_id}/photos/{photo_id}/redact?done={act}")


async def _find(ctx: RequestContext, order_id: int, photo_id: UUID) -> Subjected:
    """Raises OrderNotFound out of scope, EvidenceForbidden without the right, PhotoNotFound in another order."""
    now = ctx.now
    order = await get_order_of_photo(order_id, photo_id, Permission.REDACT_PHOTOS, ctx.actor, now)
    steps = {photo.step_id for photo in order.photos if photo.id == photo_id}
    attached = await media_reads.list_attached([PhotoSubject(SubjectKind.ORDER_STEP, step) for step in steps], now)
    for photo in attached:
        if photo.id == photo_id:
            return Subjected(order, photo)
    raise PhotoNotFound()


async def _page(
    ctx: RequestContext, order_id: int, photo_id: UUID, error: AppError | None = None, reason: str = ""
) -> Response:
    page, found = await base.page_of(ctx), await _find(ctx, order_id, photo_id)
    done = ctx.request.query_params.get("done", "")
    return base.html(
        "staff/redaction.html",
        page,
        status=error.status if error else 200,
        order=found.order,
        photo=found.photo,
        where=where_of(found.order),
        rows=_ROWS,
        done=done if done in _DONE else "",
        problem=base.problem_of(page, error) if error else None,
        reason=reason,
        mark=await _mark_of(ctx, found),
    )


async def _mark_of(ctx: RequestContext, found: Subjected) -> str:
    """What WeChat said of the photo; empty for nothing, and where WeChat is not set up."""
    mini_program = ctx.runtime.mini_program
    marks = await mini_program.find_picture_marks(found.order.id, ctx.now) if mini_program else {}
    return marks.get(found.photo.id, "")


def _boxes(form: FormMultiDict) -> list[Box]:
    """The boxes of the form, in percent of the picture's sides; rows left empty count for nothing.

    Raises NothingDrawn when no box is left that covers anything.
    """
    names = ("left", "top", "width", "height")
    rows = zip(*([_percent(value) for value in form.getall(name, [])] for name in names), strict=False)
    boxes = [_box(*row) for row in list(rows)[:_BOXES_MAX]]
    drawn = [box for box in boxes if box is not None]
    if not drawn:
        raise NothingDrawn()
    return drawn


def _percent(value: object) -> float:
    try:
        number = float(value) if isinstance(value, str) else 0.0
    except ValueError:
        return 0.0
    return min(max(number, 0.0), 100.0) if isfinite(number) else 0.0


def _box(left: float, top: float, width: float, height: float) -> Box | None:
    width, height = min(width, 100 - left), min(height, 100 - top)
    if width <= 0 or height <= 0:
        return None
    return Box(x=left / 100, y=top / 100, width=width / 100, height=height / 100)
