"""The in-app inbox over HTTP: one's own messages and nobody else's."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import JSONBody, QueryParameter

from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import BIGINT_MAX, Cursor, Id, Limit
from backend.structs import Page
from push import queries, seen, threads
from push.structs import InboxState, MessageThread, MessageView, ReadUpTo

OnlyUnread = Annotated[bool, QueryParameter(name="unread", description="Only threads with something unread")]
After = Annotated[
    int,
    QueryParameter(ge=0, le=BIGINT_MAX, description="The highest number of a message that this page has rung for"),
]


class InboxController(Controller):
    path = "/inbox"
    tags = ("inbox",)
    guards = (signed_in,)

    @get(operation_id="list_messages", summary="One's messages, newest first")
    async def list_messages(self, ctx: Ctx, limit: Limit = 50, cursor: Cursor = None) -> Page[MessageView]:
        return await queries.list_messages(ctx.actor.account_id, limit=limit, cursor=cursor)

    @get("/threads", operation_id="list_message_threads", summary="One's messages by order, latest news first")
    async def list_threads(
        self, ctx: Ctx, limit: Limit = 50, cursor: Cursor = None, unread: OnlyUnread = False
    ) -> Page[MessageThread]:
        return await threads.list_threads(ctx.actor.account_id, limit=limit, cursor=cursor, is_unread=unread)

    @get("/state", operation_id="get_inbox_state", summary="How much is unread, and what to ring for now")
    async def get_state(self, ctx: Ctx, after: After = 0) -> InboxState:
        return await queries.get_state(ctx.actor.account_id, ctx.now, after)

    @post("/read", operation_id="mark_all_read", status_code=204, summary="Mark all messages as read that were shown")
    async def mark_all_read(self, ctx: Ctx, data: JSONBody[ReadUpTo]) -> None:
        await seen.mark_all_read(ctx.actor.account_id, data.up_to, ctx.now)

    @post(
        "/orders/{order_id:int}/read",
        operation_id="mark_order_read",
        status_code=204,
        summary="Mark one's messages about an order as read: it was opened",
    )
    async def mark_order_read(self, ctx: Ctx, order_id: Id) -> None:
        await seen.mark_order_read(order_id, ctx.actor.account_id, ctx.now)

    @post(
        "/{message_id:int}/read",
        operation_id="mark_message_read",
        status_code=204,
        summary="Mark a message as read, and earlier ones of its order",
    )
    async def mark_read(self, ctx: Ctx, message_id: Id) -> None:
        await seen.mark_read(message_id, ctx.actor.account_id, ctx.now)
