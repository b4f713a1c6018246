"""Codes over HTTP: where a code leads, and its symbol as a picture. Both public; a code names no person."""

from typing import Annotated

from litestar import Controller, Request, Response, get
from litestar.params import PathParameter

from qr import codes, queries, render
from qr import payload as payloads
from qr.errors import CodeUnknown
from qr.payload import Payload
from qr.structs import CodeView
from qr.symbols import stencil

CODE = Annotated[str, PathParameter(description="The code as typed or read / 门牌上的12位字符", max_length=40)]
_A_DAY_S = 86_400


def payload_of(request: Request) -> Payload:
    """How this town prints its codes."""
    return payloads.payload(request.app.state.settings.base_url)


class CodesController(Controller):
    path = "/codes"
    tags = ("codes",)

    @get("/{code:str}", operation_id="getCode", summary="Where a code leads")
    async def get_code(self, request: Request, code: CODE) -> CodeView:
        found = await queries.resolve(code)
        return CodeView(
            code=found.code,
            status=found.status,
            url=payload_of(request).url(found.code),
            leads_to=found.leads_to,
            place=found.place,
        )

    @get(
        "/{code:str}/image.svg",
        operation_id="getCodeImage",
        summary="The symbol of a code",
        media_type="image/svg+xml",
    )
    async def get_image(self, request: Request, code: CODE) -> Response[str]:
        word = codes.normalise(code)
        if not codes.is_well_formed(word):
            raise CodeUnknown(code=word[: codes.LENGTH])
        printed = payload_of(request).url("")
        picture = render.svg(stencil(printed).symbol(word))
        return Response(picture, media_type="image/svg+xml", headers={"cache-control": f"public, max-age={_A_DAY_S}"})
