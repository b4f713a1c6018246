"""回执: one broadcast with its counts, live, whoever stays silent first; and the number of one of them to call."""

from typing import NamedTuple

from litestar import Response, get, post

from backend.emergencies import directing, numbers, receipt_reads, situation
from backend.emergencies.errors import BroadcastUnknown
from backend.errors import AppError
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from push import broadcast_deliveries


class OpenedSilentNumber(NamedTuple):
    """The receipt whose number was opened, and the number: in this one answer and nowhere else."""

    receipt_id: int = 0
    number: str = ""


_NOTHING_OPENED = OpenedSilentNumber()


@get("/broadcasts/{broadcast_id:int}/receipts", guards=[signed_in], include_in_schema=False)
async def show_receipts(ctx: Ctx, broadcast_id: Id) -> Response:
    return await _page(ctx, broadcast_id)


@post("/broadcasts/{broadcast_id:int}/receipts/{receipt_id:int}/number", guards=[signed_in], include_in_schema=False)
async def open_silent_number(ctx: Ctx, broadcast_id: Id, receipt_id: Id) -> Response:
    """The page again with the one number in it; that it was opened is on record."""
    try:
        number = await numbers.open_number(broadcast_id, receipt_id, ctx.actor, ctx.now)
    except BroadcastUnknown:
        raise
    except AppError as error:
        return await _page(ctx, broadcast_id, error=error)
    return await _page(ctx, broadcast_id, OpenedSilentNumber(receipt_id, number))


async def _page(
    ctx: RequestContext,
    broadcast_id: int,
    opened: OpenedSilentNumber = _NOTHING_OPENED,
    error: AppError | None = None,
) -> Response:
    page = await base.page_of(ctx)
    emergency, broadcast = await receipt_reads.see_broadcast(broadcast_id, ctx.actor)
    found = await receipt_reads.list_receipts(broadcast_id)
    people = [each.account_id for each in found]
    marks = await broadcast_deliveries.by_person(broadcast.event_id, people) if broadcast.event_id else {}
    directs = await directing.directs_broadcast(
        ctx.actor, emergency.area_code, group_area=broadcast.group_area, sent_by_id=broadcast.sent_by_id
    )
    return base.html(
        "emergencies/receipts.html",
        page,
        status=error.status if error else 200,
        emergency=emergency,
        broadcast=broadcast,
        receipts=found,
        marks=marks,
        count=broadcast_deliveries.sum_of(marks.values()),
        photos=(await situation.photos_of([broadcast.entry_id], ctx.now))[broadcast.entry_id],
        opened=opened,
        directs=directs,
        problem=base.problem_of(page, error) if error else None,
    )
