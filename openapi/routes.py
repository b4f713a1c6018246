"""The contract over HTTP: as JSON, and as a page of our own that asks no other host for anything."""

from collections.abc import Callable

from litestar import Litestar, MediaType, Request, Response, get

from backend.intake.open311.server.discovery import PATH
from openapi import reference
from openapi.config import document, export
from openapi.open311 import export_open311

_CACHE = {"cache-control": "public, max-age=300"}


@get("/openapi.json", include_in_schema=False)
async def show_document(request: Request) -> Response[bytes]:
    content = _once(request.app, "openapi_json", export)
    return Response(content, media_type=MediaType.JSON, headers=_CACHE)


@get("/reference", include_in_schema=False)
async def show_reference(request: Request) -> Response[bytes]:
    content = _once(request.app, "reference_page", lambda app: reference.page(document(app)).encode())
    return Response(content, media_type=MediaType.HTML, headers=_CACHE)


@get("/reference.css", include_in_schema=False)
async def show_style(request: Request) -> Response[bytes]:
    content = _once(request.app, "reference_style", lambda _: reference.STYLE.read_bytes())
    return Response(content, media_type="text/css", headers=_CACHE)


@get(f"{PATH}/openapi.json", include_in_schema=False)
async def show_open311() -> Response[bytes]:
    return Response(export_open311(), media_type=MediaType.JSON, headers=_CACHE)


def _once(app: Litestar, name: str, make: Callable[[Litestar], bytes]) -> bytes:
    """Made at the first request, kept in the app's state."""
    made = app.state.get(name)
    if made is None:
        made = app.state[name] = make(app)
    return made


HANDLERS = [show_document, show_reference, show_style, show_open311]
