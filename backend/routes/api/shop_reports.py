"""A shop's grade and its report of a month over HTTP: for whoever may read its findings."""

from typing import Annotated

from litestar import Controller, Response, get, put
from litestar.params import JSONBody, PathParameter, QueryParameter

from backend.geo.area_codes import AREA
from backend.routes.actions import shop_reports
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.parameters import Id
from shops.analysis.structs import ShopReport
from shops.grades import settings, standing
from shops.grades.standing import ShopStanding
from shops.grades.structs import GradeSettings
from shops.inspections import access

Month = Annotated[str, QueryParameter(name="month", max_length=7, description="As 2026-11; the present one by default")]


Area = Annotated[str, PathParameter(pattern=f"^({AREA})$", description="区划代码 of a whole area")]


class ShopReportController(Controller):
    path = "/shops/{shop_id:int}"
    tags = ("shops",)
    guards = (signed_in,)

    @get("/grade", operation_id="get_shop_grade", summary="A shop's grade, the rows of its score, what would change it")
    async def show_grade(self, ctx: Ctx, shop_id: Id) -> ShopStanding:
        seen = await access.see_shop(shop_id, ctx.actor)
        return await standing.get_standing(seen.shop, ctx.now)

    @get("/report", operation_id="get_shop_report", summary="What a month's inspections say to a shop")
    async def show_report(self, ctx: Ctx, shop_id: Id, month: Month = "") -> ShopReport:
        """Nothing in it comes from a complaint. Reading it as one of the shop's people is its receipt."""
        _, report = await shop_reports.report_for(ctx, shop_id, month)
        return report

    @get("/report.pdf", operation_id="get_shop_report_pdf", summary="The same as PDF", media_type="application/pdf")
    async def show_pdf(self, ctx: Ctx, shop_id: Id, month: Month = "") -> Response[bytes]:
        _, report = await shop_reports.report_for(ctx, shop_id, month)
        return await shop_reports.pdf_of(report)


class GradeSettingsController(Controller):
    path = "/grade-settings"
    tags = ("shops",)
    guards = (signed_in,)

    @get("/{area:str}", operation_id="get_grade_settings", summary="By what an area counts grades now")
    async def get_settings(self, ctx: Ctx, area: Area) -> GradeSettings:
        """The area's own, else those of the nearest area around it, else the product's. For whoever reads its shops."""
        return await settings.get_for(area, ctx.actor)

    @put("/{area:str}", operation_id="set_grade_settings", status_code=204, summary="By what an area counts grades")
    async def set_settings(self, ctx: Ctx, area: Area, data: JSONBody[GradeSettings]) -> None:
        """For the administrators of the street or district; from the next count on."""
        await settings.set_for(area, data, ctx.actor, ctx.now)
