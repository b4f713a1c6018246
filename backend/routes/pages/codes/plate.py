"""One plate on a phone: what it is, what happened to it, and the few things one does with it in the field."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath, JSONBody

from backend.accounts.permissions import Permission, areas_of
from backend.accounts.structs import Actor
from backend.errors import AppError, NotFound
from backend.geo.points import Fix
from backend.places import queries as places
from backend.places.errors import PlaceNotFound
from backend.routes.actions import plate_rights
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import FORM_MAX_BYTES, read_form, take_photos, typed_point, word, words
from backend.words import PLATE_NOTE, fitting
from media.structs import PhotoView
from qr import codes, overview, queries, runtime
from qr import service as qr
from qr.codes import Code
from qr.structs import LIVE, PlateSighting, Status

_NEAR_M = 80.0
_NEAR_MOST = 6
BINDERS = [requires(Permission.BIND_CODES)]


@dataclass(frozen=True, slots=True)
class PlateDraft:
    """A form of this page as its reader left it."""

    verb: str = ""
    note: str = ""
    photos: list[PhotoView] = field(default_factory=list)


_NOTHING = PlateDraft()


@get("/codes/{code:str}", guards=BINDERS, include_in_schema=False)
async def show_plate(ctx: Ctx, code: FromPath[str]) -> Response:
    return await _plate(ctx, codes.parse(code))


@get("/codes/{code:str}/mini-program-code", guards=BINDERS, include_in_schema=False)
async def show_mini_program_code(ctx: Ctx, code: FromPath[str]) -> Response[bytes]:
    return await plate_rights.draw_mini_program_code(ctx, codes.parse(code))


@post("/codes/near", guards=BINDERS, include_in_schema=False, status_code=200)
async def list_near(ctx: Ctx, data: JSONBody[Fix]) -> list[dict[str, Any]]:
    """Places around the phone, for the script that offers them; those without a code first."""
    near = (await places.list_near(data.wgs84(), _NEAR_M, limit=40)).items
    coded = await queries.list_codes_of([place.id for place in near])
    near = [place for place in near if any(place.area_code.startswith(area) for area in _areas(ctx))]
    near.sort(key=lambda place: (place.id in coded, place.distance_m))
    return [
        {"id": place.id, "label": place.label, "distance_m": round(place.distance_m), "has_code": place.id in coded}
        for place in near[:_NEAR_MOST]
    ]


@get("/codes/doors", guards=BINDERS, include_in_schema=False)
async def find_doors(ctx: Ctx) -> list[dict[str, Any]]:
    """Places by what is written on them, within one's area."""
    words = ctx.request.query_params.get("q", "")[:60].strip()
    areas = areas_of(ctx.actor, Permission.BIND_CODES)
    found = await overview.find_doors(areas, words, _NEAR_MOST) if words else []
    return [{"id": door.place_id, "label": door.place, "has_code": not door.is_bare} for door in found]


@dataclass(frozen=True, slots=True)
class Sent:
    """A form of this page, by whom and when, with the photo of the plate that came with it."""

    form: FormMultiDict
    actor: Actor
    now: datetime
    photo_id: UUID | None

    @property
    def why(self) -> str:
        return fitting(words(self.form, "note"), PLATE_NOTE)

    @property
    def by(self) -> dict[str, Any]:
        return {"actor": self.actor, "now": self.now}


@post("/codes/{code:str}/{verb:str}", guards=BINDERS, include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def work(ctx: Ctx, code: FromPath[str], verb: FromPath[str]) -> Response:
    if verb not in _VERBS:
        raise NotFound
    plate, form, now = codes.parse(code), await read_form(ctx), ctx.now
    uploaded = await take_photos(ctx, form, {"photo": "photo_id"}, ctx.actor, 1)
    sent = Sent(form, ctx.actor, now, next(iter(uploaded.ids("photo_id")), None))
    try:
        uploaded.check()
        await _VERBS[verb](plate, sent)
    except AppError as error:
        return await _plate(ctx, plate, error, PlateDraft(verb, words(form, "note"), uploaded.stored["photo_id"]))
    return base.see_other(f"/codes/{plate}?done={verb}")


async def _bind(code: Code, sent: Sent) -> None:
    await qr.bind(code, _place_id(sent.form), seen=_seen(sent), **sent.by)


async def _rebind(code: Code, sent: Sent) -> None:
    await qr.rebind(code, _place_id(sent.form), seen=_seen(sent), **sent.by)


async def _replace(code: Code, sent: Sent) -> None:
    fresh = runtime.current_runtime().payload.parse(word(sent.form, "new_code"))
    await qr.replace(code, fresh, why=sent.why, **sent.by)


async def _damage(code: Code, sent: Sent) -> None:
    await qr.mark_damaged(code, why=sent.why, **sent.by)


async def _repair(code: Code, sent: Sent) -> None:
    await qr.repair(code, why=sent.why, **sent.by)


async def _revoke(code: Code, sent: Sent) -> None:
    await qr.revoke(code, why=sent.why, **sent.by)


_VERBS: dict[str, Callable[[Code, Sent], Awaitable[None]]] = {
    "bind": _bind,
    "rebind": _rebind,
    "replace": _replace,
    "damage": _damage,
    "repair": _repair,
    "revoke": _revoke,
}


async def _plate(
    ctx: RequestContext, code: Code, error: AppError | None = None, refused: PlateDraft = _NOTHING
) -> Response:
    page = await base.page_of(ctx)
    history = await plate_rights.history_within(ctx, code)
    now_at = history.bindings[-1] if history.status in LIVE else None
    return base.html(
        "codes/plate.html",
        page,
        status=error.status if error else 200,
        plate=history,
        grouped=codes.grouped(history.code),
        here=now_at,
        is_live=now_at is not None,
        is_unbound=history.status is Status.UNBOUND,
        is_damaged=history.status is Status.DAMAGED,
        done=ctx.request.query_params.get("done", "") if ctx.request.query_params.get("done", "") in _VERBS else "",
        problem=base.problem_of(page, error) if error else None,
        refused=refused,
        has_mini_program=ctx.runtime.mini_program is not None,
    )


def _place_id(form: FormMultiDict) -> int:
    typed = word(form, "place_id", 18)
    if not (typed.isascii() and typed.isdigit()):
        raise PlaceNotFound
    return int(typed)


def _seen(sent: Sent) -> PlateSighting | None:
    """Where the phone was, as its script filled it in, and the photo of the plate."""
    form, photo_id = sent.form, sent.photo_id
    point = typed_point(word(form, "lng", 20), word(form, "lat", 20))
    if point is None:
        return PlateSighting(photo_id=photo_id) if photo_id else None
    return PlateSighting(point=point, accuracy_m=_number(word(form, "accuracy_m", 20)), photo_id=photo_id)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _areas(ctx: RequestContext) -> list[str]:
    return areas_of(ctx.actor, Permission.BIND_CODES)
