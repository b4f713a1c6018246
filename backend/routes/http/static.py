"""Styles, scripts, icons and the service workers: named by content, kept a year, packed once, 304 if known."""

import hashlib

from litestar import Request, Response, get
from litestar.params import FromPath

from backend.errors import NotFound
from backend.routes.http.current_access import NEVER_CHECKED
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.web.assets import files
from backend.web.assets.files import Asset
from backend.web.staff_app import manifest

_MANIFEST = "application/manifest+json"
_A_YEAR = "public, max-age=31536000, immutable"


@get("/static/{name:str}", include_in_schema=False)
async def get_asset(request: Request, name: FromPath[str]) -> Response[bytes]:
    asset = files.find(name)
    if asset is None:
        raise NotFound
    return _answer(request, asset, {"cache-control": _A_YEAR})


@get("/app/{name:str}", opt=NEVER_CHECKED, include_in_schema=False)
async def get_manifest(request: Request, name: FromPath[str]) -> Response[bytes]:
    """Of the staff app. Browsers ask without cookies, and again before they bring an installed app up to date."""
    content = manifest.find(name)
    if content is None:
        raise NotFound
    headers = {"cache-control": "no-cache", "etag": f'"{hashlib.blake2s(content, digest_size=8).hexdigest()}"'}
    is_known = headers["etag"] in request.headers.get("if-none-match", "")
    status = 304 if is_known else 200
    return Response(b"" if is_known else content, status_code=status, headers=headers, media_type=_MANIFEST)


@get("/sw.js", opt=NEVER_CHECKED, include_in_schema=False)
async def get_service_worker(ctx: Ctx) -> Response[bytes]:
    """At the root, so that its scope is the whole site; asked for anew each time, so that a repair arrives."""
    return _worker(ctx, files.SERVICE_WORKER)


@get("/share-worker.js", opt=NEVER_CHECKED, include_in_schema=False)
async def get_share_worker(ctx: Ctx) -> Response[bytes]:
    """For /share alone, and of phones on which the staff app was installed."""
    return _worker(ctx, files.SHARE_WORKER)


def _worker(ctx: RequestContext, name: str) -> Response[bytes]:
    """The worker of this name, or what ends it where the town has switched all of them off."""
    worker = files.worker(name if ctx.settings.has_service_workers else files.ENDING_WORKER)
    return _answer(ctx.request, worker, {"cache-control": "no-cache"})


def _answer(request: Request, asset: Asset, headers: dict[str, str]) -> Response[bytes]:
    headers |= {"etag": asset.etag, "vary": "accept-encoding"}
    if asset.etag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers, media_type=asset.media_type)
    if not asset.is_packed:
        return Response(asset.content, headers=headers, media_type=asset.media_type)
    if "gzip" not in request.headers.get("accept-encoding", ""):
        return Response(asset.plain, headers=headers, media_type=asset.media_type)
    return Response(asset.content, headers=headers | {"content-encoding": "gzip"}, media_type=asset.media_type)


ASSETS = (get_asset, get_manifest, get_service_worker, get_share_worker)
