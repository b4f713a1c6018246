"""Styles, scripts and the service worker: named by content, kept a year, packed once, and 304 when nothing changed."""

from litestar import Request, Response, get
from litestar.params import FromPath

from backend.errors import NotFound
from backend.routes.http.current_access import NEVER_CHECKED
from backend.web.assets import files
from backend.web.assets.files import Asset

_A_YEAR = "public, max-age=31536000, immutable"


@get("/static/{name:str}", include_in_schema=False)
async def get_asset(request: Request, name: FromPath[str]) -> Response[bytes]:
    asset = files.find(name)
    if asset is None:
        raise NotFound
    return _answer(request, asset, {"cache-control": _A_YEAR})


@get("/sw.js", opt=NEVER_CHECKED, include_in_schema=False)
async def get_service_worker(request: Request) -> Response[bytes]:
    """At the root, so that its scope is the whole site; asked for anew each time, so that a repair arrives."""
    return _answer(request, files.service_worker(), {"cache-control": "no-cache"})


def _answer(request: Request, asset: Asset, headers: dict[str, str]) -> Response[bytes]:
    headers |= {"etag": asset.etag, "vary": "accept-encoding"}
    if asset.etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=asset.media_type)
    is_packed = "gzip" in request.headers.get("accept-encoding", "")
    if is_packed:
        headers["content-encoding"] = "gzip"
    return Response(asset.packed if is_packed else asset.plain, headers=headers, media_type=asset.media_type)


ASSETS = (get_asset, get_service_worker)
