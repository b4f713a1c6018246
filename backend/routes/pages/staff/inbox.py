"""The inbox as a page, by order; opening a message marks it read and leads to what it is about."""

from urllib.parse import urlencode

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from backend.routes.actions.list_thumbs import thumbs_of
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.pages import base
from backend.routes.pages.forms import read_form, word
from backend.web.views.homes import home_of
from push import seen, threads

_ROWS = 30
_UNREAD = "unread"
_NUMBER_CHARS = 18


@get("/inbox", guards=[signed_in], include_in_schema=False)
async def show_inbox(ctx: Ctx) -> Response:
    page, query = await base.page_of(ctx), ctx.request.query_params
    is_unread = query.get("show") == _UNREAD
    found = await threads.list_threads(
        ctx.actor.account_id, limit=_ROWS, cursor=query.get("cursor"), is_unread=is_unread
    )
    facts = {
        "threads": found.items,
        "thumbs": await thumbs_of([each.order_id for each in found.items if each.order_id], ctx.actor, ctx.now),
        "newest": max((message.id for each in found.items for message in each.messages), default=0),
        "more": _link(is_unread, found.next_cursor) if found.next_cursor else "",
    }
    return base.html("staff/inbox.html", page, is_unread=is_unread, home=home_of(ctx.actor), **facts)


@post("/inbox/read", guards=[signed_in], include_in_schema=False)
async def read_all(ctx: Ctx) -> Redirect:
    """What came since the page was made stays unread: the form says up to which message the page showed them."""
    form = await read_form(ctx)
    up_to = word(form, "up_to", _NUMBER_CHARS)
    await seen.mark_all_read(ctx.actor.account_id, int(up_to) if up_to.isdecimal() else 0, ctx.now)
    return base.see_other(_link(word(form, "show", 8) == _UNREAD))


@get("/inbox/{message_id:int}", guards=[signed_in], include_in_schema=False)
async def open_message(ctx: Ctx, message_id: FromPath[int]) -> Redirect:
    return base.see_other(await seen.mark_read(message_id, ctx.actor.account_id, ctx.now))


def _link(is_unread: bool, cursor: str | None = None) -> str:
    asks = {"show": _UNREAD} if is_unread else {}
    query = urlencode(asks | ({"cursor": cursor} if cursor else {}))
    return f"/inbox?{query}" if query else "/inbox"
