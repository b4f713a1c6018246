"""One file out of a multipart request, streamed: nothing of it is held in memory, and no more than allowed is read."""

from collections.abc import AsyncIterator

from litestar import Request
from litestar.exceptions import ClientException, InternalServerException
from multipart import MultipartError, MultipartSegment, PushMultipartParser, parse_options_header

from backend.errors import BadRequest

_PARTS_MAX = 16
_AROUND_MAX_BYTES = 64 * 1024
"""For boundaries, headers and small fields beside the file."""


class FilePartMissing(BadRequest):
    code = "file-missing"


async def file_part(request: Request, field: str, too_large: Exception, max_bytes: int) -> AsyncIterator[bytes]:
    """The bytes of one named part. Raises `too_large` once more than `max_bytes` come, BadRequest for other bodies."""
    if int(request.headers.get("content-length") or 0) > max_bytes + _AROUND_MAX_BYTES:
        raise too_large
    seen, read, current = False, 0, None
    try:
        with PushMultipartParser(boundary_of(request), max_segment_count=_PARTS_MAX) as parser:
            async for chunk in request.stream():
                read += len(chunk)
                if read > max_bytes + _AROUND_MAX_BYTES:
                    raise too_large
                for event in parser.parse(chunk):
                    if isinstance(event, MultipartSegment):
                        current = event.name
                        if current == field and seen:
                            raise BadRequest("one-file-per-request")
                        seen = seen or current == field
                    elif event and current == field:
                        yield bytes(event)
    except (MultipartError, ClientException, InternalServerException) as error:
        raise BadRequest("multipart-malformed") from error
    if not seen:
        raise FilePartMissing()


def boundary_of(request: Request) -> str:
    """What divides the parts. Raises BadRequest where the body says that it is no such form."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind != "multipart/form-data" or not options.get("boundary"):
        raise BadRequest("multipart-wanted")
    return options["boundary"]
