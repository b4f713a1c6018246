"""A multipart form of strangers: its words bounded in memory, its files few and on disk where they are large."""

from litestar import Request
from litestar.datastructures import UploadFile
from litestar.exceptions import ClientException, InternalServerException
from multipart import MultipartError, MultipartSegment, PushMultipartParser

from backend.errors import AppError, BadRequest
from backend.routes.http.multipart import boundary_of

_PARTS_MOST = 500


class PostedParts:
    """The parts of one form, in their order. `words_max_bytes`: of all fields together."""

    def __init__(self, words_max_bytes: int, files_most: int, too_large: AppError) -> None:
        self.pairs: list[tuple[str, str]] = []
        self.files: list[UploadFile] = []
        self._words_left, self._files_most, self._too_large = words_max_bytes, files_most, too_large
        self._name, self._charset = "", "utf-8"
        self._open: UploadFile | bytearray = bytearray()

    async def read(self, request: Request) -> None:
        """Raises `too_large`, BadRequest for a body that is no form, and what the body's own limit raises."""
        try:
            with PushMultipartParser(boundary_of(request), max_segment_count=_PARTS_MOST) as parser:
                async for chunk in request.stream():
                    for event in parser.parse(chunk):
                        await self._take(event)
        except (MultipartError, ClientException, InternalServerException, ValueError, LookupError) as error:
            raise BadRequest("multipart-malformed") from error

    async def close(self) -> None:
        """Let go of its files."""
        unfinished = [self._open] if isinstance(self._open, UploadFile) else []
        for file in (*self.files, *unfinished):
            await file.close()

    async def _take(self, event: MultipartSegment | bytes | bytearray | memoryview | None) -> None:
        if isinstance(event, MultipartSegment):
            self._begin(event)
        elif not event:
            await self._end()
        elif isinstance(self._open, UploadFile):
            await self._open.write(bytes(event))
        else:
            self._count(len(event))
            self._open.extend(event)

    def _begin(self, segment: MultipartSegment) -> None:
        self._name, self._charset = segment.name or "", segment.charset or "utf-8"
        self._count(len(self._name))
        self._open = bytearray()
        if segment.filename:
            if len(self.files) >= self._files_most:
                raise self._too_large
            kind = segment.content_type or "application/octet-stream"
            self._open = UploadFile(content_type=kind, filename=segment.filename)

    async def _end(self) -> None:
        if isinstance(self._open, UploadFile):
            await self._open.seek(0)
            self.files.append(self._open)
        else:
            self.pairs.append((self._name, self._open.decode(self._charset)))
        self._open = bytearray()

    def _count(self, size: int) -> None:
        self._words_left -= size
        if self._words_left < 0:
            raise self._too_large
