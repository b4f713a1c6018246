"""What other systems tell us over HTTP: by key one by one or in batches, or as signed webhooks."""

from typing import Annotated, TypeVar

from litestar import Controller, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter, QueryParameter

from backend.intake.cameras.structs import DetectionReceipt
from backend.intake.records import queries
from backend.intake.records.structs import BatchVerdict, Receipt, RecordState
from backend.intake.structs import SOURCE_NO_MOST
from backend.routes.actions import source_calls
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import Cursor, Limit
from backend.structs import Page, Read

SourceName = Annotated[str, PathParameter(min_length=2, max_length=40, description="The name of a source / 来源")]
SourceNo = Annotated[
    str | None, QueryParameter(name="source_no", max_length=SOURCE_NO_MOST, description="Only this number of it")
]
T = TypeVar("T", bound=Receipt | DetectionReceipt)
_AGAIN = {
    200: ResponseSpec(Receipt, description="Sent before under the same number: the same receipt"),
    202: ResponseSpec(Receipt, description="It could not be read and waits for a person who mends it"),
}
_SEEN_AGAIN = {
    200: ResponseSpec(DetectionReceipt, description="Sent before under the same number: the same event"),
    202: ResponseSpec(Receipt, description="It could not be read and waits for a person"),
}


class BatchAnswer(Read, frozen=True, kw_only=True):
    """One verdict for each message, in their order."""

    verdicts: list[BatchVerdict]


class IntakeController(Controller):
    path = "/intake/{source:str}"
    tags = ("intake",)

    @post(
        operation_id="receive_message",
        request_max_body_size=source_calls.ONE_MAX_BYTES,
        responses=_AGAIN,
        summary="Tell one fact; the order is dispatched before the answer is sent",
    )
    async def receive(self, ctx: Ctx, source: SourceName) -> Response[Receipt]:
        """Safe to repeat: a number of a source is one record. What cannot be read is kept for a person, not refused."""
        async with source_calls.counted(ctx, source):
            return _answer(await source_calls.receive_one(ctx, source))

    @post(
        "/batches",
        operation_id="receive_messages",
        status_code=200,
        request_max_body_size=source_calls.BATCH_MAX_BYTES,
        summary="Tell up to 200 facts, each with a verdict of its own",
    )
    async def receive_batch(self, ctx: Ctx, source: SourceName) -> BatchAnswer:
        async with source_calls.counted(ctx, source):
            return BatchAnswer(verdicts=await source_calls.receive_batch(ctx, source))

    @post(
        "/webhooks",
        operation_id="receive_webhook",
        request_max_body_size=source_calls.ONE_MAX_BYTES,
        responses=_AGAIN,
        summary="The same as a webhook, signed after the Standard Webhooks specification instead of with a key",
    )
    async def receive_webhook(self, ctx: Ctx, source: SourceName) -> Response[Receipt]:
        """The body is the message, or an envelope `type`, `timestamp`, `data` with the message as its `data`."""
        async with source_calls.counted(ctx, source):
            return _answer(await source_calls.receive_webhook(ctx, source))

    @post(
        "/camera-events",
        operation_id="receive_camera_event",
        request_max_body_size=source_calls.CAMERA_MAX_BYTES,
        responses=_SEEN_AGAIN,
        summary="摄像头事件: what a camera saw, with its pictures, signed as a webhook",
    )
    async def receive_camera_event(self, ctx: Ctx, source: SourceName) -> Response[DetectionReceipt | Receipt]:
        """Safe to repeat: a number of a camera is one message. Of a camera that nobody claimed it is held, no order."""
        async with source_calls.counted(ctx, source):
            return _answer(await source_calls.receive_camera_event(ctx, source))

    @get("/records", operation_id="list_receipts", summary="What became of what it told, the latest first")
    async def list_receipts(
        self, ctx: Ctx, source: SourceName, source_no: SourceNo = None, limit: Limit = 50, cursor: Cursor = None
    ) -> Page[Receipt]:
        async with source_calls.counted(ctx, source):
            opened = await source_calls.open_reading(ctx, source)
            return await queries.list_receipts(opened.id, source_no=source_no, cursor=cursor, limit=limit)


def _answer(receipt: T) -> Response[T]:
    """200 for what came before, 202 for what waits to be mended, 201 for what is new."""
    if not receipt.is_new:
        return Response(receipt, status_code=200)
    waits = isinstance(receipt, Receipt) and receipt.state is RecordState.UNREADABLE
    return Response(receipt, status_code=202 if waits else 201)
