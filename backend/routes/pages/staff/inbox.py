"""The inbox as a page; opening a message marks it read and leads to what it is about."""

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Redirect

from backend import clock
from backend.routes.http.guards import signed_in
from backend.routes.pages import base
from backend.routes.pages.session import home_of
from push import queries
from push import service as push

_ROWS = 30


@get("/inbox", guards=[signed_in], include_in_schema=False)
async def show_inbox(request: Request) -> Response:
    page = await base.page_of(request)
    cursor = request.query_params.get("cursor")
    found = await queries.list_messages(request.user.account_id, limit=_ROWS, cursor=cursor)
    home = home_of(request.user)
    return base.html("inbox.html", page, messages=found.items, next_cursor=found.next_cursor, home=home)


@get("/inbox/{message_id:int}", guards=[signed_in], include_in_schema=False)
async def open_message(request: Request, message_id: FromPath[int]) -> Redirect:
    return base.see_other(await push.mark_read(message_id, request.user.account_id, clock.now()))
