"""来件: what other systems told, by what became of it and by source; what waits is decided on one by one."""

from typing import Any

from litestar import Response, get

from backend.accounts.permissions import Permission
from backend.intake.records import queries, waiting
from backend.intake.records.queries import RecordTab
from backend.intake.sources import queries as sources
from backend.items import queries as items
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import requires
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from backend.routes.pages.intake.record_queue import position_in
from backend.web.views import intake_words

DISPATCH = [requires(Permission.DISPATCH_ORDERS)]
_TABS = (RecordTab.WAITING, RecordTab.UNSURE, RecordTab.UNREADABLE, RecordTab.NEW, RecordTab.TURNED_AWAY)
_ROWS = 30


@get("/desk/intake", guards=DISPATCH, include_in_schema=False)
async def show_records(ctx: Ctx) -> Response:
    return base.html("intake/record_list.html", await base.page_of(ctx), **await _facts(ctx))


async def _facts(ctx: RequestContext) -> dict[str, Any]:
    query = ctx.request.query_params
    own = await sources.list_of(ctx.actor)
    selected = next((source for source in own if source.name == query.get("source")), None)
    tab = next((each for each in _TABS if each == query.get("tab")), _TABS[0])
    source_id = selected.id if selected else None
    found = await queries.list_records(ctx.actor, tab, source_id=source_id, cursor=query.get("cursor"), limit=_ROWS)
    return {
        "records": found.items,
        "next_cursor": found.next_cursor,
        "tabs": _TABS,
        "tab": tab,
        "sources": {source.name: source for source in own},
        "selected": selected,
        "position": position_in(ctx.request),
        "queue": await waiting.view_queue(ctx.actor, source_id=source_id),
        "names": await items.list_names(),
        "why": intake_words.reason_of,
    }
