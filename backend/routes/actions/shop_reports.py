"""A shop's report of a month, for pages and programs alike: the receipt of its people, and the PDF."""

import asyncio

from litestar import Response

from backend.errors import Unavailable
from backend.routes.http.request_context import RequestContext
from shops.analysis import months, receipts, reporting
from shops.analysis.structs import ShopReport
from shops.inspections import access
from shops.register.access import SeenShop


class ReportFontMissing(Unavailable):
    """No font with Chinese characters is installed on this machine."""

    code = "report-font-missing"


async def report_for(ctx: RequestContext, shop_id: int, month: str) -> tuple[SeenShop, ShopReport]:
    """The report, with the receipt of whoever acts for the shop. Raises ShopNotFound, MonthUnreadable."""
    seen = await access.see_shop(shop_id, ctx.actor)
    report = await reporting.make_report(seen.shop, month or months.month_of(ctx.now), ctx.now)
    if seen.role is not None:
        await receipts.note(shop_id, report.month, ctx.actor.account_id, ctx.now)
    return seen, report


async def pdf_of(report: ShopReport) -> Response[bytes]:
    """Rendered beside the loop: it takes half a second. Raises ReportFontMissing."""
    from qr.printing.fonts import FontMissing, find_font
    from shops.analysis import pdf

    try:
        document = await asyncio.to_thread(pdf.render, report, find_font())
    except FontMissing as error:
        raise ReportFontMissing(retry_after_s=3600) from error
    name = f"report-{report.shop_id}-{report.month}.pdf"
    headers = {"content-disposition": f'inline; filename="{name}"', "cache-control": "no-store"}
    return Response(document, media_type="application/pdf", headers=headers)
