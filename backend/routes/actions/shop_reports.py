"""A shop's report of a month, for pages and programs alike: the receipt of its people, and the PDF."""

from litestar import Response

from backend.routes.actions.paper_answers import pdf_answer
from backend.routes.http.request_context import RequestContext
from shops.analysis import months, receipts, reporting
from shops.analysis.structs import ShopReport
from shops.inspections import access
from shops.register.access import SeenShop


async def report_for(ctx: RequestContext, shop_id: int, month: str) -> tuple[SeenShop, ShopReport]:
    """The report, with the receipt of whoever acts for the shop. Raises ShopNotFound, MonthUnreadable."""
    seen = await access.see_shop(shop_id, ctx.actor)
    report = await reporting.make_report(seen.shop, month or months.month_of(ctx.now), ctx.now)
    if seen.role is not None:
        await receipts.note(shop_id, report.month, ctx.actor.account_id, ctx.now)
    return seen, report


async def pdf_of(report: ShopReport) -> Response[bytes]:
    """Raises ReportFontMissing."""
    from shops.analysis import pdf

    return await pdf_answer(lambda font: pdf.render(report, font), f"report-{report.shop_id}-{report.month}.pdf")
