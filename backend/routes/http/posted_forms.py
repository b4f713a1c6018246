"""A whole form as it was posted, urlencoded or multipart: every pair in its order, files beside them.

Litestar's own reading of urlencoded bodies keeps the last thousand of them in memory, with all that they say, so that
is done here.
"""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from litestar import Request
from litestar.datastructures import FormMultiDict, UploadFile
from litestar.exceptions import ClientException

from backend.errors import BadRequest

_FIELDS_MOST = 5000
"""The desk hands on so many orders at once that each is a field, and more."""
_URLENCODED, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class FormBody:
    """`files` are on disk where they are large; they go with the request."""

    pairs: list[tuple[str, str]]
    files: list[UploadFile] = field(default_factory=list)


async def read(request: Request) -> FormBody:
    """Raises BadRequest for a body that is no form."""
    kind = request.content_type[0]
    if kind == _MULTIPART:
        return await _multipart(request)
    body = await request.body()
    if kind not in (_URLENCODED, "") and body:
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
    return FormMultiDict((await read(request)).pairs)


async def pieces(file: UploadFile) -> AsyncIterator[bytes]:
    """The bytes of a file, a piece at a time."""
    await file.seek(0)
    while piece := await file.read(_PIECE):
        yield piece


async def _multipart(request: Request) -> FormBody:
    try:
        form = await request.form()
    except (ClientException, ValueError, LookupError) as error:
        raise BadRequest("multipart-malformed") from error
    pairs: list[tuple[str, str]] = []
    files: list[UploadFile] = []
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files.append(value)
        else:
            pairs.append((name, str(value)))
    return FormBody(pairs, files)
