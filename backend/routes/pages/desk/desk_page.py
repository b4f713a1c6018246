"""The desk's list as a page, with the form beneath it and the row that somebody works in as their reader left them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

from litestar import Response

from backend.errors import AppError
from backend.intake.hotline import queries as hotline
from backend.intake.hotline.receiving import KINDS as PLATFORMS
from backend.orders.actions.bulk import RefusedReassignment
from backend.orders.assignment.available import AvailableHandler, list_available
from backend.orders.desk import (
    ENDED_MOST,
    ClosedOutcome,
    DeskCounts,
    DeskFilter,
    DeskTab,
    DeskView,
    DueWhen,
    find_desk_order,
    view_desk,
)
from backend.reports.open_duplicates import open_duplicates
from backend.routes.actions.desk_filters import words_of, write_filter
from backend.routes.actions.list_thumbs import SEALED
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.desk.options import names_of, options_of, outlook_of
from backend.web.views.active_filters import active_filters_of
from backend.web.views.desk import DeskLine, line_of
from backend.web.views.desk_focus import RowFocus, news_of, placed
from backend.web.views.offers import away
from backend.web.views.page import PageContext

_OFFERED_MOST = 8
"""People to whom an order may be given, in its row; the others are on the order's own page."""
_STEP_M = 50
NOTHING = RowFocus()


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


async def desk_page(
    ctx: RequestContext,
    page: PageContext,
    desk_filter: DeskFilter,
    unread: list[str],
    bulk: Bulk,
    focus: RowFocus = NOTHING,
) -> Response:
    cursor = ctx.request.query_params.get("cursor")
    view = await view_desk(ctx.actor, desk_filter, page.now, cursor, sealed=SEALED, duplicates=open_duplicates)
    lines, focused, thumbs = await _lines(ctx, page, view, focus)
    if focus.problem and focused is None:
        bulk = replace(bulk, problem=focus.problem)
    problem = focus.problem or bulk.problem
    return base.html(
        "desk/order_list.html",
        page,
        status=problem.status if problem else 200,
        **await _filtered(ctx, page, desk_filter, cursor),
        unread=unread,
        lines=lines,
        thumbs=thumbs,
        hotline_due=await hotline.due_of([line.order.id for line in lines if line.order.source_kind in PLATFORMS]),
        focus=focus,
        news=news_of(focused.order, focus, page) if focused else None,
        available=await _available(focused, focus, page),
        away=lambda metres: away(page, round(metres / _STEP_M) * _STEP_M),
        shown=view.page,
        counts=view.counts,
        tabs=[(tab, str(count)) for tab, count in view.counts.tabs.items()] + [(DeskTab.ENDED, _ended(view.counts))],
        outlook=await outlook_of(ctx.actor, page.now),
        bulk=bulk,
        key=str(uuid4()),
    )


async def _filtered(
    ctx: RequestContext, page: PageContext, desk_filter: DeskFilter, cursor: str | None
) -> dict[str, Any]:
    """The filter: what it offers, what it says, and the addresses of lists that differ in one thing."""
    options = await options_of(ctx.actor, desk_filter)
    return {
        "desk_filter": desk_filter,
        "active_filters": active_filters_of(
            page, desk_filter, words_of(desk_filter), names_of(page, desk_filter, options)
        ),
        "query": write_filter(desk_filter),
        "link": lambda **changes: write_filter(desk_filter, **changes),
        "beyond": lambda cursor: write_filter(desk_filter, {"cursor": cursor}),
        "in_row": lambda **more: write_filter(desk_filter, {"cursor": cursor, **more}),
        "due": list(DueWhen),
        "outcomes": list(ClosedOutcome),
        "options": options,
    }


async def _lines(
    ctx: RequestContext, page: PageContext, view: DeskView, focus: RowFocus
) -> tuple[list[DeskLine], DeskLine | None, dict[int, str]]:
    """The rows, with the one that somebody works in where it stood, that one, and the photos of all."""
    orders, thumbs = view.page.items, view.thumbs
    focused = next((order for order in orders if order.id == focus.order_id), None)
    if focus.order_id and focused is None:
        found = await find_desk_order(ctx.actor, focus.order_id, page.now, sealed=SEALED, duplicates=open_duplicates)
        focused, own = found if found else (None, {})
        thumbs = thumbs | own
    if focused and (focus.done or focus.problem or focused not in orders):
        orders = placed(orders, focused, focus.row)
    lines = [line_of(order, page) for order in orders]
    return lines, next((line for line in lines if line.order.id == focus.order_id), None), thumbs


async def _available(focused: DeskLine | None, focus: RowFocus, page: PageContext) -> list[AvailableHandler]:
    """Whom the order may be given to, the first of all; read only for a row that asks."""
    if focused is None or not focus.is_open or not focused.may_reassign:
        return []
    return (await list_available(focused.order.id, page.now))[:_OFFERED_MOST]


def _ended(counts: DeskCounts) -> str:
    """Ended orders are counted only as far as a page needs."""
    if counts.ended is None or counts.ended >= ENDED_MOST:
        return "" if counts.ended is None else f"{ENDED_MOST - 1:,}+"
    return str(counts.ended) if counts.is_exact else f"{counts.ended}+" if counts.ended else ""
