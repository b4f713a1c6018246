"""One case, many reporters, over HTTP: what has been reported here already, and "I saw it too"."""

from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery, JSONBody, QueryParameter

from backend.geo.datum import Datum
from backend.geo.points import Fix
from backend.reports import candidates
from backend.reports import service as reports
from backend.reports.structs import Candidate, CaseLocation, Join, ReportReceipt
from backend.routes.actions import scanning
from backend.routes.api.reports import file_once
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.limits import address_of
from backend.routes.http.request_context import RequestContext
from backend.structs import Page

ScannedCode = Annotated[str | None, QueryParameter(name="code", max_length=200, description="A plate's code or URL")]
Longitude = Annotated[float | None, QueryParameter(name="lng", ge=-180, le=180, description="Degrees east in `datum`")]
Latitude = Annotated[float | None, QueryParameter(name="lat", ge=-90, le=90, description="Degrees north in `datum`")]
ItemCode = Annotated[str | None, QueryParameter(name="item", max_length=8, description="Only about this item")]


class CandidatesController(Controller):
    path = "/reports/candidates"
    tags = ("reports",)

    @get(operation_id="list_candidates", summary="Orders that a new report here may be about already; names nobody")
    async def list_candidates(
        self,
        ctx: Ctx,
        code: ScannedCode = None,
        lng: Longitude = None,
        lat: Latitude = None,
        datum: FromQuery[Datum] = Datum.WGS84,
        item: ItemCode = None,
    ) -> Page[Candidate]:
        point = None if lng is None or lat is None else Fix(lng=lng, lat=lat, datum=datum)
        spot = await _spot(ctx, code, point)
        return Page(items=await candidates.list_candidates(spot, item, ctx.now))


class JoinsController(Controller):
    path = "/reports/joins"
    tags = ("reports",)

    @post(
        operation_id="join_order",
        guards=[signed_in],
        summary="我也遇到: report what an order is about already, and follow it like its first reporter",
        responses={
            200: ResponseSpec(ReportReceipt, description="Reported before by the same person: the same receipt")
        },
    )
    async def join(self, ctx: Ctx, data: JSONBody[Join]) -> Response[ReportReceipt]:
        async with scanning.parsing(ctx, data) as report:
            return await file_once(ctx, report, reports.join, "join")


async def _spot(ctx: RequestContext, code: str | None, point: Fix | None) -> CaseLocation:
    """Where the asker stands. Asking is limited by address, guessing codes as everywhere."""
    ctx.runtime.limits.candidates_by_address.take(address_of(ctx.request))
    async with scanning.counting_misses(ctx, code) as found:
        return await candidates.spot_of(found, point.wgs84() if point else None)
