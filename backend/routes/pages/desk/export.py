"""The desk's list as a CSV file, streamed batch by batch, holding no connection in between.

A file that breaks off says so in its last line: whoever opens what a download left behind sees that it is not whole.
"""

from collections.abc import AsyncIterator, Sequence

import structlog
from litestar import get
from litestar.response import Stream

from backend.accounts.permissions import Permission
from backend.errors import BadRequest, Listing, Phrase
from backend.orders.desk import EXPORT_BATCH as BATCH
from backend.orders.desk import DeskFilter, list_for_export
from backend.routes.actions.desk_filters import read_filter
from backend.routes.http.current_access import CHECKED_NOW
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.streams import begun
from backend.routes.pages import base
from backend.web.views import desk_csv
from backend.web.views.page import PageContext
from backend.web.views.times import CHINA

log = structlog.get_logger(__name__)


class FilterUnreadable(BadRequest):
    """A list on a page can say what it left out; a file cannot, and would hold far more than was meant."""

    code = "filter-unreadable"

    def __init__(self, words: Sequence[str]) -> None:
        names = Listing([Phrase(f"desk.by.{word}") for word in words], "list.comma")
        super().__init__(values={"names": names}, fields=list(words))


@get("/desk/export.csv", guards=[requires(Permission.DISPATCH_ORDERS)], opt=CHECKED_NOW, include_in_schema=False)
async def export_desk(ctx: Ctx) -> Stream:
    page = base.reader_of(ctx)
    desk_filter, unread = read_filter(ctx.request.query_params)
    if unread:
        raise FilterUnreadable(unread)
    name = f"orders-{page.now.astimezone(CHINA):%Y-%m-%d}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
    body = await begun(export_lines(page, desk_filter))
    return Stream(body, media_type="text/csv", headers=headers)


async def export_lines(page: PageContext, desk_filter: DeskFilter, batch: int = BATCH) -> AsyncIterator[bytes]:
    """The file; whatever becomes of it, a line in the log says who took how many orders."""
    assert page.actor is not None
    head, rows, is_whole = desk_csv.head(page.lang), 0, False
    try:
        async for orders in list_for_export(page.actor, desk_filter, page.now, batch):
            yield head + desk_csv.lines(orders, page.lang)
            head, rows = b"", rows + len(orders)
        if head:
            yield head
        is_whole = True
    except Exception:
        if rows:
            yield desk_csv.broken_off(rows)
        raise
    finally:
        log.info("desk_exported", account_id=page.actor.account_id, rows=rows, is_whole=is_whole)
