"""未收: the crew that takes nothing says why, with photos of what it found."""

from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.calendars.rules import shanghai_date
from backend.errors import AppError, BadRequest
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import FORM_MAX_BYTES, FormPhotos, read_form, take_photos, word, words
from backend.web.views import pickups as view
from shops.pickup.bookings import reading, refusing
from shops.pickup.structs import PickupRefusal, RefusalReason

_PATH = "/pickups/{booking_id:int}/refuse"
_PHOTOS = {"photos": "photo_ids"}


@get(_PATH, guards=[signed_in], include_in_schema=False)
async def show_refusal(ctx: Ctx, booking_id: Id) -> Response:
    return await _page(ctx, booking_id)


@post(_PATH, guards=[signed_in], include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def refuse(ctx: Ctx, booking_id: Id) -> Response:
    await refusing.require_crew(booking_id, ctx.actor)
    form = await read_form(ctx)
    photos = await take_photos(ctx, form, _PHOTOS, ctx.actor)
    try:
        photos.check()
        refused = await refusing.refuse(booking_id, _read(form, photos), ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, booking_id, form, photos, error)
    back = {"route": word(form, "route", 18), "on": shanghai_date(refused.slot.starts_at), "done": "refused"}
    return base.see_other(f"/pickups?{urlencode(back)}")


def _read(form: FormMultiDict, photos: FormPhotos) -> PickupRefusal:
    """Raises BadRequest where no reason was chosen, WordsTooLong."""
    said = {"reason": word(form, "refusal", 12), "note": words(form, "note"), "photo_ids": photos.ids("photo_ids")}
    try:
        return msgspec.convert(said, PickupRefusal)
    except msgspec.ValidationError as error:
        raise BadRequest("pickup-refusal-unclear") from error


async def _page(
    ctx: RequestContext,
    booking_id: int,
    form: Any = None,
    photos: FormPhotos | None = None,
    error: AppError | None = None,
) -> Response:
    shop = await refusing.require_crew(booking_id, ctx.actor)
    booking, page = await reading.get(booking_id, ctx.now), await base.page_of(ctx)
    return base.html(
        "pickups/refusal.html",
        page,
        status=error.status if error else 200,
        shop=shop,
        booking=booking,
        slot_words=view.slot_words(page, booking.slot),
        on=shanghai_date(booking.slot.starts_at),
        reasons=list(RefusalReason),
        is_open=booking.state in reading.CHANGEABLE,
        route=word(form or ctx.request.query_params, "route", 18),
        reason=word(form or {}, "refusal", 12),
        note=words(form or {}, "note"),
        kept=photos.stored.get("photo_ids", []) if photos else [],
        problem=base.problem_of(page, error) if error else None,
    )
