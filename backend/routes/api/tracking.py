"""The reporter's link: how the order goes on, and the rating. Whoever holds the token may read; nobody is named."""

from typing import Annotated

from litestar import Controller, get, post
from litestar.params import JSONBody, PathParameter

from backend.orders.model.inputs import Remark, WithReason
from backend.reports import queries
from backend.reports import service as reports
from backend.reports.structs import Rating, Tracking
from backend.routes.http.auth import SEALED
from backend.routes.http.dependencies import Ctx
from backend.routes.http.parameters import IdempotencyKeyHeader, IfMatch, version_in

Token = Annotated[str, PathParameter(max_length=32, description="The token of the tracking link")]


class TrackingController(Controller):
    path = "/tracking"
    tags = ("tracking",)
    opt = SEALED

    @get("/{token:str}", operation_id="get_tracking", summary="Follow a report")
    async def get_tracking(self, ctx: Ctx, token: Token) -> Tracking:
        return await queries.get_tracking(token, ctx.now)

    @post(
        "/{token:str}/rating", operation_id="rate_order", status_code=200, summary="Rate the result, once, when closed"
    )
    async def rate(
        self,
        ctx: Ctx,
        token: Token,
        data: JSONBody[Rating],
        idempotency_key: IdempotencyKeyHeader = None,
        if_match: IfMatch = None,
    ) -> Tracking:
        await reports.rate(token, data, idempotency_key=idempotency_key, now=ctx.now, seen=version_in(if_match))
        return await queries.get_tracking(token, ctx.now)

    @post("/{token:str}/reopen", operation_id="reopen_order", status_code=200, summary="未解决: nothing was solved")
    async def reopen(
        self,
        ctx: Ctx,
        token: Token,
        data: JSONBody[WithReason],
        idempotency_key: IdempotencyKeyHeader = None,
        if_match: IfMatch = None,
    ) -> Tracking:
        await reports.reopen(
            token, data.reason, idempotency_key=idempotency_key, now=ctx.now, seen=version_in(if_match)
        )
        return await queries.get_tracking(token, ctx.now)

    @post("/{token:str}/urge", operation_id="urge_by_link", status_code=200, summary="催办: remind the handler")
    async def urge(
        self,
        ctx: Ctx,
        token: Token,
        data: JSONBody[Remark],
        idempotency_key: IdempotencyKeyHeader = None,
        if_match: IfMatch = None,
    ) -> Tracking:
        await reports.urge(token, data.note, idempotency_key=idempotency_key, now=ctx.now, seen=version_in(if_match))
        return await queries.get_tracking(token, ctx.now)

    @post("/{token:str}/confirm", operation_id="confirm_order", status_code=200, summary="商户确认: it is done")
    async def confirm(
        self, ctx: Ctx, token: Token, idempotency_key: IdempotencyKeyHeader = None, if_match: IfMatch = None
    ) -> Tracking:
        await reports.confirm(token, idempotency_key=idempotency_key, now=ctx.now, seen=version_in(if_match))
        return await queries.get_tracking(token, ctx.now)

    @post("/{token:str}/dispute", operation_id="dispute_order", status_code=200, summary="不认可: it is not done")
    async def dispute(
        self,
        ctx: Ctx,
        token: Token,
        data: JSONBody[WithReason],
        idempotency_key: IdempotencyKeyHeader = None,
        if_match: IfMatch = None,
    ) -> Tracking:
        await reports.dispute(
            token, data.reason, idempotency_key=idempotency_key, now=ctx.now, seen=version_in(if_match)
        )
        return await queries.get_tracking(token, ctx.now)
