"""按地图上报: a report without a plate. A position or an area begins; a tap on the map or a place puts it right.

The map is a picture that is a button: without scripts, too, a browser sends where it was pressed.
"""

from dataclasses import dataclass, replace
from uuid import uuid4

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie

from backend import clock
from backend.errors import HouseError
from backend.geo.lonlat import LonLat, is_on_globe
from backend.geo.points import Fix, FixSource
from backend.places import queries as places
from backend.places import vicinity
from backend.places.kinds import Level
from backend.reports import candidates, rules
from backend.reports import service as reports
from backend.reports.structs import Join, Spot, Submission
from backend.routes import pages_base, pages_landing, quotas
from backend.routes.limits import Limits, address_of
from backend.routes.pages_forms import FORM_MAX_BYTES, read_form, receive_photos, word
from backend.routes.parameters import door_of
from backend.web import page as web
from backend.web.offers import Offers

SIDE_PX = 272
"""Fits the narrowest phone; a browser tells where the picture was pressed in its own pixels."""
HALF_M = 120.0
_PHOTOS_MAX = 3
_CHOICES = 6
_TOWN_CHARS = 9


@dataclass(frozen=True, slots=True)
class Draft:
    """What the reader had written when the server refused it."""

    client_id: str
    chosen: str = ""
    description: str = ""
    problem: dict[str, str] | None = None
    about: int | None = None
    """How exact the phone's position is on which the pin stands, in metres; None for a pin put there by hand."""


@get("/here", include_in_schema=False)
async def show_here(request: Request) -> Response:
    """The map around a point with the form below it, or where to begin."""
    query = request.query_params
    point = _point(query.get("lng"), query.get("lat"))
    if point is None:
        area = query.get("area", "")
        return await _begin(request, area[:_TOWN_CHARS] if area.isdecimal() else "")
    pressed = _pressed(query.get("pin.x"), query.get("pin.y"))
    if pressed is not None:
        there = vicinity.moved(point, *pressed)
        return pages_base.see_other(f"/here?lng={there.lng:.6f}&lat={there.lat:.6f}")
    return await _form(request, point, Draft(str(uuid4()), about=_about(query.get("about"))))


@get("/here/map.svg", include_in_schema=False)
async def draw_here(request: Request) -> Response:
    limits: Limits = request.app.state.limits
    limits.candidates_by_address.take(address_of(request))
    point = _point(request.query_params.get("lng"), request.query_params.get("lat")) or LonLat(0, 0)
    drawn = await vicinity.look(point, HALF_M)
    svg = web.render("here/map.svg", pages_base.reader_of(request), drawn=drawn, side=SIDE_PX)
    return Response(svg, media_type="image/svg+xml", headers={"cache-control": "public, max-age=300"})


@post("/here/report", include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def report_here(request: Request) -> Response:
    form = await read_form(request)
    written = word(form, "item", 8), word(form, "description", 500)
    draft = Draft(word(form, "client_id", 60) or str(uuid4()), *written, about=_about(word(form, "about", 7)))
    middle = _point(word(form, "lng"), word(form, "lat")) or LonLat(0, 0)
    chosen = _point(*[*word(form, "where", 60).split(","), ""][:2]) or middle
    is_chosen = _is_vague(draft.about) and bool(word(form, "where"))  # the page marks none beforehand
    actor, session = await pages_landing.sender(request)
    try:
        await quotas.take(request, "report", actor, door=door_of(None, Fix(chosen.lng, chosen.lat)))
        photos = await receive_photos(form, "photo", actor, clock.now(), _PHOTOS_MAX)
        submission = Submission(
            client_id=draft.client_id,
            item=draft.chosen,
            point=_meant(chosen, middle, None if is_chosen else draft.about),
            description=draft.description,
            photo_ids=photos,
        )
        base_url = request.app.state.settings.base_url
        sent = await reports.submit_anew(submission, actor, base_url=base_url, now=clock.now())
    except HouseError as error:
        return await _refused(request, middle, draft, error, session)
    return pages_base.see_other(f"/r/{sent.receipt.tracking_token}?new=1", session)


@post("/here/join", include_in_schema=False)
async def join_here(request: Request) -> Response:
    """我也遇到: one tap on what is reported near the pin already."""
    form = await read_form(request)
    order, client_id = word(form, "order", 18), word(form, "client_id", 40) or str(uuid4())
    middle = _point(word(form, "lng"), word(form, "lat")) or LonLat(0, 0)
    actor, session = await pages_landing.sender(request)
    join = Join(
        client_id=f"{client_id}-{order}",
        order_id=int(order) if order.isdecimal() else None,
        point=_meant(middle, middle, _about(word(form, "about", 7))),
    )
    try:
        await quotas.take(request, "join", actor)
        joined = await reports.join(join, actor, base_url=request.app.state.settings.base_url, now=clock.now())
    except HouseError as error:
        return await _refused(request, middle, Draft(client_id), error, session)
    return pages_base.see_other(f"/r/{joined.receipt.tracking_token}?new=1", session)


async def _refused(
    request: Request, middle: LonLat, draft: Draft, error: HouseError, session: list[Cookie]
) -> Response:
    """The form again, with the reason and all that can be kept."""
    page = pages_base.reader_of(request)
    told = pages_base.told(page, error, kept=page.t("landing.kept"))
    kept = replace(draft, problem=told)
    response = await _form(request, middle, kept, status=error.status)
    response.cookies.extend(session)
    return response


async def _begin(request: Request, area: str) -> Response:
    """Where to begin without a position: the phone's, if it may tell, else a town, else one of its committees."""
    centres = await vicinity.list_centres(Level.TOWN) if not area else []
    if len(centres) == 1:
        area = centres[0].code
    if area:
        centres = await vicinity.list_centres(Level.COMMITTEE, area)
    page = await pages_base.page_of(request)
    return pages_base.html("here/begin.html", page, centres=centres, is_town=not area)


async def _form(request: Request, point: LonLat, draft: Draft, status: int = 200) -> Response:
    page = await pages_base.page_of(request)
    offers: Offers = request.app.state.offers
    kinds = rules.reporter_kinds(page.actor) if page.actor else rules.EVERYBODY
    around = await places.look_around(point, within_m=HALF_M)
    near = await places.list_near(point, HALF_M, limit=_CHOICES) if around.area_code else None
    return pages_base.html(
        "here/report.html",
        page,
        status=status,
        point=point,
        is_ours=around.area_code is not None,
        near=near.items if near else [],
        reported=await candidates.list_candidates(Spot(point=point), None, page.now) if near else [],
        side=SIDE_PX,
        about=draft.about,
        is_vague=_is_vague(draft.about),
        options=await offers.options(page, kinds, draft.chosen),
        draft=draft,
    )


def _point(lng: str | None, lat: str | None) -> LonLat | None:
    """A position in WGS-84 out of two typed numbers."""
    try:
        found = LonLat(float(lng or ""), float(lat or ""))
    except ValueError:
        return None
    return found if is_on_globe(found.lng, found.lat) else None


def _about(typed: str | None) -> int | None:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 7 else None


def _is_vague(about: int | None) -> bool:
    return about is not None and about > rules.SPOT_ACCURACY_M


def _meant(chosen: LonLat, pin: LonLat, about: int | None) -> Fix:
    """What was chosen by hand is meant; a pin that was left where the phone put it is as exact as the phone."""
    if about is not None and chosen == pin:
        return Fix(chosen.lng, chosen.lat, accuracy_m=about)
    return Fix(chosen.lng, chosen.lat, source=FixSource.MANUAL)


def _pressed(x: str | None, y: str | None) -> tuple[float, float] | None:
    """Metres east and south of the middle at which the map was pressed. A keyboard presses its corner: no move."""
    if not (x and y and x.isdecimal() and y.isdecimal()) or (x, y) == ("0", "0"):
        return None
    across_px, down_px = min(int(x[:4]), SIDE_PX), min(int(y[:4]), SIDE_PX)
    metres_per_px = 2 * HALF_M / SIDE_PX
    return (across_px - SIDE_PX / 2) * metres_per_px, (down_px - SIDE_PX / 2) * metres_per_px
