"""The page behind a door code: what is known here, and the report form, which works with and without scripts."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from litestar import Response, get, post
from litestar.datastructures import Cookie, FormMultiDict
from litestar.params import FromPath

from backend.accounts.structs import Actor
from backend.committees.patrols import reads as patrols
from backend.errors import AppError
from backend.lifts import queries as lifts
from backend.places.kinds import PlaceKind
from backend.reports import landing as doors
from backend.reports import rules
from backend.reports import service as reports
from backend.reports.landing import Door
from backend.reports.structs import Join, Submission, SubmissionResult
from backend.routes.actions import scanning, signing_in
from backend.routes.http import cookies, quotas
from backend.routes.http.dependencies import Ctx
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
from backend.routes.pages.shops.at_place import shop_page_of
from backend.structs import IdempotencyKey
from backend.web.views import door_page, door_view, item_choices
from backend.web.views.door_page import DoorWords
from backend.web.views.item_chips import as_chips
from backend.web.views.page import PageContext
from backend.web.views.reported_here import reported_here
from media.structs import PhotoView
from qr import codes, runtime
from qr.codes import Code
from qr.errors import CodeForeign, CodeMalformed, CodeRevoked, CodeUnknown
from qr.structs import CodePlace
from shops.grades import publishing

PHOTOS_MAX = 3
PHOTOS = {"photo": "photo_ids"}
"""The field of files in a report's form, and the one in which photos that are kept come back."""
_TYPED_MAX, _CODE_MAX = 200, 40
_GRADE = publishing.public_grade("door")
"""Asked with the door: it stands on the page of a shop whose town shows grades."""


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """What the reader had written when the server refused it."""

    idempotency_key: IdempotencyKey = field(default_factory=new_key)
    item: str = ""
    description: str = ""
    nonce: str = ""
    """What came with the page that the form was on: a page that was refused is no new scan."""
    photos: Mapping[str, list[PhotoView]] = field(default_factory=dict)
    """Those that were taken in before something else was refused, by the field that sends them again."""
    problem: dict[str, str] | None = None

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written yet."""
        return not (self.item or self.description or self.photos or self.problem)


@get("/q", include_in_schema=False)
async def find_code(ctx: Ctx) -> Response:
    """Where the form for a typed code, or for the address in its symbol, leads."""
    typed = ctx.request.query_params.get("code", "").strip()[:_TYPED_MAX]
    if not typed:
        return base.see_other("/")
    try:
        return base.see_other(f"/q/{runtime.current_runtime().payload.parse(typed)}")
    except (CodeForeign, CodeMalformed) as error:
        return _unusable(await base.page_of(ctx), typed, _why(error), error.status)


@get("/q/{code:str}", include_in_schema=False)
async def show_landing(ctx: Ctx, code: FromPath[str]) -> Response:
    page = await base.page_of(ctx)
    try:
        door = await scanning.scan(ctx, code, partial(_look, page))
    except (CodeUnknown, CodeRevoked) as error:
        return _unusable(page, code, _why(error), error.status)
    return await _landing(ctx, page, door, ReportDraft(nonce=runtime.nonce(door.code, page.now)))


@post("/q/{code:str}/report", include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def send_report(ctx: Ctx, code: FromPath[str]) -> Response:
    form = await read_form(ctx)
    draft = _draft(form)
    actor, session = await sender(ctx)
    async with scanning.parsing_address(ctx, code, draft.nonce) as plate:
        photos = await take_report_photos(ctx, form, actor)
        draft = replace(draft, photos=photos.stored)
        try:
            photos.check()
            sent = await _submit(ctx, plate, draft, actor)
        except AppError as error:
            response = await refused(ctx, plate, draft, error)
            response.cookies.extend(session)
            return response
    return base.see_other(f"/r/{sent.receipt.tracking_token}?new=1", session)


@post("/q/{code:str}/join", include_in_schema=False)
async def join_order(ctx: Ctx, code: FromPath[str]) -> Response:
    """我也遇到: one tap on what is reported here already."""
    form = await read_form(ctx)
    draft, order = _draft(form), word(form, "order", 18)
    actor, session = await sender(ctx)
    async with scanning.parsing_address(ctx, code, draft.nonce) as plate:
        try:
            await quotas.take(ctx, "join", actor)
            tracking = await _join(ctx, plate, draft, order, actor)
        except AppError as error:
            response = await refused(ctx, plate, ReportDraft(nonce=draft.nonce), error)
            response.cookies.extend(session)
            return response
    return base.see_other(f"/r/{tracking}?new=1", session)


def _draft(form: FormMultiDict) -> ReportDraft:
    return ReportDraft(
        idempotency_key=read_key(form, "client_id", 60) or new_key(),
        item=word(form, "other") or word(form, "item"),
        description=words(form, "description"),
        nonce=word(form, "nonce", 64),
    )


async def _join(ctx: RequestContext, code: Code, draft: ReportDraft, order: str, actor: Actor) -> str:
    """The tracking token of the joined report. Two orders on one page are two reports."""
    order_id = int(order) if order.isdecimal() else None
    key = IdempotencyKey(f"{draft.idempotency_key[:40]}-{order}")
    join = Join(idempotency_key=key, order_id=order_id, code=code, nonce=draft.nonce)
    base_url = ctx.settings.base_url
    joined = await reports.join(join, actor, base_url=base_url, now=ctx.now)
    return joined.receipt.tracking_token


async def sender(ctx: RequestContext) -> tuple[Actor, list[Cookie]]:
    """Who sends the form; a stranger becomes a device, with the cookies that say so."""
    if ctx.visitor is not None:
        return ctx.visitor, []
    tokens = await signing_in.open_device_session(ctx)
    opened = ctx.runtime.keys.open(tokens.access_token, ctx.now)
    return opened.actor, cookies.session_cookies(tokens, is_https=ctx.settings.is_https)


async def take_report_photos(ctx: RequestContext, form: FormMultiDict, actor: Actor) -> FormPhotos:
    """The photos of a report's form. When the quota is used up, those that were taken until then, and the reason."""
    return await take_photos(ctx, form, PHOTOS, actor, PHOTOS_MAX)


async def _submit(ctx: RequestContext, code: Code, draft: ReportDraft, actor: Actor) -> SubmissionResult:
    """File the report and charge the quota of its sender, a repeat not twice. Raises AppError."""
    taken = await quotas.take(ctx, "report", actor, door=code)
    submission = Submission(
        idempotency_key=draft.idempotency_key,
        code=code,
        nonce=draft.nonce,
        item=draft.item,
        description=draft.description,
        photo_ids=[photo.id for photo in draft.photos["photo_ids"]],
    )
    base_url = ctx.settings.base_url
    sent = await reports.submit_anew(submission, actor, base_url=base_url, now=ctx.now)
    await quotas.give_back_unless(sent.is_new, taken)
    return sent


async def refused(ctx: RequestContext, code: Code, draft: ReportDraft, error: AppError) -> Response:
    """The form again, with the reason and all that can be kept."""
    page = await base.page_of(ctx)
    door = await _look(page, code)
    unsent = replace(
        draft, idempotency_key=new_key(), problem=base.problem_of(page, error, stored=stored_words(page, draft.photos))
    )
    return await _landing(ctx, page, door, unsent, status=error.status)


async def show_with(ctx: RequestContext, code: Code, draft: ReportDraft) -> Response:
    """The form of a code with what was brought along from elsewhere."""
    page = await base.page_of(ctx)
    return await _landing(ctx, page, await _look(page, code), draft)


def stored_words(page: PageContext, photos: Mapping[str, list[PhotoView]]) -> str:
    """What of a refused form is kept."""
    count = sum(map(len, photos.values()))
    return page.t("landing.kept_all", n=count) if count else page.t("landing.kept")


async def _look(page: PageContext, code: Code) -> Door:
    return await doors.get_door(code, page.actor, page.now, frequent=item_choices.CHIPS, also=_GRADE)


async def _landing(
    ctx: RequestContext, page: PageContext, door: Door, draft: ReportDraft, status: int = 200
) -> Response:
    place = door.resolved.place
    if place is None:
        return _unusable(page, door.code, "unbound", 404)
    offers = ctx.runtime.offers
    kinds = rules.reporter_kinds(page.actor, place.area_code) if page.actor else rules.EVERYBODY
    items = await offers.open_to(kinds, page.now)
    chips = item_choices.chips(items, door.frequent, door_view.first_items(items, page.actor))
    is_rare = bool(draft.item) and draft.item not in [chip.code for chip in chips]
    face = door_view.door_view_of(door, page.actor)
    shown = {
        "reported": reported_here(page, face),
        "chips": as_chips(page, chips, draft.item),
        "options": await offers.options(page, kinds, draft.item if is_rare else ""),
    }
    named, grade, is_shop = _place(place, door.code), door.also or "", place.kind == PlaceKind.STOREFRONT
    is_lift = place.kind == PlaceKind.POINT and await lifts.find_at_place(place.id) is not None
    if page.has_no_part and draft.is_blank:
        words = DoorWords(**named, **shown, key=draft.idempotency_key, nonce=draft.nonce)
        rendered = door_page.door_page(page, words, is_shop=is_shop, is_lift=is_lift, grade=grade)
        return base.answer(door_page.TEMPLATE, page, rendered, names_somebody=bool(face.own_tokens))
    shop_page = await shop_page_of(page, place)
    return base.html(
        door_page.TEMPLATE,
        page,
        status=status,
        names_somebody=bool(face.own_tokens or draft.problem or draft.photos or shop_page),
        shop_page=shop_page,
        place=named | {"id": place.id, "is_shop": is_shop, "is_lift": is_lift},
        grade=grade,
        face=face,
        walks=await patrols.list_here(place.id, page.actor) if page.actor and page.walks else [],
        is_rare=is_rare,
        draft=draft,
        **shown,
    )


def _place(here: CodePlace, code: Code) -> dict[str, str]:
    beside = [here.address if here.address != here.label else "", here.area_name]
    subtitle = " · ".join(filter(None, beside))
    named = {"title": here.label, "subtitle": subtitle, "code": code, "grouped": codes.grouped(code)}
    return named | {"lng": f"{here.point.lng:.6f}", "lat": f"{here.point.lat:.6f}"}


def _why(error: AppError) -> str:
    if isinstance(error, CodeForeign):
        return "foreign"
    if isinstance(error, CodeRevoked):
        return "revoked"
    return "malformed" if isinstance(error, CodeMalformed) else "unknown"


def _unusable(page: PageContext, code: str, why: str, status: int) -> Response:
    return base.html("resident/unusable_code.html", page, status=status, why=why, code=code[:_CODE_MAX])
