"""摄像头: the cameras of one's areas, what they saw of late, and those of which nobody has said where they hang."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.accounts.permissions import Permission
from backend.errors import AppError, BadRequest
from backend.intake.cameras import queries, registry
from backend.intake.cameras.structs import CameraClaim, CameraRead, CameraState, Spot
from backend.routes.actions import live_maps
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word, words
from backend.routes.pages.inspectors import place_choice
from backend.routes.pages.inspectors.place_choice import PlaceChoice
from backend.routes.pages.intake.record_list import DISPATCH
from backend.web.views import dot_map
from backend.web.views.dot_map import DotPoint
from backend.web.views.page import PageContext

_ROWS, _EVENTS = 60, 20


@get("/desk/cameras", guards=[requires(Permission.READ_DESK)], include_in_schema=False)
async def show_cameras(ctx: Ctx) -> Response:
    return await _page(ctx)


@post("/desk/cameras/{camera_id:int}", guards=DISPATCH, include_in_schema=False)
async def claim_camera(ctx: Ctx, camera_id: FromPath[int]) -> Response:
    """认领: where it hangs, by a code or an address; several that fit are offered."""
    form = await read_form(ctx)
    choice = await place_choice.read(ctx, form)
    try:
        return await _claim(ctx, camera_id, form, choice)
    except msgspec.ValidationError:
        return await _page(ctx, camera_id, choice, BadRequest("camera-name-missing"))
    except AppError as error:
        return await _page(ctx, camera_id, choice, error)


async def _claim(ctx: RequestContext, camera_id: int, form: FormMultiDict, choice: PlaceChoice) -> Response:
    choice.check()
    place_id = await place_choice.place_id_of(choice)
    if not place_id:
        return await _page(ctx, camera_id, choice)
    said = {"place_id": place_id, "name": words(form, "name"), "spot": word(form, "spot")}
    await registry.claim(camera_id, msgspec.convert(said, CameraClaim), ctx.actor, ctx.now)
    return base.see_other(f"/desk/cameras#camera-{camera_id}")


@post("/desk/cameras/events/{event_id:int}", guards=DISPATCH, include_in_schema=False)
async def mark_event_wrong(ctx: Ctx, event_id: FromPath[int]) -> Response:
    """误报: counted against its camera."""
    try:
        await registry.mark_wrong(event_id, ctx.actor)
    except AppError as error:
        return await _page(ctx, error=error)
    return base.see_other("/desk/cameras")


async def _page(
    ctx: RequestContext, camera_id: int = 0, choice: PlaceChoice | None = None, error: AppError | None = None
) -> Response:
    """`camera_id` and `choice`: the camera whose form was sent, and the places that fit."""
    page = await base.page_of(ctx)
    problem = base.problem_of(page, error) if error else None
    facts = await _facts(ctx, page)
    status = error.status if error else 200
    choice = choice or PlaceChoice()
    return base.html(
        "intake/camera_list.html", page, status=status, problem=problem, at=camera_id, choice=choice, **facts
    )


async def _facts(ctx: RequestContext, page: PageContext) -> dict[str, Any]:
    found = await queries.list_cameras(ctx.actor, ctx.now, limit=_ROWS, cursor=ctx.request.query_params.get("cursor"))
    waiting = await queries.list_cameras(ctx.actor, ctx.now, state=CameraState.UNKNOWN, limit=_ROWS)
    known = [each for each in found.items if each.state is not CameraState.UNKNOWN]
    dots = [_dot(each, each.lng, each.lat) for each in known if each.lng and each.lat]
    return {
        "cameras": known,
        "unclaimed": waiting.items,
        "next_cursor": found.next_cursor,
        "events": (await queries.list_events(ctx.actor, ctx.now, limit=_EVENTS)).items,
        "spots": list(Spot),
        "drawn": dot_map.map_of(dots),
        "live_map": await live_maps.map_of_dots(ctx, page, page.t("intake.cameras"), dots, "camera"),
    }


def _dot(camera: CameraRead, lng: float, lat: float) -> DotPoint:
    return DotPoint(camera.id, camera.name or camera.camera_no, lng, lat, tone_of(camera))


def tone_of(camera: CameraRead) -> str:
    """An event today before an ordinary day; one that is off is plain."""
    if camera.state is CameraState.OFF:
        return "plain"
    return "warn" if camera.events_today else "good"
