"""填报: one target with its form. A plain form without scripts; with them it waits in the outbox for the network."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.campaigns.forms import storing
from backend.campaigns.forms.answers import GivenAnswer
from backend.campaigns.forms.fields import CampaignFieldKind, FormContent
from backend.campaigns.records import unsealing
from backend.campaigns.records.sealing import TargetContact
from backend.campaigns.records.structs import NewCampaignRecord
from backend.campaigns.rounds import own_tasks
from backend.campaigns.rounds.structs import OwnTaskDetail
from backend.errors import AppError
from backend.routes.actions.campaign_records import file_from_phone
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
    row_number,
    take_photos,
    word,
    words,
)
from backend.structs import IdempotencyKey
from backend.web.views import campaign_form
from media.structs import PhotoView
from qr import codes

_KEY_CHARS, PHOTOS_OF_A_FIELD = 80, 3


@dataclass(frozen=True, slots=True)
class CheckDraft:
    """What was filled in when the server refused it. The key stays, and the photos by their fields."""

    key: IdempotencyKey = field(default_factory=new_key)
    code: str = ""
    nonce: str = ""
    said: Mapping[str, list[str]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    photos: Mapping[str, list[PhotoView]] = field(default_factory=dict)


@get("/checks/{task_id:int}", guards=[signed_in], include_in_schema=False)
async def show_check(ctx: Ctx, task_id: Id) -> Response:
    query = ctx.request.query_params
    draft = CheckDraft(code=query.get("code", "")[:200], nonce=query.get("nonce", "")[:64])
    return await _page(ctx, await own_tasks.get_own(task_id, ctx.actor), draft)


@post("/checks/{task_id:int}", guards=[signed_in], include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def send_check(ctx: Ctx, task_id: Id) -> Response:
    task, form = await own_tasks.get_own(task_id, ctx.actor), await read_form(ctx)
    form_id, content = await _version(task, row_number(form, "form_id"))
    photos = await take_photos(ctx, form, _photo_fields(content), ctx.actor, PHOTOS_OF_A_FIELD)
    draft = changed(_draft(form, content), photos=photos.stored)
    try:
        photos.check()
        filed = await file_from_phone(ctx, task_id, _record(form_id, content, draft, photos))
    except AppError as error:
        return await _page(ctx, task, draft, error)
    orders = sum(each.order_id is not None for each in filed.orders)
    return base.see_other(f"/checks?done={filed.outcome.value}&orders={orders}")


@post("/checks/{task_id:int}/contact", guards=[signed_in], include_in_schema=False)
async def open_contact(ctx: Ctx, task_id: Id) -> Response:
    """A press and not a link: that it was read is a fact."""
    task = await own_tasks.get_own(task_id, ctx.actor)
    contact = await unsealing.open_contact(task_id, ctx.actor, ctx.runtime.personal_seal, ctx.now)
    return await _page(ctx, task, CheckDraft(), contact=contact)


async def _version(task: OwnTaskDetail, form_id: int) -> tuple[int, FormContent]:
    """The version that the page had, else the one of today."""
    found = (await storing.find_forms([form_id])).get(form_id) if form_id else None
    if found is None or found.campaign_id != task.task.campaign_id:
        return task.form_id, task.content
    return found.id, found.content


def _photo_fields(content: FormContent) -> dict[str, str]:
    return {f"p-{each.key}": f"photo_ids-{each.key}" for each in content.fields}


def _draft(form: FormMultiDict, content: FormContent) -> CheckDraft:
    def said_of(key: str, kind: CampaignFieldKind) -> list[str]:
        if kind is CampaignFieldKind.SEVERAL:
            return [str(each)[:20] for each in form.getall(f"a-{key}", [])]
        return [words(form, f"a-{key}")]

    said = {each.key: said_of(each.key, each.kind) for each in content.fields}
    return CheckDraft(
        key=read_key(form, "client_id", _KEY_CHARS) or new_key(),
        code=word(form, "code"),
        nonce=word(form, "nonce", 64),
        said={key: values for key, values in said.items() if any(values)},
        notes={each.key: note for each in content.fields if (note := words(form, f"n-{each.key}"))},
    )


def _record(form_id: int, content: FormContent, draft: CheckDraft, photos: FormPhotos) -> NewCampaignRecord:
    answers: list[GivenAnswer] = []
    for each in content.fields:
        said, photo_ids = draft.said.get(each.key, []), photos.ids(f"photo_ids-{each.key}")
        if not (said or photo_ids):
            continue
        is_several = each.kind is CampaignFieldKind.SEVERAL
        answers.append(
            GivenAnswer(
                field=each.key,
                value="" if is_several or not said else said[0],
                values=said if is_several else [],
                note=draft.notes.get(each.key, ""),
                photo_ids=photo_ids,
            )
        )
    code = codes.parse(draft.code) if draft.code else None
    return NewCampaignRecord(
        client_id=draft.key, form_id=form_id, answers=answers, code=code, nonce=draft.nonce or None
    )


async def _page(
    ctx: RequestContext,
    task: OwnTaskDetail,
    draft: CheckDraft,
    error: AppError | None = None,
    contact: TargetContact | None = None,
) -> Response:
    page = await base.page_of(ctx)
    return base.html(
        "campaigns/check.html",
        page,
        status=error.status if error else 200,
        task=task.task,
        about=task.about,
        form_id=task.form_id,
        rows=campaign_form.rows_of(task.content, page, task.task.kind),
        draft=draft,
        contact=contact,
        photos_most=PHOTOS_OF_A_FIELD,
        problem=base.problem_of(page, error) if error else None,
    )
