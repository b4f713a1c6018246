"""The desk: orders of the reader's areas by filter, and the same reassignment for those that were ticked."""

import re
from dataclasses import replace
from typing import Any, NamedTuple

import msgspec
from litestar import Response, get, post
from litestar.datastructures import FormMultiDict

from backend.accounts.permissions import Permission
from backend.errors import AppError, BadRequest
from backend.orders import verbs as orders
from backend.orders.actions.bulk import BULK_MOST, BulkResult
from backend.orders.model.inputs import Reassign
from backend.routes.actions.desk_filters import read_filter, write_filter
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.pages import base
from backend.routes.pages.desk.desk_page import Bulk, desk_page
from backend.routes.pages.forms import context_of_form, read_form, word, words
from backend.web.views.desk_focus import focus_of

DISPATCH = [requires(Permission.DISPATCH_ORDERS)]
_TICK = re.compile(r"([0-9]{1,18})-([0-9]{1,9})(?:-([0-9A-Z-]{1,24}))?")


@get("/desk", guards=[requires(Permission.READ_DESK)], include_in_schema=False)
async def show_desk(ctx: Ctx) -> Response:
    page = await base.page_of(ctx)
    desk_filter, unread = read_filter(ctx.request.query_params)
    done = ctx.request.query_params.get("done", "")
    moved = int(done) if done.isdecimal() and len(done) < 4 else 0
    return await desk_page(ctx, page, desk_filter, unread, Bulk(moved=moved), focus_of(ctx.request.query_params))


class _Tick(NamedTuple):
    order_id: int
    version: int
    number: str


@post("/desk/reassign", guards=DISPATCH, include_in_schema=False)
async def reassign(ctx: Ctx) -> Response:
    """Back to the list when all went well; else the list again, with what was refused and why."""
    desk_filter, unread = read_filter(ctx.request.query_params)
    form, page = await read_form(ctx), await base.page_of(ctx)
    bulk = _bulk(form)
    try:
        _check(bulk)
        outcome = await orders.reassign_many(
            bulk.ticked, target_of(bulk.to, bulk.reason), context_of_form(ctx, form), bulk.versions
        )
    except AppError as error:
        return await desk_page(ctx, page, desk_filter, unread, replace(bulk, problem=error))
    if not outcome.refused:
        return base.see_other(f"/desk?{write_filter(desk_filter, {'done': len(outcome.done)})}")
    return await desk_page(ctx, page, desk_filter, unread, _without_done(bulk, outcome))


def _without_done(bulk: Bulk, outcome: BulkResult) -> Bulk:
    """The form with only those ticked that were refused."""
    left = tuple(each.order_id for each in outcome.refused)
    return replace(bulk, ticked=left, refused=outcome.refused, moved=len(outcome.done))


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


def target_of(to: str, reason: str) -> Reassign:
    """`12` is a unit, `12-345` a person of it. Raises BadRequest when nobody was chosen or no reason given."""
    unit, _, person = to.partition("-")
    given: dict[str, Any] = {"unit_id": unit, "handler_id": person or None, "reason": reason}
    try:
        return msgspec.convert(given, Reassign, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest("unit-not-chosen") from error
