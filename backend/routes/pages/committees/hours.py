"""时长确认: what the committee's volunteers did, to be confirmed or refused, and the list for the city's register."""

import asyncio
import re
from datetime import date

from litestar import Response, get, post
from litestar.params import FromPath

from backend.accounts.permissions import Permission
from backend.calendars.rules import shanghai_date
from backend.errors import AppError, BadRequest
from backend.routes.http.current_access import CHECKED_NOW
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, row_ids, word, words
from backend.web.views import hours_sheet
from backend.words import REASON, fitting
from grab_orders.ledgers.hours import confirming, exporting, listing

_KEEP = [requires(Permission.KEEP_VOLUNTEERS)]
_REVIEW = [requires(Permission.REVIEW_REWARDS)]
_ROWS, _CURSOR_CHARS, _MONTHS_SHOWN = 30, 200, 12
_MONTH = re.compile("20[0-9]{2}-(0[1-9]|1[0-2])")


@get("/committee/hours", guards=_REVIEW, include_in_schema=False)
async def show_hours(ctx: Ctx) -> Response:
    return await _page(ctx)


@post("/committee/hours", guards=_KEEP, include_in_schema=False)
async def confirm_hours(ctx: Ctx) -> Response:
    ids = row_ids(await read_form(ctx), "id")[:_ROWS]
    try:
        confirmed = await confirming.confirm_many(ids, ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, error)
    return base.see_other(f"/committee/hours?confirmed={confirmed}")


@post("/committee/hours/{entry_id:int}/reverse", guards=_KEEP, include_in_schema=False)
async def reverse_hours(ctx: Ctx, entry_id: FromPath[int]) -> Response:
    form = await read_form(ctx)
    reason, tab = words(form, "reason"), word(form, "tab", 10)
    try:
        await confirming.reverse(entry_id, fitting(reason, REASON, "reason"), ctx.actor, ctx.now)
    except AppError as error:
        return await _page(ctx, error, typed=(entry_id, reason))
    return base.see_other(f"/committee/hours?tab={tab}&reversed=1")


@get("/committee/hours/export/{kind:str}", guards=_REVIEW, opt=CHECKED_NOW, include_in_schema=False)
async def export_hours(ctx: Ctx, kind: FromPath[str]) -> Response:
    month, write = _month(ctx.request.query_params.get("month", "")), hours_sheet.WRITERS.get(kind)
    if month is None or write is None:
        raise BadRequest("month-not-valid")
    lines = await exporting.export_month(month, ctx.actor, ctx.runtime.personal_seal, ctx.now)
    content = await asyncio.to_thread(write, lines)
    headers = {"content-disposition": f'attachment; filename="hours-{month:%Y-%m}.{kind}"', "cache-control": "no-store"}
    return Response(content, media_type=hours_sheet.MEDIA_TYPES[kind], headers=headers)


async def _page(ctx: RequestContext, problem: AppError | None = None, typed: tuple[int, str] = (0, "")) -> Response:
    """The list. `typed`: the entry whose form was refused, and the reason that was written in it."""
    page, query = await base.page_of(ctx), ctx.request.query_params
    tab = "settled" if query.get("tab") == "settled" else "waiting"
    cursor = query.get("cursor", "")[:_CURSOR_CHARS] or None
    found = await listing.list_of_committees(ctx.actor, waiting=tab == "waiting", limit=_ROWS, cursor=cursor)
    confirmed = query.get("confirmed", "")
    return base.html(
        "committees/hours.html",
        page,
        status=problem.status if problem else 200,
        tab=tab,
        lines=found.items,
        next_cursor=found.next_cursor,
        waiting=await listing.count_waiting(ctx.actor),
        months=_months(shanghai_date(ctx.now)),
        confirmed=confirmed if confirmed.isdecimal() and problem is None else "",
        is_reversed="reversed" in query and problem is None,
        typed=typed,
        problem=base.problem_of(page, problem) if problem else None,
    )


def _months(today: date) -> list[str]:
    """The last months, this one first, as 2026-11."""
    count = today.year * 12 + today.month - 1
    return [f"{nr // 12}-{nr % 12 + 1:02d}" for nr in range(count, count - _MONTHS_SHOWN, -1)]


def _month(text: str) -> date | None:
    """Its first day; None for what is no month, and for years that nobody exports."""
    return date.fromisoformat(f"{text}-01") if _MONTH.fullmatch(text) else None
