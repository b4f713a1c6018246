"""Reports over HTTP. The hot path of the house: one body, one verb, one receipt."""

from litestar import Controller, Request, Response, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody
from msgspec.structs import replace

from backend import clock
from backend.reports import service as reports
from backend.reports.structs import Receipt, Submission
from backend.routes import quotas, scanning
from backend.routes.guards import signed_in
from backend.routes.parameters import base_url_of, door_of


class ReportsController(Controller):
    path = "/reports"
    tags = ("reports",)

    @post(
        operation_id="submit_report",
        guards=[signed_in],
        summary="Report what is wrong; the order is dispatched before the answer is sent",
        responses={200: ResponseSpec(Receipt, description="Sent before under the same client_id: the same receipt")},
    )
    async def submit(self, request: Request, data: JSONBody[Submission]) -> Response[Receipt]:
        async with scanning.counting_misses(request, data.code, data.nonce) as code:
            taken = await quotas.take(request, "report", request.user, door=door_of(code, data.point))
            submitted = await reports.submit(
                replace(data, code=code), request.user, base_url=base_url_of(request), now=clock.now()
            )
            await quotas.give_back_unless(submitted.is_new, taken)
        return Response(submitted.receipt, status_code=201 if submitted.is_new else 200)
