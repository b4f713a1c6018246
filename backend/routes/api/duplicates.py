"""One case, many reporters, over HTTP: what has been reported here already, and "I saw it too"."""

from typing import Annotated

from litestar import Controller, Request, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery, JSONBody, QueryParameter
from msgspec.structs import replace

from backend import clock
from backend.geo.datum import Datum
from backend.geo.points import Fix
from backend.quotas.errors import QuotaUsedUp
from backend.reports import candidates
from backend.reports import service as reports
from backend.reports.structs import Candidate, CaseLocation, Join, ReportReceipt
from backend.routes.actions import scanning
from backend.routes.api.reports import earlier_receipt
from backend.routes.http import quotas
from backend.routes.http.guards import signed_in
from backend.routes.http.limits import RateLimiter, address_of
from backend.routes.http.parameters import base_url_of
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
        request: Request,
        code: ScannedCode = None,
        lng: Longitude = None,
        lat: Latitude = None,
        datum: FromQuery[Datum] = Datum.WGS84,
        item: ItemCode = None,
    ) -> Page[Candidate]:
        point = None if lng is None or lat is None else Fix(lng=lng, lat=lat, datum=datum)
        spot = await _spot(request, code, point)
        return Page(items=await candidates.list_candidates(spot, item, clock.now()))


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
    async def join(self, request: Request, data: JSONBody[Join]) -> Response[ReportReceipt]:
        async with scanning.counting_misses(request, data.code, data.nonce) as code:
            report, base_url = replace(data, code=code), base_url_of(request)
            try:
                taken = await quotas.take(request, "join", request.user)
            except QuotaUsedUp as used_up:
                return Response(await earlier_receipt(report, request.user, base_url, used_up), status_code=200)
            joined = await reports.join(report, request.user, base_url=base_url, now=clock.now())
            await quotas.give_back_unless(joined.is_new, taken)
        return Response(joined.receipt, status_code=201 if joined.is_new else 200)


async def _spot(request: Request, code: str | None, point: Fix | None) -> CaseLocation:
    """Where the asker stands. Asking is limited by address, guessing codes as everywhere."""
    limits: RateLimiter = request.app.state.limits
    limits.candidates_by_address.take(address_of(request))
    async with scanning.counting_misses(request, code) as found:
        return await candidates.spot_of(found, point.wgs84() if point else None)
