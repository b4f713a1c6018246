"""自处理 at a door: an inspector reports what is put right already, and the order is opened and closed with one form.

Two verbs, one after the other: when the second is refused the order stays open, and its page says so.
"""

from litestar import Response, post
from litestar.params import FromPath

from backend.accounts.structs import Actor
from backend.errors import AppError, Conflict
from backend.orders import verbs as orders
from backend.orders.model.errors import NotYours
from backend.orders.model.inputs import SelfHandled
from backend.orders.model.rules import may_self_handle
from backend.orders.transitions.transition import TransitionContext
from backend.reports import service as reports
from backend.reports.structs import ReportReceipt, Submission
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import FORM_MAX_BYTES, new_key, read_form, read_key, word
from backend.routes.pages.resident import landing
from backend.routes.pages.staff import form_reading, transition_forms
from backend.routes.pages.staff.form_reading import FieldsMissing, TransitionDraft
from backend.routes.pages.staff.orders import order_page
from backend.structs import IdempotencyKey
from qr import codes
from qr import queries as qr
from qr.codes import Code


async def _plate_within(actor: Actor, code: str) -> Code:
    """The code of a plate that hangs where this person may report and close at once; asked before anything is opened.

    Raises NotYours, CodeUnknown, CodeRevoked, CodeUnbound.
    """
    plate = codes.parse(code)
    if not may_self_handle(actor, (await qr.get_place(plate)).area_code):
        raise NotYours
    return plate


@post(
    "/q/{code:str}/self-handled",
    guards=[signed_in],
    include_in_schema=False,
    request_max_body_size=FORM_MAX_BYTES,
)
async def report_and_close(ctx: Ctx, code: FromPath[str]) -> Response:
    plate, form = await _plate_within(ctx.actor, code), await read_form(ctx)
    key, item = read_key(form, "client_id", 60) or new_key(), word(form, "item", 8)
    by = TransitionContext(actor=ctx.actor, now=ctx.now, idempotency_key=IdempotencyKey(f"{key}-self"))
    draft = form_reading.draft_of(transition_forms.get("self_handle"), form)
    try:
        await form_reading.take_photos(ctx, transition_forms.get("self_handle"), draft, form)
        receipt = await _report(ctx, key, plate, item, draft, by)
    except AppError as error:
        typed = landing.ReportDraft(item=item, description=draft.said("note"), photos=draft.photos, fixed_at_once=True)
        return await landing.refused(ctx, plate, typed, error)
    return await _close(ctx, receipt, draft, by)


async def _report(
    ctx: RequestContext, key: IdempotencyKey, code: Code, item: str, draft: TransitionDraft, by: TransitionContext
) -> ReportReceipt:
    """The photos of before are the report's. Raises FieldsMissing where a photo of either moment is."""
    if missing := [name for name, photos in draft.photos.items() if not photos]:
        raise FieldsMissing(missing)
    submission = Submission(
        idempotency_key=key,
        code=code,
        item=item,
        description=draft.said("note"),
        photo_ids=draft.photo_ids("before_photo_ids"),
    )
    base_url = ctx.settings.base_url
    return (await reports.submit_anew(submission, by.actor, base_url=base_url, now=by.now)).receipt


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
    return base.see_other(f"/o/{receipt.order_id}?done=self_handle")
