"""自处理 at a door: an inspector reports what is put right already, and the order is opened and closed with one form.

Two verbs, one after the other: when the second is refused the order stays open, and its page says so.
"""

from typing import Any
from uuid import uuid4

from litestar import Request, Response, post
from litestar.connection import ASGIConnection
from litestar.params import FromPath

from backend import clock
from backend.errors import Conflict, HouseError
from backend.orders import service as orders
from backend.orders.errors import NotYours
from backend.orders.inputs import SelfHandled
from backend.orders.service.moving import Mover
from backend.orders.states import Move, row_of
from backend.reports import service as reports
from backend.reports.structs import Receipt, Submission
from backend.routes import move_forms, moves_offered, pages_base, pages_landing
from backend.routes.guards import signed_in
from backend.routes.move_forms import Draft, FieldsMissing
from backend.routes.pages_forms import FORM_MAX_BYTES, read_form, word
from backend.routes.pages_orders import order_page
from backend.web.texts import say


async def _may_self_handle(connection: ASGIConnection, _: Any) -> None:
    """Asked before anything is opened: whoever reports so must be of those who may close so."""
    if not connection.user.has_role(*row_of(Move.SELF_HANDLE).roles):
        raise NotYours


@post(
    "/q/{code:str}/self-handled",
    guards=[signed_in, _may_self_handle],
    include_in_schema=False,
    request_max_body_size=FORM_MAX_BYTES,
)
async def report_and_close(request: Request, code: FromPath[str]) -> Response:
    form = await read_form(request)
    client_id, item = word(form, "client_id", 60) or str(uuid4()), word(form, "item", 8)
    by = Mover(actor=request.user, now=clock.now(), key=f"{client_id}-self")
    draft = move_forms.draft_of(moves_offered.get("self_handle"), form)
    try:
        await move_forms.take_photos(moves_offered.get("self_handle"), draft, form, by)
        receipt = await _report(request, client_id, code, item, draft, by)
    except HouseError as error:
        typed = pages_landing.Draft(
            chosen=item, description=draft.said("note"), photos=draft.photos, fixed_at_once=True
        )
        return await pages_landing.refused(request, code, typed, error)
    return await _close(request, receipt, draft, by)


async def _report(request: Request, client_id: str, code: str, item: str, draft: Draft, by: Mover) -> Receipt:
    """The photos of before are the report's. Raises FieldsMissing where a photo of either moment is."""
    if missing := [name for name, photos in draft.photos.items() if not photos]:
        raise FieldsMissing(missing)
    submission = Submission(
        client_id=client_id,
        code=code,
        item=item,
        description=draft.said("note"),
        photo_ids=draft.photo_ids("before_photo_ids"),
    )
    base_url = request.app.state.settings.base_url
    return (await reports.submit_anew(submission, by.actor, base_url=base_url, now=by.now)).receipt


async def _close(request: Request, receipt: Receipt, draft: Draft, by: Mover) -> Response:
    after = draft.photo_ids("after_photo_ids")
    try:
        await orders.self_handle(receipt.order_id, SelfHandled(after_photo_ids=after, note=draft.said("note")), by)
    except HouseError as error:
        told = [
            say(lang, "self.open", number=receipt.number, why=why) for lang, why in (("zh", error.zh), ("en", error.en))
        ]
        kept = Draft(draft.move, draft.words, {"after_photo_ids": draft.photos["after_photo_ids"]})
        return await order_page(request, receipt.order_id, Conflict(*told), kept)
    return pages_base.see_other(f"/o/{receipt.order_id}?done=self_handle")
