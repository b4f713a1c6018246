"""Reports over HTTP. The hot path: one body, one verb, one receipt."""

from collections.abc import Awaitable, Callable

from litestar import Controller, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody

from backend.quotas.errors import QuotaUsedUp
from backend.reports import repeats
from backend.reports import service as reports
from backend.reports.own_reports import OwnReport, list_own
from backend.reports.structs import Join, ReportReceipt, Submission, SubmissionResult
from backend.routes.actions import scanning, wechat
from backend.routes.http import quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Cursor, Limit, door_of
from backend.routes.http.request_context import RequestContext
from backend.structs import Page


class ReportsController(Controller):
    path = "/reports"
    tags = ("reports",)

    @post(
        operation_id="submit_report",
        guards=[signed_in],
        summary="Report what is wrong; the order is dispatched before the answer is sent",
        responses={
            200: ResponseSpec(ReportReceipt, description="Sent before under the same client_id: the same receipt")
        },
    )
    async def submit(self, ctx: Ctx, data: JSONBody[Submission]) -> Response[ReportReceipt]:
        async with scanning.parsing(ctx, data) as report:
            door = door_of(report.code, data.point)
            return await file_once(ctx, report, reports.submit, "report", door=door)

    @get(operation_id="list_own_reports", guards=[signed_in], summary="What one reported, the latest first")
    async def list_own(self, ctx: Ctx, limit: Limit = 50, cursor: Cursor = None) -> Page[OwnReport]:
        """One's own reports and nobody else's, with the links to follow them; complaints are not among them."""
        return await list_own(ctx.actor.account_id, limit=limit, cursor=cursor)


async def file_once(
    ctx: RequestContext,
    report: Submission | Join,
    send: Callable[..., Awaitable[SubmissionResult]],
    quota: str,
    *,
    door: str = "",
) -> Response[ReportReceipt]:
    """File a report by `send` and charge it to the quota. Sent before, it costs nothing and keeps its receipt.

    That holds where the quota is used up, too: QuotaUsedUp is raised for what is new. Raises what `send` raises.
    """
    base_url = ctx.settings.base_url
    try:
        taken = await quotas.take(ctx, quota, ctx.actor, door=door)
    except QuotaUsedUp:
        earlier = await repeats.find_earlier(report, ctx.actor.account_id, base_url)
        if earlier is None:
            raise
        return Response(earlier, status_code=200)
    sent = await send(report, ctx.actor, base_url=base_url, now=ctx.now)
    await quotas.give_back_unless(sent.is_new, taken)
    if sent.is_new and ctx.runtime.mini_program is not None:
        await wechat.check_report(ctx, report.description, report.photo_ids, sent.receipt.order_id)
    return Response(sent.receipt, status_code=201 if sent.is_new else 200)
