"""The desk: orders of the reader's areas by filter, and the same reassignment for those that were ticked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple
from uuid import uuid4

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.accounts.permissions import Permission
from backend.errors import AppError, BadRequest
from backend.orders import verbs as orders
from backend.orders.actions.bulk import BULK_MOST, BulkResult, RefusedReassignment
from backend.orders.desk import ENDED_MOST, ClosedOutcome, DeskCounts, DeskFilter, DeskTab, DueWhen, view_desk
from backend.orders.model.inputs import Reassign
from backend.routes.actions.desk_filters import read_filter, words_of, write_filter
from backend.routes.actions.list_thumbs import SEALED
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.desk.options import names_of, options_of, outlook_of
from backend.routes.pages.forms import context_of_form, read_form, word, words
from backend.web.views.active_filters import active_filters_of
from backend.web.views.desk import line_of
from backend.web.views.page import PageContext

DISPATCH = [requires(Permission.DISPATCH_ORDERS)]
_TICK = re.compile(r"([0-9]{1,18})-([0-9]{1,9})(?:-([0-9A-Z-]{1,24}))?")


@get("/desk", guards=[requires(Permission.READ_DESK)], include_in_schema=False)
async def show_desk(ctx: Ctx) -> Response:
    page = await base.page_of(ctx)
    desk_filter, unread = read_filter(ctx.request.query_params)
    done = ctx.request.query_params.get("done", "")
    moved = int(done) if done.isdecimal() and len(done) < 4 else 0
    return await _desk(ctx, page, desk_filter, unread, Bulk(moved=moved))


class _Tick(NamedTuple):
    order_id: int
    version: int
    number: str


@dataclass(frozen=True, slots=True)
class Bulk:
    """The form beneath the list as its reader left it, and what stood in its way."""

    ticked: tuple[int, ...] = ()
    versions: Mapping[int, int] = field(default_factory=dict)
    numbers: Mapping[int, str] = field(default_factory=dict)
    """By order, its version and its number as the list showed them."""
    to: str = ""
    reason: str = ""
    problem: AppError | None = None
    refused: list[RefusedReassignment] = field(default_factory=list)
    moved: int = 0


@post("/desk/reassign", guards=DISPATCH, include_in_schema=False)
async def reassign(ctx: Ctx) -> Response:
    """Back to the list when all went well; else the list again, with what was refused and why."""
    desk_filter, unread = read_filter(ctx.request.query_params)
    form, page = await read_form(ctx), await base.page_of(ctx)
    bulk = _bulk(form)
    try:
        _check(bulk)
        outcome = await orders.reassign_many(bulk.ticked, _target(bulk), context_of_form(ctx, form), bulk.versions)
    except AppError as error:
        return await _desk(ctx, page, desk_filter, unread, replace(bulk, problem=error))
    if not outcome.refused:
        return base.see_other(f"/desk?{write_filter(desk_filter, {'done': len(outcome.done)})}")
    return await _desk(ctx, page, desk_filter, unread, _without_done(bulk, outcome))


def _without_done(bulk: Bulk, outcome: BulkResult) -> Bulk:
    """The form with only those ticked that were refused."""
    left = tuple(each.order_id for each in outcome.refused)
    return replace(bulk, ticked=left, refused=outcome.refused, moved=len(outcome.done))


async def _desk(
    ctx: RequestContext, page: PageContext, desk_filter: DeskFilter, unread: list[str], bulk: Bulk
) -> Response:
    cursor = ctx.request.query_params.get("cursor")
    view = await view_desk(ctx.actor, desk_filter, page.now, cursor, sealed=SEALED)
    options = await options_of(ctx.actor, desk_filter)
    return base.html(
        "desk/order_list.html",
        page,
        status=bulk.problem.status if bulk.problem else 200,
        desk_filter=desk_filter,
        unread=unread,
        active_filters=active_filters_of(
            page, desk_filter, words_of(desk_filter), names_of(page, desk_filter, options)
        ),
        query=write_filter(desk_filter),
        link=lambda **changes: write_filter(desk_filter, **changes),
        beyond=lambda cursor: write_filter(desk_filter, {"cursor": cursor}),
        thumbs=view.thumbs,
        lines=[line_of(order, page) for order in view.page.items],
        shown=view.page,
        counts=view.counts,
        tabs=[(tab, str(count)) for tab, count in view.counts.tabs.items()] + [(DeskTab.ENDED, _ended(view.counts))],
        due=list(DueWhen),
        outcomes=list(ClosedOutcome),
        options=options,
        outlook=await outlook_of(ctx.actor, page.now),
        bulk=bulk,
        key=str(uuid4()),
    )


def _ended(counts: DeskCounts) -> str:
    """Ended orders are counted only as far as a page needs."""
    if counts.ended is None or counts.ended >= ENDED_MOST:
        return "" if counts.ended is None else f"{ENDED_MOST - 1:,}+"
    return str(counts.ended) if counts.is_exact else f"{counts.ended}+" if counts.ended else ""


def _bulk(form: FormMultiDict) -> Bulk:
    ticks = {tick.order_id: tick for tick in _ticked(form)}
    return Bulk(
        ticked=tuple(ticks),
        versions={order_id: tick.version for order_id, tick in ticks.items()},
        numbers={order_id: tick.number for order_id, tick in ticks.items()},
        to=word(form, "to", 40),
        reason=words(form, "reason"),
    )


def _ticked(form: FormMultiDict) -> list[_Tick]:
    """The ticked orders as the list showed them: id, version and number (`12-7-YM261127-000012`, or `12-7`)."""
    ticks = [_TICK.fullmatch(each) for each in form.getall("id", []) if isinstance(each, str)]
    return [_Tick(int(tick[1]), int(tick[2]), tick[3] or "") for tick in ticks if tick]


def _check(bulk: Bulk) -> None:
    """Raises BadRequest when nothing was ticked, or too much."""
    if not 0 < len(bulk.ticked) <= BULK_MOST:
        raise BadRequest("orders-not-ticked", values={"most": BULK_MOST})


def _target(bulk: Bulk) -> Reassign:
    """`12` is a unit, `12-345` a person of it. Raises BadRequest when nobody was chosen or no reason given."""
    unit, _, person = bulk.to.partition("-")
    given: dict[str, Any] = {"unit_id": unit, "handler_id": person or None, "reason": bulk.reason}
    try:
        return msgspec.convert(given, Reassign, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest("unit-not-chosen") from error
