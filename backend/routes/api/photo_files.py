"""Photos on their way out, under signed links: ETag, 304, Range; the reader's own browser asks again each minute."""

import re
from typing import Annotated
from uuid import UUID

from litestar import Controller, MediaType, Response, get, head
from litestar.datastructures import Headers
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream

from backend.routes.http.current_access import NEVER_CHECKED
from backend.routes.http.dependencies import Ctx
from backend.routes.http.request_context import RequestContext
from backend.routes.http.streams import begun
from media import serving
from media.structs import Variant

_PATH = "/{photo_id:uuid}/{variant:str}"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


async def _shown(
    ctx: Ctx,
    photo_id: FromPath[UUID],
    variant: FromPath[Variant],
    expires_s: Annotated[int, QueryParameter(name="e")],
    signature: Annotated[str, QueryParameter(name="s", max_length=64)],
    link_version: Annotated[int, QueryParameter(name="v", ge=0, le=2_147_483_647)] = 0,
) -> serving.Shown:
    return await serving.find_shown(
        photo_id,
        variant,
        link_version=link_version,
        expires_s=expires_s,
        signature=signature,
        takes_webp="image/webp" in ctx.request.headers.get("accept", ""),
        now=ctx.now,
    )


class MediaController(Controller):
    path = "/media"
    tags = ("photos",)
    opt = NEVER_CHECKED
    dependencies = {"shown": Provide(_shown)}

    @get(_PATH, operation_id="get_media")
    async def show(self, ctx: Ctx, shown: NamedDependency[serving.Shown]) -> Response:
        """One size of a photo, as WebP or JPEG by Accept, without metadata. The link itself is the permission."""
        return await _answer(ctx, shown)

    @head(_PATH, operation_id="head_media", include_in_schema=False)
    async def show_head(self, shown: NamedDependency[serving.Shown]) -> Response[None]:
        what = {"Content-Length": str(shown.size_bytes), "Content-Type": shown.media_type}
        return Response(None, headers=_headers(shown) | what)


def _headers(shown: serving.Shown) -> dict[str, str]:
    return {
        "ETag": shown.etag,
        "Cache-Control": f"private, max-age={shown.fresh_s}, must-revalidate",
        "Accept-Ranges": "bytes",
        "Vary": "Accept",
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "inline",
    }


async def _answer(ctx: RequestContext, shown: serving.Shown) -> Response:
    headers = _headers(shown)
    if _is_known(ctx.request.headers.get("if-none-match", ""), shown.etag):
        return Response(None, status_code=304, headers=headers)
    span = _span(ctx.request.headers, shown)
    if span is None:
        headers["Content-Range"] = f"bytes */{shown.size_bytes}"
        return Response(b"", status_code=416, headers=headers, media_type=MediaType.TEXT)
    start, end = span
    is_whole = (start, end) == (0, shown.size_bytes)
    if not is_whole:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{shown.size_bytes}"
    headers["Content-Length"] = str(end - start)
    body = await begun(serving.read_shown(shown, start, end - start))
    return Stream(body, status_code=200 if is_whole else 206, headers=headers, media_type=shown.media_type)


def _is_known(if_none_match: str, etag: str) -> bool:
    known = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return "*" in known or etag in known


def _span(headers: Headers, shown: serving.Shown) -> tuple[int, int] | None:
    """First byte and the one after the last that are asked for; the whole where no single valid range is; or none."""
    size, match = shown.size_bytes, _RANGE.fullmatch(headers.get("range", ""))
    if match is None or not (match[1] or match[2]) or headers.get("if-range", shown.etag) != shown.etag:
        return 0, size
    if not match[1]:
        return (max(0, size - int(match[2])), size) if int(match[2]) else None
    start = int(match[1])
    end = min(size, int(match[2]) + 1) if match[2] else size
    if match[2] and int(match[2]) < start:
        return 0, size
    return (start, end) if start < size else None
