"""Reports over HTTP. The hot path of the house: one body, one verb, one receipt."""

from litestar import Controller, Response, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody

from backend.accounts.structs import Actor
from backend.quotas.errors import QuotaUsedUp
from backend.reports import repeats
from backend.reports import service as reports
from backend.reports.structs import Join, ReportReceipt, Submission
from backend.routes.actions import scanning
from backend.routes.http import quotas
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import door_of


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
            base_url = ctx.settings.base_url
            try:
                taken = await quotas.take(ctx, "report", ctx.actor, door=door_of(report.code, data.point))
            except QuotaUsedUp as used_up:
                return Response(await earlier_receipt(report, ctx.actor, base_url, used_up), status_code=200)
            submitted = await reports.submit(report, ctx.actor, base_url=base_url, now=ctx.now)
            await quotas.give_back_unless(submitted.is_new, taken)
        return Response(submitted.receipt, status_code=201 if submitted.is_new else 200)


async def earlier_receipt(
    report: Submission | Join, actor: Actor, base_url: str, refusal: QuotaUsedUp
) -> ReportReceipt:
    """What was taken before keeps its receipt however often it is sent; call it where a quota is used up.

    Raises `refusal` for whatever is new, KeyUsedBefore for another report under a spent id.
    """
    earlier = await repeats.find_earlier(report, actor.account_id, base_url)
    if earlier is None:
        raise refusal
    return earlier
