"""The verifier's queue: the next case, a verdict, and on to the one after it; and the lists by tab.

A case has an address of its own, so that nothing takes its place under a finger. Which orders were put off stands in
the address: `later=17-23`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode
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
from backend.orders.reads.verification_queue import Decision, VerificationQueue
from backend.orders.reads.views import OrderDetail
from backend.routes.actions.similar_photos import list_similar_photos
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import context_of_form, lines, read_form
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
_LATER_MOST = 50
_ID_CHARS = 18
_ROLES = ("report", "before", "after", "arrival")


@dataclass(frozen=True, slots=True)
class QueuePosition:
    """Where a verifier stands in the queue, as a page and its forms say it."""

    later: tuple[int, ...]
    """Orders that were put off."""
    counts: VerificationQueue
    last: Decision | None
    """What became of the case before this one."""

    def at(self, order_id: int) -> str:
        """The case of this order, which takes its verdict, too."""
        return _path(f"/verify/{order_id}", self.later)

    def after(self, order_id: int) -> str:
        """Where it goes on once this order was decided."""
        return _path("/verify", self.later, order_id)

    def putting_off(self, order_id: int) -> str:
        """Where it goes on without a verdict."""
        return _path("/verify", [*self.later, order_id])


@get("/verify", guards=[signed_in], include_in_schema=False)
async def show_verify(ctx: Ctx) -> Response:
    """The next case; a list where one is asked for, and for those who verify nothing."""
    query = ctx.request.query_params
    is_list = "tab" in query or query.get("done") in transition_forms.NAMES
    if is_list or not verification_queue.may_verify(ctx.actor):
        return await list_page(ctx, "verify", _TABS)
    return await _go_on(ctx, _later(query.get("later")), _number(query.get("last")))


@get("/verify/queue", guards=[signed_in], include_in_schema=False)
async def show_queue(ctx: Ctx) -> Response:
    """How much waits, where there is no next case; it stays what it is while new ones arrive."""
    return base.html("staff/verification_queue.html", await base.page_of(ctx), queue=await _position(ctx, 0))


@get("/verify/{order_id:int}", guards=[signed_in], include_in_schema=False)
async def show_case(ctx: Ctx, order_id: FromPath[int]) -> Response:
    return await _case(ctx, order_id, _later(ctx.request.query_params.get("later")))


@post("/verify/{order_id:int}", guards=[signed_in], include_in_schema=False)
async def decide(ctx: Ctx, order_id: FromPath[int]) -> Response:
    """Pass or send back and go on; refused, the case comes back as it is now, with all that was said."""
    form = await read_form(ctx)
    later = _later(ctx.request.query_params.get("later"))
    draft = TransitionDraft("verify", {"note": lines(form, "note")})
    try:
        await orders.verify(order_id, verdict_of(form, draft), context_of_form(ctx, form))
    except AppError as error:
        if not (isinstance(error, MoveForbidden) and not draft.said("note")):
            return await _case(ctx, order_id, later, error, draft)
    return await _go_on(ctx, later, order_id)


async def _go_on(ctx: RequestContext, later: Sequence[int], last: int) -> Response:
    """To the next case, or to the queue where nothing is left; `last`: the order that was decided, 0 for none."""
    counts = await verification_queue.view_queue(ctx.actor, [*later, last], ctx.now)
    return base.see_other(_path(f"/verify/{counts.next_id or 'queue'}", later, last))


async def _position(ctx: RequestContext, order_id: int, later: Sequence[int] | None = None) -> QueuePosition:
    query = ctx.request.query_params
    last = _number(query.get("last"))
    put_off = tuple(_later(query.get("later")) if later is None else later)
    return QueuePosition(
        later=put_off,
        counts=await verification_queue.view_queue(ctx.actor, [*put_off, order_id], ctx.now),
        last=await verification_queue.find_decision(last, ctx.actor) if last else None,
    )


async def _case(
    ctx: RequestContext,
    order_id: Id,
    later: Sequence[int],
    error: AppError | None = None,
    draft: TransitionDraft | None = None,
) -> Response:
    """One case as it is now; with an error, what stood in the way, and with a draft, what was said."""
    order = await reads.get_order(order_id, ctx.actor, ctx.now)
    if order.audience is not Audience.STAFF:
        return base.see_other(f"/o/{order_id}")
    page = replace(await base.page_of(ctx), path=_path(f"/verify/{order_id}", later))
    is_decided = order.state != State.HANDLED
    return base.html(
        "staff/verification_case.html",
        page,
        status=error.status if error else 200,
        order=order,
        queue=await _position(ctx, order_id, later),
        decision=await verification_queue.find_decision(order_id, ctx.actor) if is_decided else None,
        draft=draft or TransitionDraft(),
        problem=_problem(page, error) if error else None,
        key=str(uuid4()),
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


def _path(path: str, later: Sequence[int] = (), last: int = 0) -> str:
    carried = {"later": "-".join(map(str, later)), "last": str(last or "")}
    query = urlencode({name: value for name, value in carried.items() if value})
    return f"{path}?{query}" if query else path


def _later(said: str | None) -> list[int]:
    """The orders that were put off; what cannot be one is passed over."""
    numbers = map(_number, (said or "").split("-"))
    return [number for number in dict.fromkeys(numbers) if number][:_LATER_MOST]


def _number(said: str | None) -> int:
    """The id of an order, 0 for what cannot be one."""
    is_one = said is not None and said.isascii() and said.isdecimal() and len(said) <= _ID_CHARS
    return int(said) if is_one and said else 0
