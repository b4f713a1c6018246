"""The contract over HTTP: as JSON, and as a page of our own that asks no other host for anything."""

from litestar import MediaType, Request, Response, get

from openapi import reference
from openapi.config import document

_CACHE = {"cache-control": "public, max-age=300"}


@get("/openapi.json", include_in_schema=False)
async def show_document(request: Request) -> Response[dict]:
    return Response(document(request.app), media_type=MediaType.JSON, headers=_CACHE)


@get("/reference", include_in_schema=False)
async def show_reference(request: Request) -> Response[str]:
    return Response(reference.page(document(request.app)), media_type=MediaType.HTML, headers=_CACHE)


@get("/reference.css", include_in_schema=False)
async def show_style() -> Response[str]:
    return Response(reference.STYLE.read_text(), media_type="text/css", headers=_CACHE)


HANDLERS = [show_document, show_reference, show_style]
