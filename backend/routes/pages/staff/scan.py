"""The page that the app's shortcut to scan opens: a plate's code, by the camera or typed."""

from litestar import Response, get

from backend.routes.http.dependencies import Ctx
from backend.routes.http.guards import signed_in
from backend.routes.pages import base


@get("/scan", guards=[signed_in], include_in_schema=False)
async def show_scan(ctx: Ctx) -> Response:
    return base.html("staff/scan.html", await base.page_of(ctx))
