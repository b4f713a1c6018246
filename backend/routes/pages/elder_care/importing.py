"""The register of lone elders from a file, by their committee."""

from litestar import Response, get, post
from litestar.params import FromPath

from backend.duty.loading.register_files import RegisterFile, RegisterFileReport
from backend.elder_care import access
from backend.elder_care.importing import lines, loading
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import register_import
from backend.routes.pages.register_import import FILE_MAX_BYTES, ROWS_MAX_BYTES, RegisterImport
from qr import runtime


async def _load(ctx: RequestContext, file: RegisterFile) -> RegisterFileReport:
    parse = runtime.current_runtime().payload.parse
    return await loading.load(file, ctx.actor, parse, seal=ctx.runtime.personal_seal, now=ctx.now)


_ELDERS = RegisterImport(
    path="/elders",
    key="elder",
    columns=lines.COLUMNS,
    areas_of=lambda actor: actor.areas_of(*access.KEEPERS),
    load=_load,
    holds_people=True,
)


@get("/elders/import", guards=[signed_in], include_in_schema=False)
async def show_elder_import(ctx: Ctx) -> Response:
    return await register_import.show(ctx, _ELDERS)


@get("/elders/import/template/{kind:str}", guards=[signed_in], include_in_schema=False)
async def get_elder_template(kind: FromPath[str]) -> Response:
    return register_import.template(_ELDERS, kind)


@post("/elders/import", guards=[signed_in], include_in_schema=False, request_max_body_size=FILE_MAX_BYTES)
async def preview_elder_import(ctx: Ctx) -> Response:
    return await register_import.preview(ctx, _ELDERS)


@post("/elders/import/rows", guards=[signed_in], include_in_schema=False, request_max_body_size=ROWS_MAX_BYTES)
async def store_elder_import(ctx: Ctx) -> Response:
    return await register_import.store(ctx, _ELDERS)
