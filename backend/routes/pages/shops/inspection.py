"""检查: an inspector's check list on the phone. Every point is in order until it is said not to be, with a photo."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.errors import AppError
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import (
    FORM_MAX_BYTES,
    FormPhotos,
    new_key,
    read_form,
    read_key,
    take_photos,
    word,
    words,
)
from backend.structs import IdempotencyKey
from media.structs import PhotoView
from shops.inspections import access, inspecting, queries
from shops.inspections.structs import ChecklistView, CheckPoint, NewFinding, NewInspection
from shops.register.structs import Shop

_PATH = "/shops/{shop_id:int}/inspect"
_KEY_CHARS, _PHOTOS_OF_A_POINT = 60, 3
_FAULT = "fault"


@dataclass(frozen=True, slots=True)
class InspectionDraft:
    """What was written when the server refused it. The key stays, and the photos by their fields."""

    key: IdempotencyKey = field(default_factory=new_key)
    faults: frozenset[int] = frozenset()
    notes: Mapping[int, str] = field(default_factory=dict)
    photos: Mapping[str, list[PhotoView]] = field(default_factory=dict)


@get(_PATH, guards=[signed_in], include_in_schema=False)
async def show_inspection(ctx: Ctx, shop_id: Id) -> Response:
    return await _page(ctx, await _require(ctx, shop_id), _number(ctx.request.query_params.get("list", "")))


@post(_PATH, guards=[signed_in], include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def send_inspection(ctx: Ctx, shop_id: Id) -> Response:
    shop, form = await _require(ctx, shop_id), await read_form(ctx)
    checklist = await queries.get_checklist(_number(word(form, "checklist_id", 18)))
    draft = _draft(form, checklist)
    fields = {f"photo-{point_id}": f"photo_ids-{point_id}" for point_id in sorted(draft.faults)}
    photos = await take_photos(ctx, form, fields, ctx.actor, _PHOTOS_OF_A_POINT)
    try:
        photos.check()
        made = await inspecting.inspect(shop_id, _made(checklist, draft, photos), ctx.actor, ctx.now)
    except AppError as error:
        refused = InspectionDraft(draft.key, draft.faults, draft.notes, photos.stored)
        return await _page(ctx, shop, checklist.id, refused, error)
    return base.see_other(f"/shops/{shop_id}/findings?score={made.score}")


async def _require(ctx: RequestContext, shop_id: int) -> Shop:
    shop = await access.require_reader(shop_id, ctx.actor)
    await inspecting.require_inspector(ctx.actor, shop)
    return shop


def _draft(form: FormMultiDict, checklist: ChecklistView) -> InspectionDraft:
    faults = [point for point in checklist.points if word(form, f"point-{point.id}", 5) == _FAULT]
    return InspectionDraft(
        key=read_key(form, "client_id", _KEY_CHARS) or new_key(),
        faults=frozenset(point.id for point in faults),
        notes={point.id: words(form, f"note-{point.id}") for point in faults},
    )


def _made(checklist: ChecklistView, draft: InspectionDraft, photos: FormPhotos) -> NewInspection:
    def finding(point: CheckPoint) -> NewFinding:
        photo_ids: list[UUID] = photos.ids(f"photo_ids-{point.id}")
        return NewFinding(point_id=point.id, note=draft.notes[point.id], photo_ids=photo_ids)

    found = [finding(point) for point in checklist.points if point.id in draft.faults]
    return NewInspection(client_id=draft.key, checklist_id=checklist.id, findings=found)


def _number(said: str) -> int:
    """A list's number; 0 for none."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) <= 18 else 0


async def _page(
    ctx: RequestContext,
    shop: Shop,
    checklist_id: int,
    draft: InspectionDraft | None = None,
    error: AppError | None = None,
) -> Response:
    page, lists = await base.page_of(ctx), await queries.list_checklists(shop.area_code)
    return base.html(
        "shops/inspection.html",
        page,
        status=error.status if error else 200,
        shop=shop,
        lists=lists,
        chosen=await queries.get_checklist(checklist_id) if checklist_id else None,
        draft=draft or InspectionDraft(),
        problem=base.problem_of(page, error) if error else None,
    )
