"""应急工作报告: an emergency from beginning to end as a page, and as the PDF that it leads to."""

import asyncio

from litestar import Response, get

from backend.emergencies import receipt_reads
from backend.emergencies import report as reports
from backend.emergencies.report import EmergencyReport
from backend.routes.actions.shop_reports import ReportFontMissing
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import base
from push import broadcast_deliveries


@get("/emergencies/{emergency_id:int}/report", guards=[signed_in], include_in_schema=False)
async def show_emergency_report(ctx: Ctx, emergency_id: Id) -> Response:
    made, delivered = await _report(ctx, emergency_id)
    page = await base.page_of(ctx)
    return base.html("emergencies/report.html", page, report=made, delivered=delivered, most=reports.OPEN_MOST)


@get("/emergencies/{emergency_id:int}/report.pdf", guards=[signed_in], include_in_schema=False)
async def download_emergency_report(ctx: Ctx, emergency_id: Id) -> Response[bytes]:
    """Rendered beside the loop: it takes half a second. Raises ReportFontMissing."""
    from backend.emergencies import pdf
    from qr.printing.fonts import FontMissing, find_font

    made, delivered = await _report(ctx, emergency_id)
    try:
        document = await asyncio.to_thread(pdf.render, made, delivered, find_font())
    except FontMissing as error:
        raise ReportFontMissing(retry_after_s=3600) from error
    headers = {
        "content-disposition": f'inline; filename="emergency-{emergency_id}.pdf"',
        "cache-control": "no-store",
    }
    return Response(document, media_type="application/pdf", headers=headers)


async def _report(ctx: RequestContext, emergency_id: int) -> tuple[EmergencyReport, dict[int, int]]:
    """With how many messages of each broadcast reached a phone or an inbox that was read."""
    emergency = await receipt_reads.see_command(emergency_id, ctx.actor)
    made = await reports.make_report(emergency, ctx.actor, ctx.now)
    counts = await broadcast_deliveries.count(await receipt_reads.list_addressed(emergency_id))
    delivered = {each.id: counts[each.event_id].delivered for each in made.broadcasts if each.event_id in counts}
    return made, delivered
