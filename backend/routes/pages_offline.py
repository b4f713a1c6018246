"""The page for when nothing can be had: kept on the phone by the service worker, shown in place of any other page."""

from litestar import Request, Response, get

from backend.reports import rules
from backend.routes import pages_base
from backend.routes.pages_landing import Draft
from backend.web import faces, matters


@get("/offline", include_in_schema=False)
async def show_offline(request: Request) -> Response:
    """With the matters that this reader may report, and nothing personal but the number of the account."""
    page = pages_base.reader_of(request)
    offers = request.app.state.offers
    kinds = rules.reporter_kinds(page.actor) if page.actor else rules.EVERYBODY
    items = await offers.open_to(kinds, page.now)
    return pages_base.html(
        "q/offline.html",
        page,
        chips=matters.chips(items, (), faces.first_matters(items, page.actor)),
        options=await offers.options(page, kinds),
        is_rare=False,
        draft=Draft(),
    )
