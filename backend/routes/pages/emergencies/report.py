"""应急工作报告: an emergency from beginning to end as a page, and as the PDF that it leads to."""

from litestar import Response, get

from backend.emergencies import receipt_reads
from backend.emergencies import report as reports
from backend.emergencies.report import EmergencyReport
from backend.routes.actions.paper_answers import pdf_answer
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
    """Raises ReportFontMissing."""
    from backend.emergencies import pdf

    made, delivered = await _report(ctx, emergency_id)
    return await pdf_answer(lambda font: pdf.render(made, delivered, font), f"emergency-{emergency_id}.pdf")


async def _report(ctx: RequestContext, emergency_id: int) -> tuple[EmergencyReport, dict[int, int]]:
    """With how many messages of each broadcast reached a phone or an inbox that was read."""
    emergency = await receipt_reads.see_command(emergency_id, ctx.actor)
    made = await reports.make_report(emergency, ctx.actor, ctx.now)
    counts = await broadcast_deliveries.count(await receipt_reads.list_addressed(emergency_id))
    delivered = {each.id: counts[each.event_id].delivered for each in made.broadcasts if each.event_id in counts}
    return made, delivered
