"""One order's page, and its moves as plain forms. With scripts the same moves go to the API."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from backend import clock
from backend.errors import HouseError
from backend.orders import queries
from backend.orders import service as orders
from backend.orders.errors import MoveForbidden, OrderNotFound
from backend.orders.inputs import CheckIn, Finish, Verify
from backend.orders.queries.ladder import list_escalations
from backend.orders.queries.rows import is_staff
from backend.orders.service.moving import Mover
from backend.orders.structs import OrderDetail, PhotoView
from backend.routes import pages_base
from backend.routes.guards import signed_in
from backend.routes.pages_forms import FORM_MAX_BYTES, read_form, receive_photos, word
from backend.routes.pages_work import where_of
from backend.routes.parameters import Id, code_in
from backend.routes.photo_likes import list_likes
from backend.web.clocks import clock_of
from backend.web.page import Page
from backend.web.timeline import entries_of
from media.rules import may_redact

_DONE = ("accept", "check_in", "finish", "verify")
Act = Callable[[FormMultiDict, Mover], Awaitable[None]]


@get("/o/{order_id:int}", guards=[signed_in], include_in_schema=False)
async def show_order(request: Request, order_id: FromPath[int]) -> Response:
    return await _order(request, order_id)


@post("/o/{order_id:int}/accept", guards=[signed_in], include_in_schema=False)
async def accept(request: Request, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, by: Mover) -> None:
        await orders.accept(order_id, by)

    return await _move(request, order_id, "accept", act)


@post("/o/{order_id:int}/check-in", guards=[signed_in], include_in_schema=False)
async def check_in(request: Request, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, by: Mover) -> None:
        typed = code_in(request, word(form, "code", 200) or None)
        await orders.check_in(order_id, CheckIn(code=typed), by)

    return await _move(request, order_id, "check_in", act)


@post("/o/{order_id:int}/finish", guards=[signed_in], include_in_schema=False, request_max_body_size=FORM_MAX_BYTES)
async def finish(request: Request, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, by: Mover) -> None:
        before = await receive_photos(form, "before", by.actor, by.now)
        after = await receive_photos(form, "after", by.actor, by.now)
        result = Finish(photo_ids=after, before_photo_ids=before, note=word(form, "note"))
        await orders.finish(order_id, result, by)

    return await _move(request, order_id, "finish", act)


@post("/o/{order_id:int}/verify", guards=[signed_in], include_in_schema=False)
async def verify(request: Request, order_id: FromPath[int]) -> Response:
    async def act(form: FormMultiDict, by: Mover) -> None:
        verdict = {"result": word(form, "result"), "note": word(form, "note")}
        await orders.verify(order_id, msgspec.convert(verdict, Verify), by)

    return await _move(request, order_id, "verify", act)


async def _move(request: Request, order_id: Id, name: str, act: Act) -> Response:
    """Carry the move out and show the order again, with the news or with what stood in the way."""
    form = await read_form(request)
    by = Mover(actor=request.user, now=clock.now(), key=word(form, "key", 80) or None)
    try:
        await act(form, by)
    except OrderNotFound:
        raise
    except HouseError as error:
        return await _order(request, order_id, error)
    return pages_base.see_other(f"/o/{order_id}?done={name}")


async def _order(request: Request, order_id: Id, error: HouseError | None = None) -> Response:
    page, query = await pages_base.page_of(request), request.query_params
    order = await queries.get_order(order_id, request.user, page.now)
    rungs = await list_escalations(order_id) if is_staff(request.user) else []
    shown = {role: _photos_of(order, role) for role in ("report", "before", "after")}
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
        redacts=f"/o/{order.id}/photos/" if may_redact(request.user) else "",
        timeline=entries_of(order.steps, rungs, page),
        key=str(uuid4()),
        code=query.get("code", "")[:40],
        done=query.get("done") if query.get("done") in _DONE else "",
        problem=_problem(page, error) if error else None,
    )


def _photos_of(order: OrderDetail, role: str) -> list[PhotoView]:
    """The photos of a role; of those brought by a finish, only the latest round's."""
    shown = [photo for photo in order.photos if photo.role == role]
    latest = max((photo.step_id for photo in shown), default=0)
    return [photo for photo in shown if photo.step_id == latest]


def _problem(page: Page, error: HouseError) -> dict[str, str]:
    if isinstance(error, MoveForbidden) and error.extra["changed_by"]:
        first = page.t("act.first", who=error.extra["changed_by"], state=page.t(f"state.{error.extra['state']}"))
        return {"title": first, "kept": "", "next": page.t("act.conflict_next")}
    return pages_base.told(page, error, kept=page.t("act.kept"))
