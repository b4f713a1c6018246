"""The register of lifts from a file."""

from litestar import Response, get, post
from litestar.params import FromPath

from backend.duty.loading.register_files import RegisterFile, RegisterFileReport
from backend.lifts import access
from backend.lifts.importing import lines, loading
from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.http.request_context import RequestContext
from backend.routes.pages import register_import
from backend.routes.pages.register_import import FILE_MAX_BYTES, ROWS_MAX_BYTES, RegisterImport
from qr import runtime


async def _load(ctx: RequestContext, file: RegisterFile) -> RegisterFileReport:
    return await loading.load(file, ctx.actor, runtime.current_runtime().payload.parse, ctx.now)


_LIFTS = RegisterImport(
    path="/lifts",
    key="lift",
    columns=lines.COLUMNS,
    areas_of=lambda actor: actor.areas_of(*access.KEEPERS),
    load=_load,
)


@get("/lifts/import", guards=[signed_in], include_in_schema=False)
async def show_lift_import(ctx: Ctx) -> Response:
    return await register_import.show(ctx, _LIFTS)


@get("/lifts/import/template/{kind:str}", guards=[signed_in], include_in_schema=False)
async def get_lift_template(kind: FromPath[str]) -> Response:
    return register_import.template(_LIFTS, kind)


@post("/lifts/import", guards=[signed_in], include_in_schema=False, request_max_body_size=FILE_MAX_BYTES)
async def preview_lift_import(ctx: Ctx) -> Response:
    return await register_import.preview(ctx, _LIFTS)


@post("/lifts/import/rows", guards=[signed_in], include_in_schema=False, request_max_body_size=ROWS_MAX_BYTES)
async def store_lift_import(ctx: Ctx) -> Response:
    return await register_import.store(ctx, _LIFTS)
