"""One order's page, and its moves as plain forms. With scripts the same moves go to the API."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.accounts.permissions import Permission
from backend.errors import BadRequest, HouseError
from backend.orders import queries
from backend.orders import service as orders
from backend.orders.errors import (
    AppealReasonMissing,
    EvidenceMissing,
    FixTooVague,
    MoveForbidden,
    TooFarAway,
)
from backend.orders.inputs import Appeal, CheckIn, Finish, Verify
from backend.orders.queries import asked
from backend.orders.queries.evidence import may_handle_evidence
from backend.orders.queries.ladder import list_escalations
from backend.orders.refusals import LookAgain
from backend.orders.service.moving import Mover
from backend.orders.states import State
from backend.orders.structs import OrderDetail, PhotoView
from backend.routes import move_choices, moves_offered, pages_base, scanning
from backend.routes.guards import signed_in
from backend.routes.move_choices import Choices
from backend.routes.move_forms import Draft
from backend.routes.pages_forms import FORM_MAX_BYTES, mover, read_form, take_photos, word, words
from backend.routes.pages_work import where_of
from backend.routes.parameters import Id
from backend.routes.photo_likes import list_likes
from backend.web.clocks import clock_of
from backend.web.page import Page
from backend.web.timeline import entries_of
from media.structs import Audience

_APPEAL = "appeal_reason"
DONE = ("accept", "check_in", "finish", "verify", *moves_offered.NAMES)
_NOTHING = Draft()
_NO_PHOTOS: Mapping[str, str] = {}
_APPEALABLE = (TooFarAway, FixTooVague, AppealReasonMissing, EvidenceMissing)
_FINISH_PHOTOS = {"before": "before_photo_ids", "after": "photo_ids"}
_ARRIVAL_PHOTOS = {"arrival": "photo_ids"}
_STRAIGHT = {"accept": "accept", "check_in": "check_in", "finish": "finish", "verify": "rework"}
"""The moves of the straight way, each with what the order must allow for its form to be shown again."""
Act = Callable[[FormMultiDict, Draft, Mover], Awaitable[None]]


@get("/o/{order_id:int}", guards=[signed_in], include_in_schema=False)
async def show_order(request: Request, order_id: FromPath[int]) -> Response:
    return await order_page(request, order_id)


@post("/o/{order_id:int}/accept", guards=[signed_in], include_in_schema=False)
async def accept(request: Request, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, draft: Draft, by: Mover) -> None:
        await orders.accept(order_id, by)

    return await _move(request, order_id, "accept", act)


@post("/o/{order_id:int}/check-in", guards=[signed_in], include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def check_in(request: Request, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, draft: Draft, by: Mover) -> None:
        if _APPEAL in form:
            said = CheckIn(appeal=Appeal(reason=draft.said(_APPEAL), photo_ids=draft.photo_ids("photo_ids")))
        else:
            said = CheckIn(code=word(form, "code") or None, nonce=word(form, "nonce", 64) or None)
        async with scanning.counting_misses(request, said.code, said.nonce) as code:
            await orders.check_in(order_id, msgspec.structs.replace(said, code=code), by)

    return await _move(request, order_id, "check_in", act, _ARRIVAL_PHOTOS)


@post("/o/{order_id:int}/finish", guards=[signed_in], include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def finish(request: Request, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, draft: Draft, by: Mover) -> None:
        before, after = draft.photo_ids("before_photo_ids"), draft.photo_ids("photo_ids")
        result = Finish(photo_ids=after, before_photo_ids=before, note=draft.said("note"))
        await orders.finish(order_id, result, by, request.app.state.sampling)

    return await _move(request, order_id, "finish", act, _FINISH_PHOTOS)


@post("/o/{order_id:int}/verify", guards=[signed_in], include_in_schema=False)
async def verify(request: Request, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, draft: Draft, by: Mover) -> None:
        await orders.verify(order_id, _verdict(form, draft), by)

    return await _move(request, order_id, "verify", act)


def _verdict(form: FormMultiDict, draft: Draft) -> Verify:
    """Raises BadRequest where neither answer was given."""
    try:
        return msgspec.convert({"result": word(form, "result"), "note": draft.said("note")}, Verify)
    except msgspec.ValidationError as error:
        raise BadRequest("请选择通过或退回", "Say whether it passes or goes back") from error


async def _move(
    request: Request, order_id: Id, name: str, act: Act, photos: Mapping[str, str] = _NO_PHOTOS
) -> Response:
    """Carry the move out and show the order again, with the news or with what stood in the way and all that came."""
    form = await read_form(request)
    by = mover(request, form)
    brought = await take_photos(form, photos, by.actor, by.now)
    draft = Draft(name, {each: words(form, each) for each in ("note", _APPEAL)}, brought.kept)
    try:
        brought.check()
        await act(form, draft, by)
    except HouseError as error:
        return await order_page(request, order_id, error, draft)
    return pages_base.see_other(f"/o/{order_id}?done={name}")


async def order_page(
    request: Request, order_id: Id, error: HouseError | None = None, draft: Draft = _NOTHING
) -> Response:
    """The order as it is now; with an error, what stood in the way, and with a draft, that form as it was left."""
    page, query = replace(await pages_base.page_of(request), path=f"/o/{order_id}"), request.query_params
    order = await queries.get_order(order_id, request.user, page.now)
    rungs = await list_escalations(order_id) if order.audience is Audience.STAFF else []
    redacts = may_handle_evidence(order, request.user, Permission.REDACT_PHOTOS)
    shown = {role: _photos_of(order, role) for role in ("report", "before", "after", "arrival")}
    latest = [photo for photos in shown.values() for photo in photos]
    return pages_base.html(
        "work/order.html",
        page,
        status=error.status if error else 200,
        order=order,
        where=where_of(order),
        clock=clock_of(order, page),
        photos_of=shown.__getitem__,
        likes=await list_likes(order, latest, request.user, page.now),
        redacts=f"/o/{order.id}/photos/" if redacts else "",
        timeline=entries_of(order.steps, rungs, page),
        key=str(uuid4()),
        code=query.get("code", "")[:40],
        nonce=query.get("nonce", "")[:64],
        appeal={"is_open": isinstance(error, _APPEALABLE) or bool(draft.said(_APPEAL)), "reason": draft.said(_APPEAL)},
        done=query.get("done") if query.get("done") in DONE else "",
        **await _further(order, draft, error, page),
    )


async def _further(order: OrderDetail, draft: Draft, error: HouseError | None, page: Page) -> dict[str, Any]:
    """The moves beside the straight way: what waits for a decision, the forms, and of an open one the choices."""
    is_worked_on = order.audience is Audience.STAFF and order.state in (State.ACCEPTED, State.ON_SITE)
    waiting = await asked.find_asked(order.id) if is_worked_on else None
    forms = moves_offered.offered(order, is_asking=waiting is not None)
    opened = next((form for form in forms if form.name == draft.move), None)
    return {
        "asked": waiting,
        "forms": forms,
        "draft": draft,
        "choices": await move_choices.choices_of(opened, order, draft, page.now) if opened else Choices(),
        "problem": _problem(page, error, draft, is_open=opened is not None or _is_shown(order, draft))
        if error
        else None,
    }


def _photos_of(order: OrderDetail, role: str) -> list[PhotoView]:
    """The photos of a role; of those brought by a finish, only the latest round's."""
    shown = [photo for photo in order.photos if photo.role == role]
    latest = max((photo.step_id for photo in shown), default=0)
    return [photo for photo in shown if photo.step_id == latest]


def _is_shown(order: OrderDetail, draft: Draft) -> bool:
    """Whether the form of the straight way that was refused is on the page again, with what was written in it."""
    return _STRAIGHT.get(draft.move) in order.allowed


def _problem(page: Page, error: HouseError, draft: Draft, *, is_open: bool) -> dict[str, str]:
    if isinstance(error, MoveForbidden) and error.extra["changed_by"]:
        first = page.t("act.first", who=error.extra["changed_by"], state=page.t(f"state.{error.extra['state']}"))
        return {"title": first, "kept": _lost(page, draft), "next": page.t("act.conflict_next")}
    if isinstance(error, LookAgain):
        kept = page.t("more.kept") if is_open else _lost(page, draft)
        return pages_base.told(page, error, kept=kept, then=page.t("act.conflict_next"))
    if is_open:
        return pages_base.told(page, error, kept=page.t("more.kept"), then=page.t("more.again"))
    return pages_base.told(page, error, kept=_lost(page, draft))


def _lost(page: Page, draft: Draft) -> str:
    """The words of a form that is offered no more, to be copied from where they are told."""
    said = draft.said("reason") or draft.said("note") or draft.said(_APPEAL)
    return page.t("more.your_words", words=said) if said else ""
