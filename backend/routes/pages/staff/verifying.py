"""The verifier's queue: the next case, a verdict, and on to the one after it; and the lists by tab.

Which orders were put off stands in the address: `later=17-23`.
"""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from litestar import Response, get, post
from litestar.params import FromPath

from backend.accounts.permissions import Permission
from backend.errors import AppError
from backend.orders import reads
from backend.orders import verbs as orders
from backend.orders.model.errors import MoveForbidden
from backend.orders.model.states import ENDED, State
from backend.orders.reads import OrderFilter, verification_queue
from backend.orders.reads.evidence import may_handle_evidence
from backend.orders.reads.views import OrderDetail
from backend.routes.actions.similar_photos import list_similar_photos
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import context_of_form, lines, read_form
from backend.routes.pages.queue_position import QueueAddresses, QueuePosition, case_number, position_in
from backend.routes.pages.staff import transition_forms
from backend.routes.pages.staff.form_reading import TransitionDraft, verdict_of
from backend.routes.pages.staff.work import Tabs, list_page, where_of
from backend.web.views.countdown import countdown_of
from backend.web.views.evidence import evidence_of, latest_of
from backend.web.views.page import PageContext
from backend.web.views.timeline import entries_of
from media.structs import Audience

_TABS: Tabs = {
    "review": OrderFilter(states=[State.HANDLED]),
    "done": OrderFilter(states=[*ENDED]),
    "mine": None,
}
_CASES = QueueAddresses("/verify", "/verify", "last")
_ROLES = ("report", "before", "after", "arrival")


@get("/verify", guards=[signed_in], include_in_schema=False)
async def show_verify(ctx: Ctx) -> Response:
    """The next case; a list where one is asked for, and for those who verify nothing."""
    query = ctx.request.query_params
    is_list = "tab" in query or query.get("done") in transition_forms.NAMES
    if is_list or not verification_queue.may_verify(ctx.actor):
        return await list_page(ctx, "verify", _TABS)
    return await _go_on(ctx, _position(ctx), case_number(query.get("last")))


@get("/verify/queue", guards=[signed_in], include_in_schema=False)
async def show_queue(ctx: Ctx) -> Response:
    """How much waits, where there is no next case; it stays what it is while new ones arrive."""
    return base.html(
        "staff/verification_queue.html", await base.page_of(ctx), **await _standing(ctx, _position(ctx), 0)
    )


@get("/verify/{order_id:int}", guards=[signed_in], include_in_schema=False)
async def show_case(ctx: Ctx, order_id: FromPath[int]) -> Response:
    return await _case(ctx, order_id)


@post("/verify/{order_id:int}", guards=[signed_in], include_in_schema=False)
async def decide(ctx: Ctx, order_id: FromPath[int]) -> Response:
    """Pass or send back and go on; refused, the case comes back as it is now, with all that was said."""
    form = await read_form(ctx)
    draft = TransitionDraft("verify", {"note": lines(form, "note")})
    try:
        await orders.verify(order_id, verdict_of(form, draft), context_of_form(ctx, form))
    except AppError as error:
        if not (isinstance(error, MoveForbidden) and not draft.said("note")):
            return await _case(ctx, order_id, error, draft)
    return await _go_on(ctx, _position(ctx), order_id)


def _position(ctx: RequestContext) -> QueuePosition:
    return position_in(ctx.request.query_params, _CASES)


async def _go_on(ctx: RequestContext, position: QueuePosition, last: int) -> Response:
    """To the next case, or to the queue where nothing is left; `last`: the order that was decided, 0 for none."""
    counts = await verification_queue.view_queue(ctx.actor, [*position.later, last], ctx.now)
    return base.see_other(position.at(counts.next_id or "queue", ended=last))


async def _standing(ctx: RequestContext, position: QueuePosition, order_id: int) -> dict[str, Any]:
    """What a page says of the queue: where the reader stands, how many wait, and what became of the case before."""
    last = case_number(ctx.request.query_params.get("last"))
    return {
        "queue": position,
        "counts": await verification_queue.view_queue(ctx.actor, [*position.later, order_id], ctx.now),
        "last": await verification_queue.find_decision(last, ctx.actor) if last else None,
    }


async def _case(
    ctx: RequestContext,
    order_id: Id,
    error: AppError | None = None,
    draft: TransitionDraft | None = None,
) -> Response:
    """One case as it is now; with an error, what stood in the way, and with a draft, what was said."""
    order = await reads.get_order(order_id, ctx.actor, ctx.now)
    if order.audience is not Audience.STAFF:
        return base.see_other(f"/o/{order_id}")
    position = _position(ctx)
    page = replace(await base.page_of(ctx), path=position.at(order_id))
    is_decided = order.state != State.HANDLED
    return base.html(
        "staff/verification_case.html",
        page,
        status=error.status if error else 200,
        order=order,
        decision=await verification_queue.find_decision(order_id, ctx.actor) if is_decided else None,
        draft=draft or TransitionDraft(),
        problem=_problem(page, error) if error else None,
        key=str(uuid4()),
        **await _standing(ctx, position, order_id),
        **await _shown(ctx, order, page),
    )


async def _shown(ctx: RequestContext, order: OrderDetail, page: PageContext) -> dict[str, Any]:
    """What there is to look at."""
    shown = {role: latest_of(order.photos, role) for role in _ROLES}
    latest = [photo for photos in shown.values() for photo in photos]
    where = where_of(order)
    redacts = may_handle_evidence(order, ctx.actor, Permission.REDACT_PHOTOS)
    return {
        "where": where,
        "clock": countdown_of(order, page),
        "photos_of": shown.__getitem__,
        "evidence": evidence_of(order, where, page),
        "likes": await list_similar_photos(order, latest, ctx.actor, page.now),
        "redacts": f"/o/{order.id}/photos/" if redacts else "",
        "timeline": entries_of(order.steps, [], page),
    }


def _problem(page: PageContext, error: AppError) -> dict[str, str]:
    is_stale = error.status == 409
    return base.problem_of(page, error, page.t("more.kept"), page.t("act.conflict_next" if is_stale else "more.again"))
