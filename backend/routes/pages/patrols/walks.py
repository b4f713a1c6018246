"""The tasks of a day, and one walk: plain forms that work without scripts. With scripts the same goes to the API."""

from collections.abc import Awaitable
from datetime import date

from litestar import Response, get, post
from litestar.params import FromPath

from backend.accounts.structs import Actor
from backend.calendars.rules import shanghai_date
from backend.committees.patrols import proving, reads, rules, walking
from backend.committees.patrols.structs import EndWalk, FindingDraft, StopProof, TaskView
from backend.errors import AppError
from backend.routes.actions import scanning
from backend.routes.actions.patrol_findings import report_finding
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import FORM_MAX_BYTES, read_form, read_key, take_photos, word, words
from backend.routes.pages.patrols import committees, walk_page
from backend.routes.pages.patrols.walk_page import FindingForm

GROUPS = ("mine", "open", "walked", "ended")
_PHOTOS = {"photo": "photo_ids"}
_KEY_MOST = 64


@get("/patrols", guards=[signed_in], include_in_schema=False)
async def show_patrols(ctx: Ctx) -> Response:
    page, today = await base.page_of(ctx), shanghai_date(ctx.now)
    known = await committees.list_committees(ctx.actor, (*rules.WALKERS, *rules.OVERSEERS))
    day, code = _day(ctx.request.query_params.get("day", ""), today), committees.selected(ctx, known)
    tasks = await reads.list_tasks(ctx.actor, day, code)
    groups = {name: [task for task in tasks if _group(task) == name] for name in GROUPS}
    facts = {"groups": groups, "day": day, "today": today, "committees": known, "code": code}
    return base.html("patrols/list.html", page, is_cut=len(tasks) == reads.LIST_MOST, **facts, **_ways(ctx.actor))


@get("/patrols/kept", include_in_schema=False)
async def show_walk_offline(ctx: Ctx) -> Response:
    """Stands in for a walk without network: a frame alone, which the phone fills with the walk that it keeps."""
    return base.html("patrols/kept.html", base.reader_of(ctx))


def _ways(reader: Actor) -> dict[str, bool]:
    """Which further pages to offer."""
    return {"keeps": bool(reader.areas_of(*rules.KEEPERS)), "oversees": bool(reader.areas_of(*rules.OVERSEERS))}


@get("/patrols/{task_id:int}", guards=[signed_in], include_in_schema=False)
async def show_patrol(ctx: Ctx, task_id: FromPath[int]) -> Response:
    return await walk_page.show(ctx, task_id)


@post("/patrols/{task_id:int}/claim", guards=[signed_in], include_in_schema=False)
async def claim(ctx: Ctx, task_id: FromPath[int]) -> Response:
    return await _act(ctx, task_id, "claim", walking.claim(task_id, ctx.actor, ctx.now))


@post("/patrols/{task_id:int}/hand-back", guards=[signed_in], include_in_schema=False)
async def hand_back(ctx: Ctx, task_id: FromPath[int]) -> Response:
    return await _act(ctx, task_id, "hand_back", walking.hand_back(task_id, ctx.actor, ctx.now))


@post("/patrols/{task_id:int}/finish", guards=[signed_in], include_in_schema=False)
async def finish(ctx: Ctx, task_id: FromPath[int]) -> Response:
    return await _act(ctx, task_id, "finish", walking.finish(task_id, EndWalk(), ctx.actor, ctx.now))


@post("/patrols/{task_id:int}/stops/{seq:int}/proof", guards=[signed_in], include_in_schema=False)
async def prove(ctx: Ctx, task_id: FromPath[int], seq: FromPath[int]) -> Response:
    """By a code alone: a browser without scripts tells no position."""
    form = await read_form(ctx)
    nonce = word(form, "nonce", 64) or None

    async def act() -> None:
        async with scanning.counting_misses(ctx, word(form, "code"), nonce) as code:
            await proving.prove(task_id, seq, StopProof(code=code, nonce=nonce), ctx.actor, ctx.now)

    return await _act(ctx, task_id, "prove", act())


@post(
    "/patrols/{task_id:int}/stops/{seq:int}/findings",
    guards=[signed_in],
    include_in_schema=False,
    request_max_body_size=FORM_MAX_BYTES,
)
async def report(ctx: Ctx, task_id: FromPath[int], seq: FromPath[int]) -> Response:
    form = await read_form(ctx)
    photos = await take_photos(ctx, form, _PHOTOS, ctx.actor)
    draft = FindingForm(seq, word(form, "item", 8), words(form, "description"), photos.stored)
    try:
        photos.check()
        said = FindingDraft(item=draft.item or None, description=draft.description, photo_ids=photos.ids("photo_ids"))
        await report_finding(ctx, task_id, seq, said, read_key(form, "key", _KEY_MOST))
    except AppError as error:
        return await walk_page.show(ctx, task_id, error, draft)
    return base.see_other(f"/patrols/{task_id}?done=found")


async def _act(ctx: RequestContext, task_id: int, name: str, act: Awaitable[object]) -> Response:
    """Carry it out and show the walk again, with the news or with what stood in the way."""
    try:
        await act
    except AppError as error:
        return await walk_page.show(ctx, task_id, error)
    return base.see_other(f"/patrols/{task_id}?done={name}")


def _group(task: TaskView) -> str:
    if task.is_mine and task.state == "claimed":
        return "mine"
    return {"open": "open", "claimed": "walked"}.get(task.state, "ended")


def _day(typed: str, today: date) -> date:
    """The day of the address; today where it names none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return today
