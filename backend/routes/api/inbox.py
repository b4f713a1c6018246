"""The in-app inbox over HTTP: one's own messages and nobody else's."""

from litestar import Controller, get, post

from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Cursor, Id, Limit
from backend.structs import Page
from push import queries, seen
from push.structs import MessageView


class InboxController(Controller):
    path = "/inbox"
    tags = ("inbox",)
    guards = (signed_in,)

    @get(operation_id="list_messages", summary="One's messages, newest first")
    async def list_messages(self, ctx: Ctx, limit: Limit = 50, cursor: Cursor = None) -> Page[MessageView]:
        return await queries.list_messages(ctx.actor.account_id, limit=limit, cursor=cursor)

    @post("/{message_id:int}/read", operation_id="mark_message_read", status_code=204, summary="Mark a message as read")
    async def mark_read(self, ctx: Ctx, message_id: Id) -> None:
        await seen.mark_read(message_id, ctx.actor.account_id, ctx.now)
