"""投诉举报: the form behind a shop's code. Whoever sends it is sealed before anything is filed."""

from contextlib import suppress
from dataclasses import dataclass, field, replace
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import Cookie, FormMultiDict
from litestar.params import FromPath

from backend.accounts.structs import Actor
from backend.errors import AppError
from backend.reports.structs import Submission
from backend.routes.actions import complaining, scanning
from backend.routes.http.auth import SEALED
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import FORM_MAX_BYTES, new_key, read_form, read_key, take_photos, word, words
from backend.routes.pages.resident import landing
from backend.routes.pages.resident.landing import PHOTOS, PHOTOS_MAX
from backend.structs import IdempotencyKey
from media.structs import PhotoView
from qr.codes import Code
from shops.complaints.structs import Contact

_PATH = "/q/{code:str}/complain"
_KEY_CHARS, _NAME_CHARS, _PHONE_CHARS = 60, 60, 30


@dataclass(frozen=True, slots=True)
class ComplaintDraft:
    """What was written when the server refused it. The key stays: with it the photos that are kept."""

    idempotency_key: IdempotencyKey = field(default_factory=new_key)
    item: str = complaining.ITEMS[0]
    description: str = ""
    name: str = ""
    phone: str = ""
    photos: dict[str, list[PhotoView]] = field(default_factory=dict)
    problem: dict[str, str] | None = None

    @property
    def contact(self) -> Contact:
        return Contact(name=self.name, phone=self.phone)


@get(_PATH, include_in_schema=False, opt=SEALED)
async def show_complaint(ctx: Ctx, code: FromPath[str]) -> Response:
    async with scanning.parsing_address(ctx, code, None) as plate:
        return await _page(ctx, plate, ComplaintDraft())


@post(_PATH, include_in_schema=False, opt=SEALED, request_max_body_size=FORM_MAX_BYTES)
async def send_complaint(ctx: Ctx, code: FromPath[str]) -> Response:
    form = await read_form(ctx)
    draft = _draft(form)
    reporter, session = await landing.sender(ctx)
    async with scanning.parsing_address(ctx, code, None) as plate:
        try:
            await complaining.get_shop_front(plate)
            behind = await _stand_behind(ctx, form, draft, reporter, plate)
            photos = await take_photos(ctx, form, PHOTOS, behind.pseudonym, PHOTOS_MAX)
            draft = replace(draft, photos=photos.stored)
            photos.check()
            sent = await complaining.complain(ctx, _submission(plate, draft), behind)
        except AppError as error:
            return await _refused(ctx, plate, draft, error, session)
    return base.see_other(f"/r/{sent.receipt.tracking_token}?new=1", session)


async def _stand_behind(
    ctx: RequestContext, form: FormMultiDict, draft: ComplaintDraft, reporter: Actor, code: Code
) -> complaining.Behind:
    """Who files it, with the photos that the page's script sent before under the reporter's account."""
    photo_ids = list[UUID]()
    for value in form.getall(PHOTOS["photo"], []):
        with suppress(ValueError):
            photo_ids.append(UUID(str(value)))
    key, known = draft.idempotency_key, {"item": draft.item, "door": code}
    return await complaining.stand_behind(ctx, reporter, key, draft.contact, photo_ids, **known)


def _submission(code: Code, draft: ComplaintDraft) -> Submission:
    return Submission(
        idempotency_key=draft.idempotency_key,
        code=code,
        item=draft.item,
        description=draft.description,
        photo_ids=[photo.id for photo in draft.photos[PHOTOS["photo"]]],
    )


def _draft(form: FormMultiDict) -> ComplaintDraft:
    return ComplaintDraft(
        idempotency_key=read_key(form, "client_id", _KEY_CHARS) or new_key(),
        item=word(form, "item", 8),
        description=words(form, "description"),
        name=word(form, "name", _NAME_CHARS),
        phone=word(form, "phone", _PHONE_CHARS),
    )


async def _refused(
    ctx: RequestContext, code: Code, draft: ComplaintDraft, error: AppError, session: list[Cookie]
) -> Response:
    """The form again, with the reason and all that came; a code that is no shop's has no form."""
    if isinstance(error, complaining.NotAShop):
        raise error
    page = base.reader_of(ctx)
    stored = landing.stored_words(page, draft.photos)
    response = await _page(ctx, code, replace(draft, problem=base.problem_of(page, error, stored)), error.status)
    response.cookies.extend(session)
    return response


async def _page(ctx: RequestContext, code: Code, draft: ComplaintDraft, status: int = 200) -> Response:
    place = await complaining.get_shop_front(code)
    page = await base.page_of(ctx)
    return base.html(
        "shops/complaint.html",
        page,
        status=status,
        place=place,
        code=code,
        items=complaining.ITEMS,
        draft=draft,
    )
