"""The inbox as a page; opening a message marks it read and leads to what it is about."""

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Redirect

from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.pages import base
from backend.routes.pages.session import home_of
from push import queries, seen

_ROWS = 30


@get("/inbox", guards=[signed_in], include_in_schema=False)
async def show_inbox(ctx: Ctx) -> Response:
    page = await base.page_of(ctx)
    cursor = ctx.request.query_params.get("cursor")
    found = await queries.list_messages(ctx.actor.account_id, limit=_ROWS, cursor=cursor)
    home = home_of(ctx.actor)
    return base.html("staff/inbox.html", page, messages=found.items, next_cursor=found.next_cursor, home=home)


@get("/inbox/{message_id:int}", guards=[signed_in], include_in_schema=False)
async def open_message(ctx: Ctx, message_id: FromPath[int]) -> Redirect:
    return base.see_other(await seen.mark_read(message_id, ctx.actor.account_id, ctx.now))
