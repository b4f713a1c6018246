"""Codes over HTTP: where a code leads, its symbol as a picture, and where the phone was when it scanned."""

from typing import Annotated

from litestar import Controller, Response, get, post
from litestar.params import JSONBody, PathParameter

from backend.geo.points import Fix
from backend.routes.actions import scanning
from backend.routes.http.auth import PUBLIC
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from qr import codes, queries, rules, runtime
from qr.structs import CodeView, ScanView

TypedCode = Annotated[str, PathParameter(max_length=40, description="The code as typed or read / 门牌上的12位字符")]
_A_DAY_S = 86_400


class CodesController(Controller):
    path = "/codes"
    tags = ("codes",)

    @get("/{code:str}", operation_id="get_code", opt=PUBLIC, summary="Where a code leads")
    async def get_code(self, ctx: Ctx, code: TypedCode) -> CodeView:
        found = await scanning.scan(ctx, code, queries.resolve)
        return CodeView(
            code=found.code,
            status=found.status,
            url=runtime.current_runtime().payload.url(found.code),
            leads_to=found.leads_to,
            place=found.place,
            nonce=runtime.nonce(found.code, ctx.now),
        )

    @get("/{code:str}/image.svg", operation_id="get_code_image", opt=PUBLIC, summary="The symbol of a code")
    async def get_image(self, code: TypedCode) -> Response[str]:
        from qr import render  # 6 MB of libraries for pictures, wanted now and then
        from qr.symbols import stencil

        picture = render.svg(stencil(runtime.current_runtime().payload.url("")).symbol(codes.parse(code)))
        headers = {"cache-control": f"public, max-age={_A_DAY_S}"}
        return Response(picture, media_type="image/svg+xml", headers=headers)

    @post(
        "/{code:str}/scans",
        operation_id="note_scan",
        status_code=200,
        guards=[signed_in],
        summary="Say where the phone was when it scanned; only the distance to the plate is kept",
    )
    async def note_scan(self, ctx: Ctx, code: TypedCode, data: JSONBody[Fix]) -> ScanView:
        async with scanning.counting_misses(ctx):
            found = await queries.resolve(codes.parse(code))
        distance_m = await queries.distance_from(found.leads_to, data.wgs84())
        grade = rules.grade(distance_m, data.accuracy_m)
        scanning.note(ctx, found.leads_to, grade, distance_m)
        nonce = runtime.nonce(found.code, ctx.now)
        return ScanView(code=found.code, grade=grade, distance_m=distance_m, nonce=nonce)
