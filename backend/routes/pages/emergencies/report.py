"""应急工作报告: an emergency from beginning to end as a page, and as the PDF that it leads to."""

from litestar import Response, get

from backend.campaigns import by_emergency
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
from push.broadcast_deliveries import DeliveryCount


@get("/emergencies/{emergency_id:int}/report", guards=[signed_in], include_in_schema=False)
async def show_emergency_report(ctx: Ctx, emergency_id: Id) -> Response:
    made, counts = await _report(ctx, emergency_id)
    page, campaigns = await base.page_of(ctx), await by_emergency.list_of(emergency_id)
    facts = {"counts": counts, "campaigns": campaigns, "most": reports.OPEN_MOST}
    return base.html("emergencies/report.html", page, report=made, **facts)


@get("/emergencies/{emergency_id:int}/report.pdf", guards=[signed_in], include_in_schema=False)
async def download_emergency_report(ctx: Ctx, emergency_id: Id) -> Response[bytes]:
    """Raises ReportFontMissing."""
    from backend.emergencies import pdf

    made, counts = await _report(ctx, emergency_id)
    known = _delivered(made, counts)
    return await pdf_answer(lambda font: pdf.render(made, known, font), f"emergency-{emergency_id}.pdf")


def _delivered(made: EmergencyReport, counts: dict[int, DeliveryCount]) -> dict[int, int]:
    """By broadcast; of one that has not gone out to anybody yet nothing is said."""
    return {each.id: counts[each.id].delivered for each in made.broadcasts if counts[each.id].waiting < each.people}


async def _report(ctx: RequestContext, emergency_id: int) -> tuple[EmergencyReport, dict[int, DeliveryCount]]:
    """With how far the messages of each broadcast came: to a phone, or an inbox that was read."""
    emergency = await receipt_reads.see_command(emergency_id, ctx.actor)
    made = await reports.make_report(emergency, ctx.actor, ctx.now)
    counts = await broadcast_deliveries.count(await receipt_reads.list_addressed(emergency_id))
    nobody = DeliveryCount()
    return made, {each.id: counts.get(each.event_id or 0, nobody) for each in made.broadcasts}
