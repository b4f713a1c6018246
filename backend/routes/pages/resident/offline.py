"""The page for when nothing can be had: kept on the phone by the service worker, shown in place of any other page."""

from litestar import Response, get

from backend.reports import rules
from backend.routes.http.dependencies import Ctx
from backend.routes.pages import base
from backend.routes.pages.resident.landing import ReportDraft
from backend.web.views import door_view, item_choices
from backend.web.views.item_chips import as_chips


@get("/offline", include_in_schema=False)
async def show_offline(ctx: Ctx) -> Response:
    """With the matters that this reader may report, and nothing personal but the number of the account."""
    page = base.reader_of(ctx)
    offers = ctx.runtime.offers
    kinds = rules.reporter_kinds_anywhere(page.actor) if page.actor else rules.EVERYBODY
    items = await offers.open_to(kinds, page.now)
    return base.html(
        "resident/offline.html",
        page,
        chips=as_chips(page, item_choices.chips(items, (), door_view.first_items(items, page.actor))),
        options=await offers.options(page, kinds),
        is_rare=False,
        draft=ReportDraft(),
    )
