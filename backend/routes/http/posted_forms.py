"""A whole form as it was posted, urlencoded or multipart: every pair in its order, files beside them.

Litestar's own reading of urlencoded bodies keeps the last thousand of them in memory, with all that they say, so that
is done here.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from litestar import Request
from litestar.datastructures import FormMultiDict, UploadFile

from backend.errors import AppError, BadRequest
from backend.routes.http.posted_parts import PostedParts

_FIELDS_MOST = 5000
"""The desk hands on so many orders at once that each is a field, and more."""
_URLENCODED, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class FormBody:
    """`files` are on disk where they are large; they go with the request."""

    pairs: list[tuple[str, str]]
    files: list[UploadFile] = field(default_factory=list)


@asynccontextmanager
async def reading(
    request: Request, *, words_max_bytes: int, files_most: int, too_large: AppError
) -> AsyncIterator[FormBody]:
    """A form of somebody who has proved nothing yet, without more of it in memory than these bounds.

    Raises `too_large`, BadRequest for a body that is no form.
    """
    if request.content_type[0] != _MULTIPART:
        yield _urlencoded(request, await _body(request, words_max_bytes, too_large))
        return
    parts = PostedParts(words_max_bytes, files_most, too_large)
    try:
        await parts.read(request)
        yield FormBody(parts.pairs, parts.files)
    finally:
        await parts.close()


async def _body(request: Request, max_bytes: int, too_large: AppError) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > max_bytes:
            raise too_large
    return bytes(body)


def _urlencoded(request: Request, body: bytes) -> FormBody:
    if request.content_type[0] not in (_URLENCODED, "") and body:
        raise BadRequest("form-unreadable")
    try:
        text = body.decode()
        return FormBody(parse_qsl(text, keep_blank_values=True, max_num_fields=_FIELDS_MOST, errors="strict"))
    except ValueError as error:
        raise BadRequest("form-unreadable") from error


async def form_of(request: Request) -> FormMultiDict:
    """The form as pages read it: what has several values has them all. Raises BadRequest for a body that is no form."""
    if request.content_type[0] == _MULTIPART:
        return await request.form()
    return FormMultiDict(_urlencoded(request, await request.body()).pairs)


async def pieces(file: UploadFile) -> AsyncIterator[bytes]:
    """The bytes of a file, a piece at a time."""
    await file.seek(0)
    while piece := await file.read(_PIECE):
        yield piece
