"""检查分析报告: a shop's report of a month as a page, and as the PDF that it leads to."""

from litestar import Response, get

from backend.routes.actions import shop_reports
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from shops.analysis import months, receipts

_MONTHS = 6
_MONTH_CHARS = 7


@get("/shops/{shop_id:int}/report", guards=[signed_in], include_in_schema=False)
async def show_report(ctx: Ctx, shop_id: Id) -> Response:
    seen, report = await shop_reports.report_for(ctx, shop_id, _month(ctx))
    return base.html(
        "shops/report.html",
        await base.page_of(ctx),
        seen=seen,
        report=report,
        most_found=max((each.found for each in report.trend), default=0) or 1,
        months=list(reversed(months.earlier(months.month_of(ctx.now), _MONTHS))),
        read_at=await receipts.first_read(shop_id, report.month),
    )


@get("/shops/{shop_id:int}/report.pdf", guards=[signed_in], include_in_schema=False)
async def download_report(ctx: Ctx, shop_id: Id) -> Response[bytes]:
    _, report = await shop_reports.report_for(ctx, shop_id, _month(ctx))
    return await shop_reports.pdf_of(report)


def _month(ctx: RequestContext) -> str:
    return ctx.request.query_params.get("month", "")[: _MONTH_CHARS + 1]
