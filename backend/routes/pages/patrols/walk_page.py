"""One walk as a page: its stops with their forms, the map, and what was refused with all that came."""

from dataclasses import dataclass, field, replace
from uuid import uuid4

from litestar import Response

from backend.committees.patrols import reads, rules
from backend.committees.patrols.structs import StopView, TaskDetail
from backend.errors import AppError
from backend.items.structs import ItemView
from backend.places import vicinity
from backend.reports.rules import reporter_kinds
from backend.routes.actions import live_maps
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.structs import IdempotencyKey
from backend.web.views import patrol_map
from backend.web.views.live_map import LiveMap
from backend.web.views.page import PageContext
from backend.web.views.patrol_map import PatrolMap
from media.structs import PhotoView
from qr import queries as qr
from qr import runtime
from qr.codes import Code
from qr.errors import CodeForeign, CodeRevoked, CodeUnknown

DONE = ("claim", "prove", "found", "finish", "hand_back")
CHOICES = 6
"""So many matters can be chosen where something was found; the task's usual one is the first."""
FORMS_MOST = 40
"""So many stops have their forms on the page; the rest get theirs once these are done."""


@dataclass(frozen=True, slots=True)
class FindingForm:
    """What a walker had written about a problem when the server refused it."""

    seq: int
    item: str = ""
    description: str = ""
    photos: dict[str, list[PhotoView]] = field(default_factory=dict)


async def show(
    ctx: RequestContext, task_id: int, error: AppError | None = None, draft: FindingForm | None = None
) -> Response:
    """The walk as it is now; with an error what stood in the way, and the form as it was left."""
    page, query = replace(await base.page_of(ctx), path=f"/patrols/{task_id}"), ctx.request.query_params
    task = await reads.get_task(task_id, ctx.actor, ctx.now)
    drawn = await _map(task)
    code, nonce = query.get("code", "")[:40], query.get("nonce", "")[:64]
    return base.html(
        "patrols/walk.html",
        page,
        status=error.status if error else 200,
        task=task,
        overseen=rules.may_oversee(ctx.actor, task.committee_code),
        map=drawn,
        live_map=await _live_map(ctx, page, task, drawn) if drawn else None,
        choices=await _choices(ctx, page, task) if task.may_walk_on else [],
        scanned=await _scanned(task, code) if code else None,
        code=code,
        nonce=nonce,
        keys=_keys(task),
        with_forms=_with_forms(task),
        draft=draft,
        done=query.get("done") if query.get("done") in DONE else "",
        problem=_problem(page, error, draft) if error else None,
    )


def _problem(page: PageContext, error: AppError, draft: FindingForm | None) -> dict[str, str]:
    return base.problem_of(page, error, stored=page.t("more.kept") if draft else "", then=page.t("patrol.try_again"))


def _keys(task: TaskDetail) -> dict[int, IdempotencyKey]:
    """A key for what may be found at each stop."""
    return {stop.seq: IdempotencyKey(str(uuid4())) for stop in task.visits}


def _with_forms(task: TaskDetail) -> set[int]:
    if not task.may_walk_on:
        return set()
    ahead = [stop.seq for stop in task.visits if stop.proved_at is None][:FORMS_MOST]
    behind = [stop.seq for stop in task.visits if stop.proved_at is not None][-FORMS_MOST:]
    return {*ahead, *behind}


async def _map(task: TaskDetail) -> PatrolMap | None:
    frame = patrol_map.frame_of([stop.point for stop in task.visits])
    if frame is None:
        return None
    roads = await vicinity.list_roads(frame.middle, max(frame.half_m, frame.half_high_m))
    return patrol_map.walk_of(frame, roads, task.visits, task.next_seq)


async def _live_map(ctx: RequestContext, page: PageContext, task: TaskDetail, drawn: PatrolMap) -> LiveMap:
    """The same stops and way on a map that can be moved."""
    label = page.t("patrol.map_label", n=task.stops)
    marks = patrol_map.marks_of(task.visits, task.next_seq)
    return await live_maps.map_within(ctx, page, label, patrol_map.bounds_of(drawn.frame), marks=marks, is_way=True)


async def _choices(ctx: RequestContext, page: PageContext, task: TaskDetail) -> list[ItemView]:
    """The task's usual matter first, then those of its category, then any others that the walker may report."""
    kinds = reporter_kinds(ctx.actor, task.committee_code)
    items = await ctx.runtime.offers.open_to(kinds, page.now)
    usual = next((item for item in items if item.code == task.item_code), None)
    category = usual.category_code if usual else ""
    ordered = sorted(items, key=lambda item: (item is not usual, item.category_code != category, item.code))
    return ordered[:CHOICES]


async def _scanned(task: TaskDetail, code: str) -> StopView | None:
    """The stop at which the code of the address hangs, if it is one of this walk."""
    try:
        place = (await qr.resolve(_parsed(code))).place
    except (CodeForeign, CodeUnknown, CodeRevoked):
        return None
    return next((stop for stop in task.visits if place and stop.place_id == place.id), None)


def _parsed(code: str) -> Code:
    return runtime.current_runtime().payload.parse(code)
