"""Cases of 12345 and 110 over HTTP: what their platform sends, and what our staff do with them."""

from typing import Any

from litestar import Controller, get, post
from litestar.params import FromPath, JSONBody

from backend.accounts.permissions import Permission
from backend.intake.hotline import acts, incoming, queries
from backend.intake.hotline.incoming import PlatformAnswer
from backend.intake.hotline.structs import ContactDraft, ExtensionDraft, FeedbackDraft, HotlineTaskView, ReturnDraft
from backend.intake.sources.structs import MAX_BYTES_MOST
from backend.routes.http.auth import PUBLIC
from backend.routes.http.dependencies import By, Ctx
from backend.routes.http.guards import requires, signed_in
from backend.routes.http.parameters import Id


class HotlinePlatformController(Controller):
    """A platform signs each message with its source's secret; docs/intake/hotline.md is the wire format."""

    path = "/api/v1/hotline"
    opt = PUBLIC
    include_in_schema = False  # the platform's wire format is the contract

    @post(
        "/{source:str}",
        operation_id="receive_hotline_message",
        status_code=200,
        request_max_body_size=MAX_BYTES_MOST,
    )
    async def receive(self, ctx: Ctx, source: FromPath[str]) -> PlatformAnswer:
        body = await ctx.request.body()
        return await incoming.take(source, ctx.request.headers, body, ctx.runtime.personal_seal, ctx.now)


class OrderHotlineController(Controller):
    path = "/orders/{order_id:int}/hotline"
    tags = ("orders",)

    @get(operation_id="list_hotline_tasks", summary="12345 and 110: the cases of an order", guards=[signed_in])
    async def list_tasks(self, ctx: Ctx, order_id: Id) -> list[HotlineTaskView]:
        """For staff of the order, with those of orders that were merged into it; for others none."""
        return await queries.list_of_order(order_id, ctx.actor, ctx.now)


_DESK_ACT: dict[str, Any] = {"status_code": 204, "guards": [requires(Permission.DISPATCH_ORDERS)]}
"""What a dispatcher says to the platform has one shape: a draft is given to its verb, and nothing is answered."""


class HotlineTaskController(Controller):
    """What is told to the platform. It is queued, and sent in this order once the platform is there."""

    path = "/hotline-tasks/{task_id:int}"
    tags = ("orders",)
    guards = (signed_in,)

    @post("/contacts", operation_id="record_first_contact", status_code=204, summary="先行联系: the citizen was called")
    async def record_contact(self, task_id: Id, data: JSONBody[ContactDraft], by: By) -> None:
        await acts.record_contact(task_id, data, by)

    @post(
        "/returns", operation_id="request_hotline_return", summary="退单: ask the platform to take it back", **_DESK_ACT
    )
    async def request_return(self, task_id: Id, data: JSONBody[ReturnDraft], by: By) -> None:
        """The order goes on until the platform agrees."""
        await acts.request_return(task_id, data, by)

    @post(
        "/extensions", operation_id="request_hotline_extension", summary="延期: ask for more working days", **_DESK_ACT
    )
    async def request_extension(self, task_id: Id, data: JSONBody[ExtensionDraft], by: By) -> None:
        """No clock moves until the platform agrees."""
        await acts.request_extension(task_id, data, by)

    @post("/feedbacks", operation_id="send_hotline_feedback", summary="过程反馈: tell how it stands", **_DESK_ACT)
    async def send_feedback(self, task_id: Id, data: JSONBody[FeedbackDraft], by: By) -> None:
        """The feedback on finished work goes by itself when it is passed here."""
        await acts.send_feedback(task_id, data, by)
