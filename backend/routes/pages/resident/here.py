"""按地图上报: a report without a plate. A position or an area begins; a tap on the map or a place puts it right.

The map is a picture that is a button of the form itself: without scripts, too, a browser sends where it was pressed,
and with it all that was chosen, written and photographed. A position travels in bodies alone: no address, no history,
no log line holds one, and the map is drawn into the page.
"""

from dataclasses import dataclass, field, replace
from urllib.parse import quote

from litestar import Response, get, post
from litestar.datastructures import Cookie, FormMultiDict

from backend.accounts.structs import Actor
from backend.errors import AppError
from backend.geo.area_codes import TOWN_CHARS
from backend.geo.lonlat import LonLat
from backend.geo.points import Fix, FixSource
from backend.places import queries as places
from backend.places import vicinity
from backend.places.kinds import AreaLevel
from backend.reports import candidates, rules
from backend.reports import service as reports
from backend.reports.structs import CaseLocation, Join, Submission, SubmissionResult
from backend.routes.actions import live_maps
from backend.routes.http import quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.limits import address_of
from backend.routes.http.parameters import door_of
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import (
    FORM_MAX_BYTES,
    brings_photos,
    new_key,
    read_form,
    read_key,
    typed_point,
    word,
    words,
)
from backend.routes.pages.resident import landing
from backend.routes.pages.resident.landing import PHOTOS
from backend.structs import IdempotencyKey
from backend.web.views import page as web
from backend.web.views.page import PageContext
from media.structs import PhotoView

SIDE_PX = 272
"""Fits the narrowest phone; a browser tells where the picture was pressed in its own pixels."""
HALF_M = 120.0
_CHOICES = 6
_HIGH = "min(62vh, 26rem)"
_AS_THEY_ARE = " /:;,=()-."
"""Characters that need no escape in an address of data; fewer escapes are fewer bytes."""
_VAGUEST_M = 999_999


@dataclass(frozen=True, slots=True)
class MapReportDraft:
    """What the reader had written when the server refused it."""

    idempotency_key: IdempotencyKey
    item: str = ""
    description: str = ""
    photos: dict[str, list[PhotoView]] = field(default_factory=dict)
    problem: dict[str, str] | None = None
    about: int | None = None
    """How exact the phone's position is on which the pin stands, in metres; None for a pin put there by hand."""


@get("/here", include_in_schema=False)
async def show_here(ctx: Ctx) -> Response:
    """Where to begin, or the map around the middle of a committee's area. A position in the address is not read."""
    query = ctx.request.query_params
    if "lng" in query or "lat" in query:
        return base.see_other("/here")
    area = query.get("area", "")
    if middle := await _middle_of(area):
        return await _form(ctx, middle, MapReportDraft(new_key()))
    return await _begin(ctx, area[:TOWN_CHARS] if _is_area(area) else "")


async def _middle_of(area: str) -> LonLat | None:
    """The middle of a committee's area; None for what names none."""
    is_committees = _is_area(area) and len(area) > TOWN_CHARS
    centres = await vicinity.list_centres(AreaLevel.COMMITTEE, area, 1) if is_committees else []
    return centres[0].point if centres else None


def _is_area(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal()


@post("/here", include_in_schema=False, status_code=200, request_max_body_size=FORM_MAX_BYTES)
async def show_around(ctx: Ctx) -> Response:
    """The map around the position that was sent, or around where its picture was pressed, with all that came along."""
    form = await read_form(ctx)
    point = typed_point(word(form, "lng"), word(form, "lat")) or await _middle_of(word(form, "area", 12))
    if point is None:
        return await _begin(ctx, "")
    pressed = _pressed(word(form, "pin.x"), word(form, "pin.y"))
    there = vicinity.moved(point, *pressed) if pressed else point
    draft = replace(_draft(form), about=None if pressed else _about(word(form, "about", 12)))
    if not brings_photos(form, PHOTOS):
        return await _form(ctx, there, draft)
    return await _form_with_photos(ctx, form, there, draft)


async def _form_with_photos(ctx: RequestContext, form: FormMultiDict, there: LonLat, draft: MapReportDraft) -> Response:
    """The map around `there`, with the photos that came, or with what one of them was refused for."""
    actor, session = await landing.sender(ctx)
    photos = await landing.take_report_photos(ctx, form, actor)
    draft = replace(draft, photos=photos.stored)
    if photos.refused is not None:
        return await _refused(ctx, there, draft, photos.refused, session)
    response = await _form(ctx, there, draft)
    response.cookies.extend(session)
    return response


@post("/here/report", include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def report_here(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    middle = typed_point(word(form, "lng"), word(form, "lat")) or LonLat(0, 0)
    actor, session = await landing.sender(ctx)
    photos = await landing.take_report_photos(ctx, form, actor)
    draft = replace(_draft(form), photos=photos.stored)
    try:
        photos.check()
        sent = await _submit(ctx, draft, actor, _reported_position(form, middle, draft.about))
    except AppError as error:
        return await _refused(ctx, middle, draft, error, session)
    return base.see_other(f"/r/{sent.receipt.tracking_token}?new=1", session)


def _reported_position(form: FormMultiDict, middle: LonLat, about: int | None) -> Fix:
    """The place that was chosen from the list (its field holds `lng,lat`), else the pin in the middle of the map."""
    picked = typed_point(*[*word(form, "where", 60).split(","), ""][:2]) or middle
    is_picked = _is_vague(about) and bool(word(form, "where"))  # the page marks none beforehand
    return _fix_of(picked, middle, None if is_picked else about)


async def _submit(ctx: RequestContext, draft: MapReportDraft, actor: Actor, point: Fix) -> SubmissionResult:
    """File the report and charge the quota of its sender, a repeat not twice. Raises AppError."""
    taken = await quotas.take(ctx, "report", actor, door=door_of(None, point))
    submission = Submission(
        idempotency_key=draft.idempotency_key,
        item=draft.item,
        point=point,
        description=draft.description,
        photo_ids=[photo.id for photo in draft.photos["photo_ids"]],
    )
    base_url = ctx.settings.base_url
    sent = await reports.submit_anew(submission, actor, base_url=base_url, now=ctx.now)
    await quotas.give_back_unless(sent.is_new, taken)
    return sent


@post("/here/join", include_in_schema=False)
async def join_here(ctx: Ctx) -> Response:
    """我也遇到: one tap on what is reported near the pin already."""
    form = await read_form(ctx)
    key = read_key(form, "client_id", 40) or new_key()
    middle = typed_point(word(form, "lng"), word(form, "lat")) or LonLat(0, 0)
    actor, session = await landing.sender(ctx)
    join = _join_of(form, key, middle)
    try:
        await quotas.take(ctx, "join", actor)
        joined = await reports.join(join, actor, base_url=ctx.settings.base_url, now=ctx.now)
    except AppError as error:
        return await _refused(ctx, middle, MapReportDraft(key), error, session)
    return base.see_other(f"/r/{joined.receipt.tracking_token}?new=1", session)


def _join_of(form: FormMultiDict, key: IdempotencyKey, middle: LonLat) -> Join:
    order = word(form, "order", 18)
    return Join(
        idempotency_key=IdempotencyKey(f"{key}-{order}"),
        order_id=int(order) if order.isdecimal() else None,
        point=_fix_of(middle, middle, _about(word(form, "about", 12))),
    )


def _draft(form: FormMultiDict) -> MapReportDraft:
    key = read_key(form, "client_id", 60) or new_key()
    about = _about(word(form, "about", 12))
    return MapReportDraft(key, word(form, "item", 8), words(form, "description"), about=about)


async def _refused(
    ctx: RequestContext, middle: LonLat, draft: MapReportDraft, error: AppError, session: list[Cookie]
) -> Response:
    """The form again, with the reason and all that came."""
    page = base.reader_of(ctx)
    problem = base.problem_of(page, error, stored=landing.stored_words(page, draft.photos))
    response = await _form(ctx, middle, replace(draft, problem=problem), status=error.status)
    response.cookies.extend(session)
    return response


async def _begin(ctx: RequestContext, area: str) -> Response:
    """Where to begin without a position: the phone's, if it may tell, else a town, else one of its committees."""
    centres = await vicinity.list_centres(AreaLevel.TOWN) if not area else []
    if len(centres) == 1:
        area = centres[0].code
    if area:
        centres = await vicinity.list_centres(AreaLevel.COMMITTEE, area)
    page = await base.page_of(ctx)
    live_map = await live_maps.map_of_areas(ctx, page, page.t("here.map"), [area], picks=True, high=_HIGH)
    return base.html("resident/map_start.html", page, centres=centres, is_town=not area, live_map=live_map)


async def _form(ctx: RequestContext, point: LonLat, draft: MapReportDraft, status: int = 200) -> Response:
    ctx.runtime.limits.candidates_by_address.take(address_of(ctx.request))
    page = await base.page_of(ctx)
    offers = ctx.runtime.offers
    around = await places.look_around(point, within_m=HALF_M)
    kinds = rules.reporter_kinds(page.actor, around.area_code or "") if page.actor else rules.EVERYBODY
    near = await places.list_near(point, HALF_M, limit=_CHOICES) if around.area_code else None
    return base.html(
        "resident/map_report.html",
        page,
        status=status,
        point=point,
        map=await _map(page, point),
        live_map=await live_maps.map_within(ctx, page, page.t("here.map"), None, pin=point, picks=True, high=_HIGH),
        is_ours=around.area_code is not None,
        near=near.items if near else [],
        reported=await candidates.list_candidates(CaseLocation(point=point), None, page.now) if near else [],
        side=SIDE_PX,
        about=draft.about,
        is_vague=_is_vague(draft.about),
        options=await offers.options(page, kinds, draft.item),
        draft=draft,
    )


async def _map(page: PageContext, point: LonLat) -> str:
    """The picture of what lies around, as an address that holds the picture itself."""
    drawn = await vicinity.look(point, HALF_M)
    svg = web.render("resident/map.svg", page, drawn=drawn, side=SIDE_PX)
    return "data:image/svg+xml," + quote(svg, safe=_AS_THEY_ARE)


def _about(typed: str | None) -> int | None:
    return min(int(typed), _VAGUEST_M) if typed and typed.isascii() and typed.isdecimal() else None


def _is_vague(about: int | None) -> bool:
    return about is not None and about > rules.SPOT_ACCURACY_M


def _fix_of(picked: LonLat, pin: LonLat, about: int | None) -> Fix:
    """What was chosen by hand is meant; a pin that was left where the phone put it is as exact as the phone."""
    if about is not None and picked == pin:
        return Fix(picked.lng, picked.lat, accuracy_m=about)
    return Fix(picked.lng, picked.lat, source=FixSource.MANUAL)


def _pressed(x: str | None, y: str | None) -> tuple[float, float] | None:
    """Metres east and south of the middle at which the map was pressed. A keyboard presses its corner: no move."""
    if not (x and y and x.isdecimal() and y.isdecimal()) or (x, y) == ("0", "0"):
        return None
    across_px, down_px = min(int(x[:4]), SIDE_PX), min(int(y[:4]), SIDE_PX)
    metres_per_px = 2 * HALF_M / SIDE_PX
    return (across_px - SIDE_PX / 2) * metres_per_px, (down_px - SIDE_PX / 2) * metres_per_px
