"""自处理: an inspector reports what is put right already, and the order is opened and closed with one form.

Two verbs, one after the other: when the second is refused the order stays open, and its page says so.
"""

from dataclasses import replace

from litestar import Response, get, post

from backend.errors import AppError, Conflict
from backend.orders import verbs as orders
from backend.orders.model.errors import NotYours
from backend.orders.model.inputs import SelfHandled
from backend.orders.model.rules import may_self_handle
from backend.orders.transitions.transition import TransitionContext
from backend.reports import service as reports
from backend.reports.structs import ReportReceipt, Submission
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import FORM_MAX_BYTES, read_form
from backend.routes.pages.inspectors import field_form, place_choice
from backend.routes.pages.inspectors.place_choice import PlaceChoice
from backend.routes.pages.resident.landing import ReportDraft
from backend.routes.pages.staff import form_reading, transition_forms
from backend.routes.pages.staff.form_reading import FieldsMissing, TransitionDraft
from backend.routes.pages.staff.orders import order_page
from backend.structs import IdempotencyKey

_GUARDS = [field_form.on_the_beat]
_MOVE = "self_handle"


@get("/self-handling", guards=_GUARDS, include_in_schema=False)
async def show_self_handling(ctx: Ctx) -> Response:
    return await _page(ctx, ReportDraft(), await place_choice.of_address(ctx))


@post(
    "/self-handling/place",
    guards=_GUARDS,
    include_in_schema=False,
    status_code=200,
    request_max_body_size=FORM_MAX_BYTES,
)
async def choose_place(ctx: Ctx) -> Response:
    """The page again with places to choose from, and with all that came."""
    form = await read_form(ctx)
    draft = form_reading.draft_of(transition_forms.get(_MOVE), form)
    refused: AppError | None = None
    try:
        await form_reading.take_photos(ctx, transition_forms.get(_MOVE), draft, form)
    except AppError as error:
        refused = error
    typed = replace(field_form.draft_of(form, "note"), photos=draft.photos)
    return await _page(ctx, typed, await place_choice.read(ctx, form), refused)


@post("/self-handling", guards=_GUARDS, include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def report_and_close(ctx: Ctx) -> Response:
    form = await read_form(ctx)
    choice, typed = await place_choice.read(ctx, form), field_form.draft_of(form, "note")
    by = TransitionContext(
        actor=ctx.actor, now=ctx.now, idempotency_key=IdempotencyKey(f"{typed.idempotency_key}-self")
    )
    draft = form_reading.draft_of(transition_forms.get(_MOVE), form)
    try:
        await form_reading.take_photos(ctx, transition_forms.get(_MOVE), draft, form)
        receipt = await _report(ctx, typed, choice, draft, by)
    except AppError as error:
        return await _page(ctx, replace(typed, photos=draft.photos), choice, error)
    return await _close(ctx, receipt, draft, by)


async def _report(
    ctx: RequestContext, typed: ReportDraft, choice: PlaceChoice, draft: TransitionDraft, by: TransitionContext
) -> ReportReceipt:
    """The photos of before are the report's. Raises NotYours before anything is opened, FieldsMissing where a photo of
    either moment is, what the place and the report refuse."""
    choice.check()
    if choice.place and not may_self_handle(by.actor, await place_choice.area_of(choice)):
        raise NotYours
    if missing := [name for name, photos in draft.photos.items() if not photos]:
        raise FieldsMissing(missing)
    submission = Submission(
        idempotency_key=typed.idempotency_key,
        code=choice.code,
        nonce=choice.nonce or None,
        point=choice.fix,
        item=typed.item,
        description=draft.said("note"),
        photo_ids=draft.photo_ids("before_photo_ids"),
    )
    return (await reports.submit_anew(submission, by.actor, base_url=ctx.settings.base_url, now=by.now)).receipt


async def _close(
    ctx: RequestContext, receipt: ReportReceipt, draft: TransitionDraft, by: TransitionContext
) -> Response:
    after = draft.photo_ids("after_photo_ids")
    try:
        await orders.self_handle(receipt.order_id, SelfHandled(after_photo_ids=after, note=draft.said("note")), by)
    except AppError as error:
        still_open = Conflict("self-handling-open", values={"number": receipt.number, "why": error})
        unsent = TransitionDraft(draft.move, draft.words, {"after_photo_ids": draft.photos["after_photo_ids"]})
        return await order_page(ctx, receipt.order_id, still_open, unsent)
    return base.see_other(f"/o/{receipt.order_id}?done={_MOVE}")


async def _page(
    ctx: RequestContext, draft: ReportDraft, choice: PlaceChoice, error: AppError | None = None
) -> Response:
    page = await base.page_of(ctx)
    problem = field_form.problem_of(page, error, draft) if error and error is not choice.problem else None
    status = error.status if error else choice.problem.status if choice.problem else 200
    facts = await field_form.facts_of(ctx, page, replace(draft, problem=problem), choice)
    return base.html("inspectors/self_handling.html", page, status=status, **facts)
