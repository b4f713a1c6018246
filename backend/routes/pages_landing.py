"""The page behind a door code: what is known here, and the report form, which works with and without scripts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.params import FromPath
from litestar.response import Redirect

from backend import clock
from backend.accounts.structs import Actor
from backend.errors import HouseError
from backend.orders.queries import at_place
from backend.places.kinds import Kind
from backend.reports import candidates, rules
from backend.reports import service as reports
from backend.reports.structs import Candidate, Join, Spot, Submission
from backend.routes import cookies, pages_base, scanning, signing_in
from backend.routes.pages_forms import FORM_MAX_BYTES, read_form, receive_photos, word
from backend.web import matters
from backend.web.offers import Offers
from backend.web.page import Page
from qr import codes
from qr import queries as qr
from qr.errors import CodeRevoked, CodeUnknown
from qr.structs import CodePlace

_HERE_MAX = 5
_PHOTOS_MAX = 3


@dataclass(frozen=True, slots=True)
class Draft:
    """What the reader had written when the server refused it."""

    client_id: str = field(default_factory=lambda: str(uuid4()))
    chosen: str = ""
    description: str = ""
    problem: dict[str, str] | None = None


@get("/q", include_in_schema=False)
async def find_code(request: Request) -> Redirect:
    """Where the form for a typed code leads."""
    typed = codes.normalise(request.query_params.get("code", ""))[:40]
    return pages_base.see_other(f"/q/{typed}" if typed.isalnum() else "/")


@get("/q/{code:str}", include_in_schema=False)
async def show_landing(request: Request, code: FromPath[str]) -> Response:
    page = await pages_base.page_of(request)
    try:
        found = await scanning.scan(request, code, page.now)
    except (CodeUnknown, CodeRevoked) as error:
        return _unusable(page, code, _why(code, error), error.status)
    if found.place is None:
        return _unusable(page, code, "unbound", 404)
    return await _landing(request, page, found.code, found.place, Draft())


@post("/q/{code:str}/report", include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def send_report(request: Request, code: FromPath[str]) -> Response:
    form = await read_form(request)
    draft = Draft(word(form, "client_id"), word(form, "other") or word(form, "item"), word(form, "description", 500))
    actor, session = await _sender(request)
    try:
        photos = await receive_photos(form, "photo", actor, clock.now(), _PHOTOS_MAX)
        tracking = await _submit(request, code, draft, photos, actor)
    except HouseError as error:
        response = await refused(request, code, draft, error)
        response.cookies.extend(session)
        return response
    return pages_base.see_other(f"/r/{tracking}?new=1", session)


@post("/q/{code:str}/join", include_in_schema=False)
async def join_order(request: Request, code: FromPath[str]) -> Response:
    """我也遇到: one tap on what is reported here already."""
    form = await read_form(request)
    draft, order = Draft(word(form, "client_id")), word(form, "order", 18)
    actor, session = await _sender(request)
    try:
        tracking = await _join(request, code, draft, order, actor)
    except HouseError as error:
        response = await refused(request, code, Draft(), error)
        response.cookies.extend(session)
        return response
    return pages_base.see_other(f"/r/{tracking}?new=1", session)


async def _join(request: Request, code: str, draft: Draft, order: str, actor: Actor) -> str:
    """The tracking token of the joined report. Two orders on one page are two reports."""
    order_id = int(order) if order.isdecimal() else None
    join = Join(client_id=f"{draft.client_id[:40] or uuid4()}-{order}", order_id=order_id, code=code)
    base_url = request.app.state.settings.base_url
    joined = await reports.join(join, actor, base_url=base_url, now=clock.now())
    return joined.receipt.tracking_token


async def _sender(request: Request) -> tuple[Actor, list[Cookie]]:
    """Who sends the form; a stranger becomes a device, with the cookies that say so."""
    actor: Actor | None = request.scope.get("user")
    if actor is not None:
        return actor, []
    tokens = await signing_in.open_device_session(request, clock.now())
    opened = request.app.state.keyring.open(tokens.access_token, clock.now())
    return opened.actor, cookies.session_cookies(tokens, is_https=request.app.state.settings.is_https)


async def _submit(request: Request, code: str, draft: Draft, photos: list[UUID], actor: Actor) -> str:
    submission = Submission(
        client_id=draft.client_id or str(uuid4()),
        code=code,
        item=draft.chosen,
        description=draft.description,
        photo_ids=photos,
    )
    base_url = request.app.state.settings.base_url
    submitted = await reports.submit(submission, actor, base_url=base_url, now=clock.now())
    return submitted.receipt.tracking_token


async def refused(request: Request, code: str, draft: Draft, error: HouseError) -> Response:
    """The form again, with the reason and all that can be kept."""
    page = await pages_base.page_of(request)
    found = await qr.resolve(code)
    if found.place is None:
        return _unusable(page, code, "unbound", 404)
    problem = pages_base.told(page, error, kept=page.t("landing.kept"))
    kept = Draft(chosen=draft.chosen, description=draft.description, problem=problem)
    return await _landing(request, page, found.code, found.place, kept, status=error.status)


async def _landing(
    request: Request, page: Page, code: str, here: CodePlace, draft: Draft, status: int = 200
) -> Response:
    offers: Offers = request.app.state.offers
    kinds = rules.reporter_kinds(page.actor) if page.actor else rules.EVERYBODY
    frequent = await at_place.list_frequent_items(here.id, limit=matters.CHIPS)
    chips = matters.chips(await offers.open_to(kinds, page.now), frequent)
    is_rare = bool(draft.chosen) and draft.chosen not in [chip.code for chip in chips]
    mine = await at_place.list_visible_at_place(here.id, page.actor, limit=_HERE_MAX) if page.actor else []
    return pages_base.html(
        "q/landing.html",
        page,
        status=status,
        place=_place(here, code),
        here=mine if page.is_staff else [],
        open_reports=await _reported_here(here, page.now),
        chips=chips,
        options=await offers.options(page, kinds, draft.chosen if is_rare else ""),
        is_rare=is_rare,
        draft=draft,
    )


async def _reported_here(here: CodePlace, now: datetime) -> list[Candidate]:
    spot = Spot(point=here.point, place_id=here.id, only_here=here.kind == Kind.POINT)
    return await candidates.list_candidates(spot, None, now, most=_HERE_MAX)


def _place(here: CodePlace, code: str) -> dict[str, Any]:
    beside = [here.address if here.address != here.label else "", here.area_name]
    subtitle = " · ".join(filter(None, beside))
    return {"title": here.label, "subtitle": subtitle, "code": code, "grouped": codes.grouped(code)}


def _why(code: str, error: HouseError) -> str:
    if isinstance(error, CodeRevoked):
        return "revoked"
    return "unknown" if codes.is_well_formed(codes.normalise(code)) else "malformed"


def _unusable(page: Page, code: str, why: str, status: int) -> Response:
    return pages_base.html("q/unusable.html", page, status=status, why=why, code=code[:40])
