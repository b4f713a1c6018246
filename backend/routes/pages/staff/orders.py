"""One order's page, and its moves as plain forms. With scripts the same moves go to the API."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend.accounts.permissions import Permission
from backend.accounts.structs import Actor
from backend.campaigns.records.reads import list_behind
from backend.campaigns.records.troubles import SOURCE as CAMPAIGN
from backend.errors import AppError
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.arrivals.errors import AppealReasonMissing, FixTooVague, TooFarAway
from backend.orders.deadlines.escalation.reads import list_escalations
from backend.orders.model.errors import EvidenceMissing, MoveForbidden, OrderChanged
from backend.orders.model.inputs import Appeal, CheckInInput, Finish
from backend.orders.model.states import State
from backend.orders.reads import pending_requests
from backend.orders.reads.evidence import may_handle_evidence
from backend.orders.reads.views import OrderDetail
from backend.orders.transitions.transition import TransitionContext
from backend.routes.actions import scanning
from backend.routes.actions.similar_photos import list_similar_photos
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import FORM_MAX_BYTES, context_of_form, lines, read_form, take_photos, word
from backend.routes.pages.intake import order_card
from backend.routes.pages.staff import form_choices, transition_forms
from backend.routes.pages.staff.form_choices import FormChoices
from backend.routes.pages.staff.form_reading import TransitionDraft, verdict_of
from backend.routes.pages.staff.hotline import tasks_of
from backend.routes.pages.staff.whereabouts import whereabouts_of
from backend.routes.pages.staff.work import where_of
from backend.routes.pages.volunteer.taken import find_take
from backend.web.views import intake_words
from backend.web.views.countdown import countdown_of
from backend.web.views.evidence import evidence_of, latest_of
from backend.web.views.offers import TakeCard, take_of
from backend.web.views.page import PageContext
from backend.web.views.reasons import reasons_of
from backend.web.views.timeline import entries_of
from media.structs import Audience
from shops.complaints import queries as complaints
from shops.complaints import rules as complaint_rules

_APPEAL = "appeal_reason"
DONE = ("accept", "grab", "check_in", "finish", "verify", *transition_forms.NAMES)
_NOTHING = TransitionDraft()
_NO_PHOTOS: Mapping[str, str] = {}
_APPEALABLE = (TooFarAway, FixTooVague, AppealReasonMissing, EvidenceMissing)
_FINISH_PHOTOS = {"before": "before_photo_ids", "after": "photo_ids"}
_ARRIVAL_PHOTOS = {"arrival": "photo_ids"}
_STRAIGHT = {"accept": "accept", "check_in": "check_in", "finish": "finish", "verify": "rework"}
"""The moves of the straight way, each with what the order must allow for its form to be shown again."""
Act = Callable[[FormMultiDict, TransitionDraft, TransitionContext], Awaitable[None]]


@get("/o/{order_id:int}", guards=[signed_in], include_in_schema=False)
async def show_order(ctx: Ctx, order_id: FromPath[int]) -> Response:
    return await order_page(ctx, order_id)


@post("/o/{order_id:int}/accept", guards=[signed_in], include_in_schema=False)
async def accept(ctx: Ctx, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, draft: TransitionDraft, by: TransitionContext) -> None:
        await orders.accept(order_id, by)

    return await _move(ctx, order_id, "accept", act)


@post("/o/{order_id:int}/check-in", guards=[signed_in], include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def check_in(ctx: Ctx, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, draft: TransitionDraft, by: TransitionContext) -> None:
        if _APPEAL in form:
            said = CheckInInput(appeal=Appeal(reason=draft.said(_APPEAL), photo_ids=draft.photo_ids("photo_ids")))
        else:
            said = CheckInInput(nonce=word(form, "nonce", 64) or None)
        async with scanning.counting_misses(ctx, word(form, "code"), said.nonce) as code:
            await orders.check_in(order_id, msgspec.structs.replace(said, code=code), by)

    return await _move(ctx, order_id, "check_in", act, _ARRIVAL_PHOTOS)


@post("/o/{order_id:int}/finish", guards=[signed_in], include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def finish(ctx: Ctx, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, draft: TransitionDraft, by: TransitionContext) -> None:
        before, after = draft.photo_ids("before_photo_ids"), draft.photo_ids("photo_ids")
        result = Finish(photo_ids=after, before_photo_ids=before, note=draft.said("note"))
        await orders.finish(order_id, result, by, ctx.runtime.sampling)

    return await _move(ctx, order_id, "finish", act, _FINISH_PHOTOS)


@post("/o/{order_id:int}/verify", guards=[signed_in], include_in_schema=False)
async def verify(ctx: Ctx, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, draft: TransitionDraft, by: TransitionContext) -> None:
        await orders.verify(order_id, verdict_of(form, draft), by)

    return await _move(ctx, order_id, "verify", act)


async def _move(
    ctx: RequestContext, order_id: Id, name: str, act: Act, photos: Mapping[str, str] = _NO_PHOTOS
) -> Response:
    """Carry the move out and show the order again, with the news or with what stood in the way and all that came."""
    form = await read_form(ctx)
    by = context_of_form(ctx, form)
    uploaded = await take_photos(ctx, form, photos, by.actor)
    draft = TransitionDraft(name, {each: lines(form, each) for each in ("note", _APPEAL)}, uploaded.stored)
    try:
        uploaded.check()
        await act(form, draft, by)
    except AppError as error:
        return await order_page(ctx, order_id, error, draft)
    return base.see_other(f"/o/{order_id}?done={name}")


async def order_page(
    ctx: RequestContext, order_id: Id, error: AppError | None = None, draft: TransitionDraft = _NOTHING
) -> Response:
    """The order as it is now; with an error, what stood in the way, and with a draft, that form as it was left."""
    page, query = replace(await base.page_of(ctx), path=f"/o/{order_id}"), ctx.request.query_params
    order = await reads.get_order(order_id, ctx.actor, page.now)
    escalations = await list_escalations(order_id) if order.audience is Audience.STAFF else []
    redacts = may_handle_evidence(order, ctx.actor, Permission.REDACT_PHOTOS)
    take = await _take_on_the_way(order, ctx.actor, page)
    shown = {role: latest_of(order.photos, role) for role in ("report", "before", "after", "arrival")}
    latest = [photo for photos in shown.values() for photo in photos]
    return base.html(
        "staff/order.html",
        page,
        status=error.status if error else 200,
        order=order,
        where=where_of(order),
        whereabouts=await whereabouts_of(ctx, order, where_of(order), page),
        reasons=reasons_of(order.steps, page),
        clock=take.clock if take else countdown_of(order, page),
        photos_of=shown.__getitem__,
        evidence=evidence_of(order, where_of(order), page),
        likes=await list_similar_photos(order, latest, ctx.actor, page.now),
        redacts=f"/o/{order.id}/photos/" if redacts else "",
        **await _content_marks(ctx, order),
        is_sealed=await _is_sealed(ctx, order),
        reads_deliveries=may_handle_evidence(order, ctx.actor, Permission.DISPATCH_ORDERS),
        take=take,
        hotline_tasks=await tasks_of(order),
        intake=await order_card.card_of(order, ctx.actor, has_form=bool(draft.move)),
        campaign_records=await list_behind(order.id) if order.audience is Audience.STAFF and _is_found(order) else [],
        status_of=intake_words.status_of,
        timeline=entries_of(order.steps, escalations, page),
        key=str(uuid4()),
        code=query.get("code", "")[:40],
        nonce=query.get("nonce", "")[:64],
        appeal={"is_open": isinstance(error, _APPEALABLE) or bool(draft.said(_APPEAL)), "reason": draft.said(_APPEAL)},
        done=query.get("done") if query.get("done") in DONE else "",
        **await _further(order, draft, error, page),
    )


def _is_found(order: OrderDetail) -> bool:
    """Whether a record of a campaign may stand behind it, or behind what was merged into it."""
    return order.source_kind == CAMPAIGN or bool(order.merged)


async def _take_on_the_way(order: OrderDetail, actor: Actor, page: PageContext) -> TakeCard | None:
    """For whoever took it out of the pool and has not arrived: by when to be there."""
    take = await find_take(order.id, actor) if order.state == State.ACCEPTED else None
    return take_of(take, page) if take else None


async def _content_marks(ctx: RequestContext, order: OrderDetail) -> dict[str, Any]:
    """What WeChat said of the words and the pictures, for staff; nothing where WeChat is not set up."""
    mini_program = ctx.runtime.mini_program
    if mini_program is None or order.audience is not Audience.STAFF:
        return {"words_mark": "", "picture_marks": {}}
    return {
        "words_mark": await mini_program.find_mark(order.id),
        "picture_marks": await mini_program.find_picture_marks(order.id, ctx.now),
    }


async def _is_sealed(ctx: RequestContext, order: OrderDetail) -> bool:
    """Whether the reader may ask who complained."""
    if not complaint_rules.may_open(ctx.actor, order.area_code):
        return False
    return await complaints.find_sealed(order.id, ctx.actor) is not None


async def _further(
    order: OrderDetail, draft: TransitionDraft, error: AppError | None, page: PageContext
) -> dict[str, Any]:
    """The moves beside the straight way: what waits for a decision, the forms, and of an open one the choices."""
    is_worked_on = order.audience is Audience.STAFF and order.state in (State.ACCEPTED, State.ON_SITE)
    waiting = await pending_requests.find_pending_request(order.id) if is_worked_on else None
    forms = transition_forms.available_forms(order, is_asking=waiting is not None)
    opened = next((form for form in forms if form.name == draft.move), None)
    return {
        "asked": waiting,
        "forms": forms,
        "draft": draft,
        "choices": await form_choices.choices_of(opened, order, draft, page.now) if opened else FormChoices(),
        "problem": _problem(page, error, draft, is_open=opened is not None or _is_shown(order, draft))
        if error
        else None,
    }


def _is_shown(order: OrderDetail, draft: TransitionDraft) -> bool:
    """Whether the form of the straight way that was refused is on the page again, with what was written in it."""
    return _STRAIGHT.get(draft.move) in order.allowed


def _problem(page: PageContext, error: AppError, draft: TransitionDraft, *, is_open: bool) -> dict[str, str]:
    if isinstance(error, MoveForbidden) and error.extra["changed_by"]:
        first = page.t("act.first", who=error.extra["changed_by"], state=page.t(f"state.{error.extra['state']}"))
        return {"title": first, "kept": _lost(page, draft), "next": page.t("act.conflict_next")}
    if isinstance(error, OrderChanged):
        unsent = page.t("more.kept") if is_open else _lost(page, draft)
        return base.problem_of(page, error, stored=unsent, then=page.t("act.conflict_next"))
    if is_open:
        return base.problem_of(page, error, stored=page.t("more.kept"), then=page.t("more.again"))
    return base.problem_of(page, error, stored=_lost(page, draft))


def _lost(page: PageContext, draft: TransitionDraft) -> str:
    """The words of a form that is offered no more, to be copied from where they are told."""
    said = draft.said("reason") or draft.said("note") or draft.said(_APPEAL)
    return page.t("more.your_words", words=said) if said else ""
